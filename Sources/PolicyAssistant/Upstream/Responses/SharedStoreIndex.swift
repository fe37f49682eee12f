internal import OpenAI

/// Documents of all revisions in one vector store.
///
/// A file takes part in answers for a span of revisions, which its attributes `since` and `until` hold. A turn searches
/// only what its own revision includes. So new content can be indexed, and old content retired, before the one write in
/// Redis that raises the revision: until then no turn finds the new, from then on none finds the old.
struct SharedStoreIndex: DocumentIndex {
    let openAI: OpenAIClient
    let sharesStore = true
    let limits = UpstreamLimits()

    /// The `until` of a file that is not retired: larger than any revision, and exact as a JSON number.
    private static let indefinitely = 9_007_199_254_740_991.0

    func filter(forRevision revision: Int) -> SearchFilter? {
        Self.filter(forRevision: revision)
    }

    static func filter(forRevision revision: Int) -> SearchFilter {
        .and([
            .comparison(key: "since", .lessOrEqual, .value(.number(Double(revision)))),
            .comparison(key: "until", .greater, .value(.number(Double(revision)))),
        ])
    }

    func attributes(
        _ path: String,
        _ sha256: String,
        since: Int,
        until: Int?
    ) -> [String: AttributeValue] {
        var attributes = identity(path, sha256)
        attributes["since"] = .number(Double(since))
        attributes["until"] = .number(until.map(Double.init) ?? Self.indefinitely)
        return attributes
    }
}
