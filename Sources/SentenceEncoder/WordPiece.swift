/// Splits text into the word pieces of an uncased BERT model, as its reference implementation does.
///
/// Text is cleaned, accents are taken off, letters become lower case, punctuation and Chinese characters stand by
/// themselves, and each word is split into the longest pieces of the vocabulary from its beginning on.
struct WordPiece: Sendable {
    /// A piece of the vocabulary at its place in the text.
    struct Token: Sendable, Equatable {
        /// The piece's number, which is its line in the vocabulary.
        let id: Int
        /// The place in the text, as offsets of UTF-8 bytes.
        let range: Range<Int>
    }

    /// The numbers of the tokens that begin and end each text.
    let first: Int
    let last: Int
    private let unknown: Int
    private let pieces: [[UInt8]: Int]
    private let longestPiece: Int
    /// Words of more characters are one unknown token.
    private static let longestWord = 100

    /// Reads a vocabulary: one piece a line, those that go on a word begin with `##`.
    ///
    /// - Throws: ``SentenceEncoderError`` with the code `unreadable` or `malformed`.
    init(vocabulary path: String) throws(SentenceEncoderError) {
        let file = try MappedFile(path: path)
        var pieces: [[UInt8]: Int] = [:]
        let lines = unsafe Array(file.bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let piece = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if !piece.isEmpty { pieces[Array(piece)] = number }
        }
        guard let unknown = pieces[Array("[UNK]".utf8)], let first = pieces[Array("[CLS]".utf8)],
            let last = pieces[Array("[SEP]".utf8)]
        else { throw SentenceEncoderError(.malformed, "“\(path)” is not a vocabulary of BERT") }
        self.unknown = unknown
        self.first = first
        self.last = last
        self.pieces = pieces
        longestPiece = pieces.keys.lazy.map(\.count).max() ?? 0
    }

    /// How many pieces there are.
    var count: Int { (pieces.values.max() ?? -1) + 1 }

    /// Returns the tokens of a text, `limit` at most, without those that begin and end it.
    func tokens(of text: String, limit: Int) -> [Token] {
        var tokens: [Token] = []
        var words = NormalizedWords(text)
        while tokens.count < limit, let word = words.next() { split(word, into: &tokens) }
        return Array(tokens.prefix(limit))
    }

    private func split(_ word: NormalizedWords.Word, into tokens: inout [Token]) {
        let start = tokens.count
        guard word.characters <= Self.longestWord else {
            tokens.append(Token(id: unknown, range: word.range))
            return
        }
        var position = 0
        while position < word.bytes.count {
            guard let (id, end) = longestPiece(of: word.bytes, at: position) else {
                tokens.removeSubrange(start...)
                tokens.append(Token(id: unknown, range: word.range))
                return
            }
            tokens.append(Token(id: id, range: word.origins[position]..<word.end(at: end)))
            position = end
        }
    }

    private func longestPiece(of word: [UInt8], at position: Int) -> (id: Int, end: Int)? {
        var piece = position > 0 ? Array("##".utf8) : []
        let end = min(word.count, position + longestPiece)
        piece.append(contentsOf: word[position..<end])
        for end in stride(from: end, to: position, by: -1) {
            if let id = pieces[piece] { return (id, end) }
            piece.removeLast()
        }
        return nil
    }
}
