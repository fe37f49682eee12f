/// What is wrong with a file of questions: every fault of it, so that all can be mended at once.
public struct QuestionFileFaults: Error, Sendable, CustomStringConvertible {
    /// The faults, each with the line or test it is in and what to do.
    public let faults: [String]

    /// The faults, one a line.
    public var description: String { faults.map { "  \($0)" }.joined(separator: "\n") }

    init(_ faults: [String]) {
        self.faults = faults
    }
}

/// A fault of one question, whose place its reader's caller knows.
struct QuestionFault: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
