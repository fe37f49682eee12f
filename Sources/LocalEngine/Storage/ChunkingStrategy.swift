/// How a client asked for a file to be cut; it is kept and told, and the engine cuts by its own lights.
struct ChunkingStrategy: Sendable, Hashable {
    /// The most tokens of a chunk.
    var size: Int
    /// The tokens that neighbouring chunks share.
    var overlap: Int

    /// What `auto` stands for.
    static let automatic = ChunkingStrategy(size: 800, overlap: 400)
}
