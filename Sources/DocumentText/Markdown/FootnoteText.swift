/// How a note is told with the text that refers to it.
enum FootnoteText {
    /// A line with a note: behind a full stop as a sentence of its own, and else in brackets.
    static func line(_ line: String, with note: String) -> String {
        guard let last = line.last else { return note }
        return ".!?…)\"”。".contains(last) ? "\(line) \(note)" : "\(line) (\(note))"
    }
}
