/// Reads the text export of a WhatsApp chat, of Android and of iOS.
public enum WhatsAppReader {
    /// Reads a chat.
    ///
    /// - Parameter file: The text file, in UTF-8.
    /// - Returns: The messages with a text, in the order of the file.
    /// - Throws: ``ExportError``.
    public static func messages(in file: ExportFile) throws(ExportError) -> MessageList {
        var list = MessageList()
        var bytes = ByteReader(file)
        // The message whose lines are being read.
        var content = ""
        var start: ExportError.Position?
        while let (line, position) = try bytes.nextLine() {
            guard let text = String(validating: line, as: UTF8.self) else {
                throw ExportError(.malformed, "The line is not UTF-8.", at: position)
            }
            if let beginning = WhatsAppHeader.content(of: text) {
                if let start { try add(content, at: start, to: &list) }
                (content, start) = (String(beginning), position)
            } else if let start {
                guard content.utf8.count + line.count < ByteReader.maximumLineBytes else {
                    throw ExportError(.tooLarge, "The message has more than 1 MiB.", at: start)
                }
                content += "\n\(text)"
            } else if !text.unicodeScalars.allSatisfy({ $0.properties.isWhitespace || $0.value == 0xFEFF }) {
                throw ExportError(
                    .malformed,
                    "The line does not begin with a date and a time, as the first line of a WhatsApp export does.",
                    at: position
                )
            }
        }
        if let start { try add(content, at: start, to: &list) }
        return list
    }

    private static func add(
        _ content: String,
        at position: ExportError.Position,
        to list: inout MessageList
    ) throws(ExportError) {
        switch outcome(of: content) {
        case .kept(let message): try list.append(message, at: position)
        case .leftOut(let reason): list.leftOut[reason] += 1
        }
    }

    /// Separates sender and text of what follows the date and time.
    private static func outcome(of content: String) -> MessageOutcome {
        guard let end = endOfSender(in: content) else { return .leftOut(.notice) }
        let sender = name(content[..<end])
        guard !sender.isEmpty, !WhatsAppNotice.isBeginningOfNotice(sender) else { return .leftOut(.notice) }
        let rest = content[end...].dropFirst().drop { $0 == " " }
        if let reason = WhatsAppNotice.reason(rest) { return .leftOut(reason) }
        var text = rest.withoutDirectionMarks.trimmingBlanks()
        for mark in WhatsAppNotice.editions where text.hasSuffix(mark) {
            text = text.dropLast(mark.count).trimmingBlanks()
        }
        return text.isEmpty ? .leftOut(.noText) : .kept(Message(sender: sender, text: text))
    }

    /// The colon after the sender's name, with a space after it or at the end of the line; nil in a notice.
    private static func endOfSender(in content: String) -> String.Index? {
        let line = content.prefix { !$0.isNewline }
        return line.firstRange(of: ": ")?.lowerBound ?? (line.hasSuffix(":") ? line.indices.last : nil)
    }

    /// A sender's name without direction marks, and without the tilde of somebody who is no contact.
    private static func name(_ text: Substring) -> String {
        let name = text.withoutDirectionMarks.trimmingBlanks()
        return name.hasPrefix("~") ? name.dropFirst().trimmingBlanks() : name
    }
}
