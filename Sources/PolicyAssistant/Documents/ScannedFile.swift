/// A document as it lies in the assets folder.
struct ScannedFile: Sendable, Hashable {
    /// The path below the assets folder, with `/` between its parts.
    var path: String
    /// The path by which this process opens it.
    var absolutePath: String
    var stamp: FileStamp
}

/// What tells, without reading a file, that it has not changed.
struct FileStamp: Sendable, Hashable {
    var bytes: Int
    /// Seconds since 1970, with nine decimals.
    var modified: String
}

/// A file of the assets folder that no sync takes, and why.
public struct LeftOutFile: Sendable, Hashable, Codable {
    /// The path below the assets folder.
    public var path: String
    /// Why it was left out, in words that tell what to do.
    public var reason: String
}
