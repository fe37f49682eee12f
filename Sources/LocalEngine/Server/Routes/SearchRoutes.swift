internal import GRDB
internal import Hummingbird

/// The routes of `/v1/vector_stores/{id}/search`.
struct SearchRoutes: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let answering: FairScheduler
    let meanings: MeaningIndex?

    /// Adds the route.
    func add(to book: inout RouteBuilder) {
        book.on(.post, "vector_stores/:store/search") { request, context in
            let query = try SearchQuery(
                await request.fields(known: ["query", "rewrite_query", "max_num_results", "filters", "ranking_options"]
                ),
                storeID: context.id("store")
            )
            return query.wire(try await hits(query))
        }
    }

    private func hits(_ query: SearchQuery) async throws -> [VectorStoreSearch.Hit] {
        let now = clock.now
        let hits = try await answering.run(for: "search", query.texts.count > 1 ? .heavy : .light) {
            try await pool.read { db in
                try VectorStoreRepository.requireUsable(query.search.storeIDs, now: now, in: db)
                let candidates = try query.search.candidates(in: db)
                let passages = try query.search.passages(
                    query.texts,
                    among: candidates,
                    limit: query.limit,
                    by: meanings,
                    in: db
                )
                return try query.search.hits(passages, in: db)
            }
        }
        try await pool.write { db in try VectorStoreRepository.touch(query.search.storeIDs, now: now, in: db) }
        return hits
    }
}

/// A search request.
struct SearchQuery: Sendable {
    /// The queries.
    let texts: [String]
    /// The most results.
    let limit: Int
    /// Where to look.
    let search: VectorStoreSearch

    /// Reads a request.
    init(_ fields: RequestFields, storeID: String) throws(APIError) {
        switch fields.value("query") {
        case nil: throw .missing("query")
        case .array: texts = try fields.strings("query", minimum: 1, maximum: 16) ?? []
        default: texts = [try fields.requiredString("query")]
        }
        limit = try fields.integer("max_num_results", in: 1...50) ?? 10
        // Queries are searched for as they are; the word is checked all the same.
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

    /// The results as the API shows them.
    func wire(_ hits: [VectorStoreSearch.Hit]) -> JSONValue {
        [
            "object": "vector_store.search_results.page",
            "search_query": .array(texts.map(JSONValue.string)),
            "data": .array(hits.map(\.searchResult)),
            "has_more": false,
            "next_page": nil,
        ]
    }
}

extension VectorStoreSearch.Hit {
    fileprivate var searchResult: JSONValue {
        [
            "file_id": .string(passage.fileID),
            "filename": .string(filename),
            "score": .number(passage.score),
            "attributes": .object(attributes),
            "content": [["type": "text", "text": .string(passage.text)]],
        ]
    }
}
