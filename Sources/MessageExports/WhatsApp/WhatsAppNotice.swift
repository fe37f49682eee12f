/// The lines of a WhatsApp export that no sender wrote, in English and German.
enum WhatsAppNotice {
    /// Returns what a text stands for; nil for a text of its sender.
    ///
    /// iOS writes the mark U+200E before every notice, in all languages, and before the notice of a file that has a text
    /// beside it.
    ///
    /// - Parameter text: The message's text, with its direction marks.
    /// - Returns: The reason to leave the message out.
    static func reason(_ text: Substring) -> LeftOut.Reason? {
        if text.split(whereSeparator: \.isNewline).contains(where: isFile) { return .media }
        let plain = text.withoutDirectionMarks.trimmingBlanks()
        if places.contains(where: plain.hasPrefix) { return .media }
        if plain.count < 80 {
            if deletions.contains(where: plain.hasPrefix) { return .unsent }
            if calls.contains(where: plain.hasPrefix) { return .call }
        }
        return text.unicodeScalars.first == "\u{200E}" || polls.contains(where: plain.hasPrefix) ? .notice : nil
    }

    /// Whether a line stands for a file: `<Media omitted>`, `image omitted`, `IMG-1.jpg (file attached)`.
    private static func isFile(_ line: Substring) -> Bool {
        let marked = line.unicodeScalars.split(separator: "\u{200E}").last.map { Substring($0) } ?? ""
        let notice = marked.withoutDirectionMarks.trimmingBlanks()
        let words = notice.lowercased().split(separator: " ")
        if let last = words.last {
            if notice.hasPrefix("<"), omissions.contains(where: { last == "\($0)>" }) { return true }
            if omissions.contains(String(last)), files.contains(words.dropLast().joined(separator: " ")) { return true }
        }
        return attachments.contains { notice.contains($0) } || attached.contains { notice.hasSuffix($0) }
    }

    private static let omissions = ["omitted", "ausgeschlossen", "weggelassen", "ausgelassen"]
    private static let files = [
        "image", "video", "video note", "audio", "sticker", "gif", "document", "contact card", "bild", "dokument",
        "kontaktkarte", "videonachricht",
    ]
    private static let attachments = ["<attached: ", "<Anhang: "]
    private static let attached = [" (file attached)", " (Datei angehängt)"]
    private static let places = [
        "location: http", "Location: http", "Standort: http", "live location shared", "Live location shared",
        "Live-Standort wird geteilt",
    ]
    private static let deletions = [
        "This message was deleted", "You deleted this message", "Diese Nachricht wurde gelöscht",
        "Du hast diese Nachricht gelöscht", "Nachricht gelöscht",
    ]
    private static let calls = [
        "Missed voice call", "Missed video call", "Missed group", "Voice call,", "Video call,",
        "Verpasster Sprachanruf",
        "Verpasster Videoanruf", "Verpasster Gruppen", "Sprachanruf,", "Videoanruf,",
    ]
    private static let polls = ["POLL:\n", "UMFRAGE:\n"]

    /// The marks at the end of a text that was edited.
    static let editions = [
        "<This message was edited>", "<Diese Nachricht wurde bearbeitet.>", "<Diese Nachricht wurde bearbeitet>",
    ]

    /// Whether what stands before a colon belongs to a notice, such as `Ana changed the subject from "Lunch`, and is no
    /// sender's name.
    static func isBeginningOfNotice(_ name: String) -> Bool {
        name.count > 100 || noticeVerbs.contains { name.contains($0) }
    }

    private static let noticeVerbs = [
        " changed the subject", " changed the group", " changed this group", " created group", " hat den Betreff",
        " hat die Gruppe", " hat den Gruppennamen", " hat die Gruppenbeschreibung",
    ]
}
