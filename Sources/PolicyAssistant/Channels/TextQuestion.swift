internal import FoundationEssentials

/// What a text message asks: its text, and the words of its files.
///
/// It is saved with the message, so that no file is fetched or heard twice and each attempt asks the same.
struct TextQuestion: Sendable, Hashable, Codable {
    /// Why a file says nothing.
    enum Omission: String, Sendable, Hashable, Codable {
        /// It is of a type that cannot be read, or cannot be had.
        case unreadable
        /// It is a recording in which nothing was understood.
        case unheard
    }

    /// The words; empty if there are none.
    var words: String
    /// Why at least one file says nothing; nil if all do, or if there is none.
    var omission: Omission?

    init(words: String, omission: Omission? = nil) {
        self.words = words
        self.omission = omission
    }

    /// Reads what an earlier attempt has saved; nil for another text.
    init?(json: String) {
        guard let question = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = question
    }

    /// The question as JSON.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
