/// What this machine can do with the files of text messages.
public struct TextMediaTools: Sendable {
    /// What was heard in a recording.
    public enum Heard: Sendable, Hashable {
        /// The words, which are asked.
        case words(String)
        /// Nothing that can be asked: the file is no recording, is silent or too long, or is in another language.
        case nothing
        /// It may be heard later, which operators are told by the reason.
        case later(reason: String)
    }

    /// Hears a recording, of any type; nil where nothing is heard.
    public var hear: (@Sendable (_ file: [UInt8]) async throws -> Heard)?
    /// Makes a JPEG of a picture that has at most so many bytes, or returns nil if that cannot be done; nil where nothing
    /// does it.
    public var shrink: (@Sendable (_ picture: [UInt8], _ maximumBytes: Int) async -> [UInt8]?)?

    /// Creates the tools; without arguments, none.
    public init(
        hear: (@Sendable (_ file: [UInt8]) async throws -> Heard)? = nil,
        shrink: (@Sendable (_ picture: [UInt8], _ maximumBytes: Int) async -> [UInt8]?)? = nil
    ) {
        self.hear = hear
        self.shrink = shrink
    }
}
