/// A search request.
struct SearchRequest: Sendable {
    /// The queries.
    let texts: [String]
    /// The maximum number of results.
    let limit: Int
    /// Which passages can be found.
    let search: VectorStoreSearch

    /// Reads a request.
    init(_ fields: RequestFields, storeID: String) throws(APIError) {
        switch fields.value("query") {
        case nil: throw .missing("query")
        case .array: texts = try fields.strings("query", minimum: 1, maximum: 16) ?? []
        default: texts = [try fields.requiredString("query")]
        }
        limit = try fields.integer("max_num_results", in: 1...50) ?? 10
        // The engine does not rewrite queries; the field is validated all the same.
        _ = try fields.bool("rewrite_query")
        let ranking = try fields.fields("ranking_options", known: ["ranker", "score_threshold"])
        _ = try ranking?.string("ranker", oneOf: ["none", "auto", "default-2024-11-15"])
        var filter: AttributeFilter?
        if let value = fields.value("filters") { filter = try AttributeFilter(value, at: "filters") }
        search = VectorStoreSearch(
            storeIDs: [storeID],
            filter: filter,
            threshold: try ranking?.number("score_threshold", in: 0...1) ?? 0
        )
    }

    /// The results as JSON.
    func json(_ found: [FoundPassage]) -> JSONValue {
        [
            "object": "vector_store.search_results.page",
            "search_query": .array(texts.map(JSONValue.string)),
            "data": .array(found.map(\.searchResult)),
            "has_more": false,
            "next_page": nil,
        ]
    }
}

extension FoundPassage {
    fileprivate var searchResult: JSONValue {
        [
            "file_id": .string(passage.fileID),
            "filename": .string(filename),
            "score": .number(passage.score),
            "attributes": attributes.json,
            "content": [["type": "text", "text": .string(passage.text)]],
        ]
    }
}
