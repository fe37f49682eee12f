internal import Hummingbird

/// The routes of `/v1/vector_stores/{id}/search`.
struct SearchRoutes: Sendable {
    let passages: PassageRepository
    let stores: VectorStoreRepository
    let answering: FairScheduler

    /// Adds the route.
    func add(to builder: inout RouteBuilder) {
        builder.on(.post, "vector_stores/:store/search") { request, context in
            let search = try SearchRequest(
                await request.fields(known: ["query", "rewrite_query", "max_num_results", "filters", "ranking_options"]
                ),
                storeID: context.id("store")
            )
            let found = try await answering.run(for: "search", search.texts.count > 1 ? .heavy : .light) {
                try await passages.find(search.texts, in: search.search, limit: search.limit)
            }
            try await stores.touch(search.search.storeIDs)
            return search.json(found)
        }
    }
}
