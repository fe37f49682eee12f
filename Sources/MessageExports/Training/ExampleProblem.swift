/// What is wrong with an example for training, or with a message.
public enum ExampleProblem: String, Sendable, Hashable, CaseIterable, Encodable {
    /// The line is not JSON, or of another form.
    case malformed
    /// A text is empty.
    case empty
    /// An earlier line is the same.
    case duplicate
    /// The texts are longer than the limit.
    case tooLong = "too_long"
    /// The prompt lacks its end.
    case missingSuffix = "missing_suffix"
    /// The completion lacks the blank at its beginning.
    case missingBlank = "missing_blank"
    /// The completion lacks its end.
    case missingStop = "missing_stop"
    /// A text has one of the marks within it.
    case ambiguous
    /// The roles are not those of an exchange that the assistant ends.
    case wrongRoles = "wrong_roles"
    /// The sender is that of the message before.
    case unmerged

    /// What is wrong and what is done about it, after the number of lines.
    public var explanation: String {
        switch self {
        case .malformed: "not JSON of the file's form; left out"
        case .empty: "without a text; left out"
        case .duplicate: "the same as an earlier one; left out"
        case .tooLong: "longer than the limit; left out"
        case .missingSuffix: "with a prompt without its end \(PromptCompletion.promptSuffix.asciiJSON); added"
        case .missingBlank: "with a completion without a blank at its beginning; added"
        case .missingStop: "with a completion without its end \(PromptCompletion.stop.asciiJSON); added"
        case .ambiguous: "with one of these marks within a text; left out"
        case .wrongRoles: "whose roles are not user and assistant in turn, the assistant last; left out"
        case .unmerged: "of the sender of the line before; joined to it"
        }
    }
}
