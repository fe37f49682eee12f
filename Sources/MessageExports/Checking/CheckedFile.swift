/// The outcome of checking a file of messages or of examples for training.
public struct CheckedFile: Sendable {
    /// The form of the file.
    public enum Form: String, Sendable, Encodable {
        /// Messages of a conversation.
        case conversation
        /// Prompts and completions.
        case promptCompletion = "prompt-completion"
        /// Chats.
        case chat
    }

    /// A problem, and the lines that have it.
    public struct Finding: Sendable, Hashable, Encodable {
        /// The problem.
        public let problem: ExampleProblem
        /// How many lines have it.
        public fileprivate(set) var count: Int
        /// The first ten of the lines.
        public fileprivate(set) var lines: [Int]
    }

    /// The form, which the first line of any form decides; nil for a file without one.
    public private(set) var form: Form?
    /// The number of lines that are not blank.
    public internal(set) var lineCount = 0
    /// The lines as they should be.
    public internal(set) var mended: [String] = []
    /// The problems, in the order in which they were found first.
    public private(set) var findings: [Finding] = []

    init() {}

    /// Decides the form if it is the first line's; returns whether the form is the file's.
    mutating func isOf(_ form: Form) -> Bool {
        if self.form == nil { self.form = form }
        return self.form == form
    }

    mutating func add(_ problem: ExampleProblem, line: Int) {
        guard let index = findings.firstIndex(where: { $0.problem == problem }) else {
            return findings.append(Finding(problem: problem, count: 1, lines: [line]))
        }
        findings[index].count += 1
        if findings[index].lines.count < 10 { findings[index].lines.append(line) }
    }
}
