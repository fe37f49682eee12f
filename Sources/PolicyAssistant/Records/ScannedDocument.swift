/// A document as it lies in the assets folder.
struct ScannedDocument: Sendable, Hashable {
    /// The path below the assets folder, with `/` between its parts.
    var path: String
    /// The path below the assets folder by which it is opened: its own or, where it is a link, that of the link's target.
    var location: String
    var stamp: FileStamp
}

/// A file of the assets folder that no sync takes, and why.
public struct LeftOutDocument: Sendable, Hashable, Codable {
    /// The path below the assets folder.
    public var path: String
    /// Why it was left out, in words that tell what to do.
    public var reason: String
}
