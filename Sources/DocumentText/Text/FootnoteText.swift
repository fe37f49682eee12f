/// Joins a note with the text that refers to it.
enum FootnoteText {
    /// The line with a note: after a full stop as a sentence of its own, otherwise in brackets.
    static func line(_ line: String, with note: String) -> String {
        guard let last = line.last else { return note }
        return ".!?…)\"”。".contains(last) ? "\(line) \(note)" : "\(line) (\(note))"
    }
}
