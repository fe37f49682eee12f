/// The file search that a request for a response contains.
struct FileSearchTool: Sendable, Hashable {
    /// The number of results for a tool that names none.
    private static let standardResults = 20

    /// Which passages can be found.
    let search: VectorStoreSearch
    /// The maximum number of results.
    let limit: Int

    /// Reads a tool of type `file_search`.
    init(_ value: JSONValue, at param: String) throws(APIError) {
        let fields = try RequestFields(
            value,
            at: param,
            known: ["type", "vector_store_ids", "max_num_results", "ranking_options", "filters"]
        )
        guard let storeIDs = try fields.strings("vector_store_ids", minimum: 1, maximum: 100) else {
            throw .missing(fields.param("vector_store_ids"))
        }
        limit = try fields.integer("max_num_results", in: 1...50) ?? Self.standardResults
        let known: Set<String> = ["ranker", "score_threshold", "hybrid_search"]
        let ranking = try fields.fields("ranking_options", known: known)
        _ = try ranking?.string("ranker", oneOf: ["auto", "default-2024-11-15"])
        var filter: AttributeFilter?
        if let value = fields.value("filters") { filter = try AttributeFilter(value, at: fields.param("filters")) }
        search = VectorStoreSearch(
            storeIDs: storeIDs,
            filter: filter,
            threshold: try ranking?.number("score_threshold", in: 0...1) ?? 0
        )
    }
}

/// The tools of a request for a response.
struct ResponseTools: Sendable {
    /// The file search; nil if there is none or `tool_choice` excludes it.
    let usable: FileSearchTool?
    /// `tools` and `tool_choice`, as the response repeats them.
    let echo: [String: JSONValue]

    /// Reads `tools` and `tool_choice`.
    init(_ fields: RequestFields) throws(APIError) {
        var fileSearch: FileSearchTool?
        var tools: [JSONValue] = []
        for (value, param) in try fields.elements("tools") ?? [] {
            let tool = try RequestFields(value, at: param)
            guard try tool.requiredString("type") == "file_search" else {
                throw .invalid("Unsupported tool type: only 'file_search' is served.", param: tool.param("type"))
            }
            guard fileSearch == nil else {
                throw .invalid("Invalid 'tools': at most one 'file_search' tool is allowed.", param: "tools")
            }
            let search = try FileSearchTool(value, at: param)
            var repeated = value
            repeated["max_num_results"] = .integer(search.limit)
            tools.append(repeated)
            fileSearch = search
        }
        let choice = fields.value("tool_choice") ?? "auto"
        switch choice {
        case .string: _ = try fields.string("tool_choice", oneOf: ["none", "auto", "required"])
        case .object: _ = try fields.fields("tool_choice")?.string("type", oneOf: ["file_search", "allowed_tools"])
        default: throw .wrongType("tool_choice", expected: "a string or an object", got: choice)
        }
        usable = choice == "none" ? nil : fileSearch
        echo = ["tools": .array(tools), "tool_choice": choice]
    }
}
