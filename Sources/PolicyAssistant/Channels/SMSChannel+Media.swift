internal import FoundationEssentials
internal import Logging
internal import SMS
internal import WorkQueue

/// Files that come with messages: texts are read, and recordings are heard where speech is.
extension SMSChannel {
    /// What a file says.
    private enum Content: Sendable {
        case words(String)
        case nothing(TextQuestion.Omission)
        case later(WorkOutcome)
    }

    /// What a message asks, or what follows because that cannot be found out now.
    enum Reading: Sendable {
        case question(TextQuestion)
        case later(WorkOutcome)
    }

    /// The longest text that is read from a file, in bytes; a longer one is no question.
    private static let maximumTextBytes = 16_384

    /// Finds out what a message asks; its files are fetched once, and what they say is saved.
    func read(_ entry: TextEntry, _ item: WorkItem) async throws -> Reading {
        guard let media = entry.media else { return .question(TextQuestion(words: entry.body)) }
        if let question = item.state.flatMap(TextQuestion.init(json:)) { return .question(question) }
        var words = [entry.body].filter { !$0.allSatisfy(\.isWhitespace) }
        var omission: TextQuestion.Omission?
        for file in media {
            switch try await content(of: file, entry, item) {
            case .words(let text): words.append(text)
            case .nothing(let reason): omission = omission ?? reason
            case .later(let outcome): return .later(outcome)
            }
        }
        let question = TextQuestion(words: words.joined(separator: "\n"), omission: omission)
        try await item.save(question.json)
        return .question(question)
    }

    private func content(of file: IncomingMessage.Media, _ entry: TextEntry, _ item: WorkItem) async throws -> Content {
        let type = file.contentType.lowercased()
        let isText = type.hasPrefix("text/plain")
        // What says nothing is not fetched.
        let isSound = ["audio/", "video/", "application/ogg", "application/octet-stream"].contains(
            where: type.hasPrefix
        )
        guard isText || isSound && tools.hear != nil else { return .nothing(.unreadable) }
        let bytes: [UInt8]
        do throws(SendingError) {
            bytes = try await provider.file(file)
        } catch {
            log(entry, .answering, "A file was not fetched", "\(error)", level: .warning)
            guard error.effect != .rejected else { return .nothing(.unreadable) }
            return again("a file was not fetched; \(error)", item, orElse: .unreadable)
        }
        log(entry, .answering, "Fetched a file", "\(bytes.count) bytes")
        if isText { return Self.text(bytes).map { .words($0) } ?? .nothing(.unreadable) }
        guard let heard = try await tools.hear?(bytes) else { return .nothing(.unreadable) }
        switch heard {
        case .words(let words):
            log(entry, .answering, "Heard a recording")
            return .words(words)
        case .nothing:
            log(entry, .answering, "Nothing was understood in a recording")
            return .nothing(.unheard)
        case .later(let reason):
            return again(reason, item, orElse: .unheard)
        }
    }

    /// Tries again, or does without the file after some attempts.
    private func again(_ reason: String, _ item: WorkItem, orElse omission: TextQuestion.Omission) -> Content {
        item.attempt < Self.fewAttempts ? .later(.retry(reason: reason)) : .nothing(omission)
    }

    /// The text of a file; nil if it is none, by its content.
    private static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= maximumTextBytes, let text = String(validating: bytes, as: UTF8.self),
            text.contains(where: { !$0.isWhitespace }),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || "\t\r\n".unicodeScalars.contains($0) })
        else { return nil }
        return text
    }
}
