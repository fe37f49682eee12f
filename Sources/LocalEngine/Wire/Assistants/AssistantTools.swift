/// The tools of an assistant or of a run: the file search, or none.
struct AssistantTools: Sendable {
    /// The number of results for a tool that names none.
    private static let standardResults = 20

    /// The parameters of a file search.
    struct FileSearch: Sendable, Hashable {
        /// The maximum number of results.
        let limit: Int
        /// The least score of a result.
        let threshold: Double
        /// `ranking_options`, as steps repeat them.
        let ranking: JSONValue
    }

    /// The tools, unchanged.
    let echo: JSONValue
    /// The file search, if it is among them.
    let fileSearch: FileSearch?

    /// Reads `tools`; nil if the request has none.
    init?(_ fields: RequestFields, maximum: Int) throws(APIError) {
        guard let elements = try fields.elements("tools", maximum: maximum) else { return nil }
        var fileSearch: FileSearch?
        for (value, param) in elements {
            let tool = try RequestFields(value, at: param)
            guard try tool.requiredString("type") == "file_search" else {
                throw .invalid("Unsupported tool type: only 'file_search' is served.", param: tool.param("type"))
            }
            guard fileSearch == nil else {
                throw .invalid("Invalid 'tools': at most one 'file_search' tool is allowed.", param: "tools")
            }
            fileSearch = try Self.fileSearch(tool)
        }
        self.fileSearch = fileSearch
        echo = .array(elements.map(\.value))
    }

    private static func fileSearch(_ tool: RequestFields) throws(APIError) -> FileSearch {
        let search = try tool.fields("file_search", known: ["max_num_results", "ranking_options"])
        let ranking = try search?.fields("ranking_options", known: ["ranker", "score_threshold"])
        let ranker = try ranking?.string("ranker", oneOf: ["auto", "default_2024_08_21"])
        let threshold = try ranking?.number("score_threshold", in: 0...1)
        if let ranking, threshold == nil { throw .missing(ranking.param("score_threshold")) }
        return FileSearch(
            limit: try search?.integer("max_num_results", in: 1...50) ?? standardResults,
            threshold: threshold ?? 0,
            ranking: ["ranker": .string(ranker ?? "auto"), "score_threshold": .number(threshold ?? 0)]
        )
    }
}
