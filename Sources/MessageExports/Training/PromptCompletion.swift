/// The marks of training lines with a prompt and a completion, and of requests to a model that was trained with them.
///
/// A model learns where a prompt ends and where its own text ends from marks. A request has to have the same marks, so
/// that training and requests use these constants and no others.
public enum PromptCompletion {
    /// The end of each prompt.
    public static let promptSuffix = "\n\n###\n\n"
    /// The beginning of each completion.
    public static let completionPrefix = " "
    /// The end of each completion, at which a request lets the model stop.
    public static let stop = " END"

    /// Returns the prompt of a request, or of a line, for a message.
    public static func prompt(for message: String) -> String { message + promptSuffix }

    /// Returns the text of a completion that a model wrote, without the marks.
    public static func text(of completion: String) -> String {
        var text = completion[...]
        if let end = text.firstRange(of: stop) { text = text[..<end.lowerBound] }
        if text.hasPrefix(completionPrefix) { text = text.dropFirst(completionPrefix.count) }
        return String(text)
    }

    /// Returns the line of a pair.
    static func line(of pair: MessagePair) -> String {
        jsonLine(["prompt": prompt(for: pair.prompt), "completion": completionPrefix + pair.completion + stop])
    }

    /// Whether a text has a mark within it, which a model would take for the end.
    static func isAmbiguous(_ pair: MessagePair) -> Bool {
        pair.prompt.contains(promptSuffix) || pair.completion.contains(stop)
    }
}
