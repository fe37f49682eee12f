/// A text in the format of RFC 3676, in which a blank at the end of a line says that its paragraph goes on in the next.
enum FlowedText {
    /// Joins the lines of each paragraph.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - deletesBlanks: Whether the blanks at the ends of lines are no part of it.
    /// - Returns: The text with a line for each paragraph, which keeps its quotation marks.
    static func joined(_ text: String, deletesBlanks: Bool) -> String {
        var lines: [String] = []
        var openDepth: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            // A mailbox adds a mark to a line that begins with `From`.
            let depth = line.hasPrefix(">From ") ? 0 : line.prefix { $0 == ">" }.count
            // A blank was put before a line that begins with one, or with a mark.
            let content = line.dropFirst(depth).first == " " ? line.dropFirst(depth + 1) : line.dropFirst(depth)
            // The mark above a signature is a line of its own.
            let isMark = content == "-- "
            let goesOn = content.last == " " && !isMark
            let kept = goesOn && deletesBlanks ? content.dropLast() : content
            if depth == openDepth, !isMark, !lines.isEmpty {
                lines[lines.count - 1] += kept
            } else {
                lines.append(line.prefix(depth) + (depth > 0 ? " " : "") + kept)
            }
            openDepth = goesOn ? depth : nil
        }
        return lines.joined(separator: "\n")
    }
}
