/// A form of training lines.
public enum TrainingFormat: String, Sendable, CaseIterable {
    /// `{"messages": […]}`, for models with which one chats.
    case chat
    /// `{"prompt": …, "completion": …}`, for models that continue a text.
    case promptCompletion = "prompt-completion"

    /// Returns the line of a pair.
    ///
    /// - Parameters:
    ///   - pair: The pair.
    ///   - system: The system message of the form that has one.
    /// - Returns: The line without its end.
    public func line(of pair: MessagePair, system: String) -> String {
        switch self {
        case .promptCompletion: PromptCompletion.line(of: pair)
        case .chat:
            "{\"messages\": ["
                + [("system", system), ("user", pair.prompt), ("assistant", pair.completion)]
                .filter { !$0.1.isEmpty }.map { jsonLine(["role": $0.0, "content": $0.1]) }.joined(separator: ", ")
                + "]}"
        }
    }

    /// Returns the system message of training lines for a person, where no other is given.
    public static func systemMessage(for person: String) -> String { "You write as \(person) writes." }
}
