internal import OpenAI

/// Documents of each revision in a vector store of their own, for searches that know no filters.
///
/// A thread is bound to the store of its revision, and a store in force is never changed: a new one is filled beside it,
/// unseen, and the one write in Redis that raises the revision names it. Until then no thread is bound to the new, from
/// then on none is made on the old. The uploaded files themselves are shared by the stores.
struct StorePerRevisionIndex: DocumentIndex {
    let openAI: OpenAIClient
    let sharesStore = false
    let limits = UpstreamLimits()

    func filter(forRevision _: Int) -> SearchFilter? { nil }

    func attributes(_ path: String, _ sha256: String, since _: Int, until _: Int?) -> [String: AttributeValue] {
        identity(path, sha256)
    }
}
