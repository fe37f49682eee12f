/// Removes what a reasoning model thinks before its answer, between `<think>` and `</think>`.
struct ThoughtFilter: Sendable {
    private enum State { case undecided, thinking, writing }

    private var state = State.undecided
    private var buffer = ""
    private static let opening = "<think>"
    private static let closing = "</think>"

    /// Takes a piece of the text, and returns what is part of the answer.
    mutating func feed(_ piece: String) -> String {
        guard state != .writing else { return piece }
        buffer += piece
        if state == .undecided {
            let text = buffer.drop(while: \.isWhitespace)
            guard text.count >= Self.opening.count || !Self.opening.hasPrefix(text) else { return "" }
            state = text.hasPrefix(Self.opening) ? .thinking : .writing
        }
        guard state == .thinking else { return take() }
        guard let end = buffer.firstRange(of: Self.closing) else {
            // Only the end of the tag may still be of use.
            buffer = String(buffer.suffix(Self.closing.count))
            return ""
        }
        state = .writing
        buffer.removeSubrange(..<end.upperBound)
        return take()
    }

    /// Ends the text, and returns what is left of the answer.
    mutating func finish() -> String { state == .undecided ? take() : "" }

    private mutating func take() -> String {
        defer { buffer = "" }
        return buffer
    }
}
