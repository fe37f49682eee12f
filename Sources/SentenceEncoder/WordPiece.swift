internal import Inference

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
    private let pieces: PieceTable
    /// Words of more characters are one unknown token.
    private static let longestWord = 100

    /// Reads a vocabulary: one piece a line, those that go on a word begin with `##`.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable` or `malformed`.
    init(vocabulary path: String) throws(ModelError) {
        let file = try MappedFile(path: path)
        var pieces = PieceTable(file)
        var start = 0
        let size = unsafe file.bytes.count
        while start < size {
            let end = unsafe file.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? size
            let hasReturn = unsafe end > start && file.bytes[end - 1] == UInt8(ascii: "\r")
            pieces.append(start..<(hasReturn ? end - 1 : end))
            start = end + 1
        }
        pieces.index()
        guard let unknown = pieces.number(of: "[UNK]"), let first = pieces.number(of: "[CLS]"),
            let last = pieces.number(of: "[SEP]")
        else { throw ModelError(.malformed, "“\(path)” is not a vocabulary of BERT") }
        self.unknown = unknown
        self.first = first
        self.last = last
        self.pieces = pieces
    }

    /// The number of pieces, which is the number of the lines.
    var count: Int { pieces.count }

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
        let prefix = position > 0 ? Array("##".utf8) : []
        let text = prefix + word[position..<min(word.count, position + pieces.longest)]
        var longest: (id: Int, end: Int)?
        pieces.forEachPiece(in: text, at: 0) { id, end in
            if end > prefix.count { longest = (id, position + end - prefix.count) }
        }
        return longest
    }
}
