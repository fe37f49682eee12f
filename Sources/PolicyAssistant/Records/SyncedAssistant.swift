/// What answers from the documents upstream, where a protocol wants such a thing beside them.
struct SyncedAssistant: Sendable, Hashable {
    /// Its ID upstream.
    var id: String
    /// What was done to it, for a person; empty where it was as it should be.
    var changes: [String] = []

    /// What a sync has on record of it.
    struct Record: Sendable {
        /// The one of the corpus in force; nil where there is none at this upstream.
        var id: String?
        /// What the metadata of one carry that an earlier sync began to make and never noted.
        var tag: String?
    }
}
