internal import Inference

/// The tokens of a model: pieces of text, and marks.
struct Vocabulary: Sendable {
    /// The marks that a search needs.
    struct Marks: Sendable {
        let endOfText: Int
        let startOfTranscript: Int
        let transcribe: Int
        let noSpeech: Int
        let noTimestamps: Int
    }

    /// How many tokens there are.
    var count: Int { pieces.count }
    let marks: Marks
    /// The token of each language that the model knows, by its code.
    let languages: [String: Int]
    /// The bytes of each token; nil for marks.
    private let pieces: [[UInt8]?]

    /// Reads `vocabulary.txt` of a folder: a token on each line.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable`, `malformed`, or `unsupported` for a model of one language.
    init(folder: String) throws(ModelError) {
        let path = "\(folder)/vocabulary.txt"
        let file = try MappedFile(path: path)
        var lines = unsafe file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            unsafe String(decoding: $0, as: UTF8.self)
        }
        if lines.last == "" { lines.removeLast() }
        let numbers = Dictionary(lines.enumerated().map { ($1, $0) }) { first, _ in first }
        func mark(_ name: String) throws(ModelError) -> Int {
            guard let number = numbers["<|\(name)|>"] else {
                throw ModelError(.malformed, "“\(path)” has no token <|\(name)|>")
            }
            return number
        }
        marks = Marks(
            endOfText: try mark("endoftext"),
            startOfTranscript: try mark("startoftranscript"),
            transcribe: try mark("transcribe"),
            // Renamed by later models.
            noSpeech: try mark(numbers["<|nospeech|>"] == nil ? "nocaptions" : "nospeech"),
            noTimestamps: try mark("notimestamps")
        )
        // The marks come last: the end of the text, the start of a transcript, languages, tasks, times.
        let (firstMark, translate) = (marks.endOfText, try mark("translate"))
        guard marks.startOfTranscript == firstMark + 1, translate > marks.startOfTranscript + 1,
            numbers["<|en|>"] == marks.startOfTranscript + 1
        else {
            throw ModelError(.unsupported, "“\(path)” is of a model that knows one language only")
        }
        languages = Dictionary(
            ((marks.startOfTranscript + 1)..<translate).map { (String(lines[$0].dropFirst(2).dropLast(2)), $0) }
        ) { first, _ in first }
        let bytes = Self.bytesOfCharacters
        pieces = lines.enumerated().map { number, line in
            number < firstMark ? line.unicodeScalars.compactMap { bytes[$0] } : nil
        }
    }

    /// The text of tokens, without marks.
    func text(of tokens: [Int]) -> String {
        String(decoding: tokens.flatMap { pieces[$0] ?? [] }, as: UTF8.self)
    }

    /// Whether a token is a mark, other than the end of the text.
    func isMark(_ token: Int) -> Bool { token > marks.endOfText }

    /// The byte for which each character of a token stands, as in GPT-2: printable characters of Latin-1 for themselves, and the
    /// characters from U+0100 on for the other bytes in order.
    private static var bytesOfCharacters: [Unicode.Scalar: UInt8] {
        var bytes: [Unicode.Scalar: UInt8] = [:]
        var others: UInt32 = 0
        for byte in UInt8.min...UInt8.max {
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: bytes[Unicode.Scalar(byte)] = byte
            default:
                if let character = Unicode.Scalar(0x100 + others) { bytes[character] = byte }
                others += 1
            }
        }
        return bytes
    }
}
