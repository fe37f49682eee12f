/// What one check of the installation found.
public struct Finding: Sendable, Hashable {
    /// How grave it is.
    public enum Level: Sendable, Hashable {
        /// All is well.
        case good
        /// It works, and may not do so for ever.
        case warning
        /// It does not work.
        case fault
    }

    /// How grave it is.
    public let level: Level
    /// What was checked, in a word or two.
    public let subject: String
    /// What was found and, unless all is well, what to do.
    public let text: String

    /// Creates a finding.
    public init(level: Level, subject: String, text: String) {
        self.level = level
        self.subject = subject
        self.text = text
    }
}
