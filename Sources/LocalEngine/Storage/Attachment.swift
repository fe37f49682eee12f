/// A file to be put into a vector store.
struct Attachment: Sendable, Hashable {
    var fileID: String
    var attributes: [String: JSONValue] = [:]
    var chunking = ChunkingStrategy.automatic
}
