internal import Inference

/// Splits text into the pieces of a SentencePiece model of the type “unigram”: the split whose scores have the greatest sum.
struct SentencePiece: Sendable {
    /// The IDs of the tokens for unknown characters and for the beginning and the end of a text.
    static let unknown = 0
    static let first = 1
    static let last = 2

    private let pieces: PieceTable
    private let characters: CharacterMap
    private let unknownScore: Float

    /// Reads a model: a message of the type `ModelProto` in Protocol Buffers' format.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable` or `malformed`.
    init(path: String) throws(ModelError) {
        let file = try MappedFile(path: path)
        var pieces = PieceTable(file)
        var ordinary: [Bool] = []
        var characters: CharacterMap?
        var isWhole = true
        var fields = unsafe ProtobufFields(file.bytes, in: 0..<file.bytes.count)
        while let (field, value) = fields.next() {
            guard case .bytes(let message) = value else { continue }
            if field == 1 {
                let piece = unsafe Self.piece(in: file.bytes, at: message)
                pieces.append(piece.text, score: piece.score)
                ordinary.append(piece.isOrdinary)
                isWhole = isWhole && !piece.text.isEmpty && piece.score.isFinite
            } else if field == 3 {
                var settings = unsafe ProtobufFields(file.bytes, in: message)
                while let (field, value) = settings.next() {
                    if field == 2, case .bytes(let map) = value { characters = CharacterMap(file, in: map) }
                }
            }
        }
        guard isWhole, !fields.isMalformed, pieces.count > Self.last, !ordinary[Self.unknown], !ordinary[Self.first],
            !ordinary[Self.last], let characters
        else {
            throw ModelError(.malformed, "“\(path)” is not a whole SentencePiece model with a character map")
        }
        pieces.index { ordinary[$0] }
        unknownScore = (pieces.scores.min() ?? 0) - 10
        self.pieces = pieces
        self.characters = characters
    }

    /// The number of pieces.
    var count: Int { pieces.count }

    /// Returns the numbers of a text's tokens, `limit` at most, without those that begin and end it.
    func tokens(of text: String, limit: Int) -> [Int] {
        guard limit > 0 else { return [] }
        // What is behind as many bytes is behind as many tokens, too.
        let read = text.utf8.prefix(limit.multipliedReportingOverflow(by: pieces.longest).partialValue)
        return Array(path(through: characters.normalize(Array(read))).prefix(limit))
    }

    /// The best way through a normalised text.
    private func path(through text: [UInt8]) -> [Int] {
        var best = [Float](repeating: -.infinity, count: text.count + 1)
        var arrivals = [(start: Int, piece: Int)](repeating: (0, Self.unknown), count: text.count + 1)
        best[0] = 0
        var start = 0
        while start < text.count {
            let next = min(text.count, start + UTF8Text.length(from: text[start]))
            var hasSingle = false
            func arrive(_ piece: Int, at end: Int, score: Float) {
                guard best[start] + score > best[end] else { return }
                best[end] = best[start] + score
                arrivals[end] = (start, piece)
            }
            pieces.forEachPiece(in: text, at: start) { piece, end in
                arrive(piece, at: end, score: pieces.scores[piece])
                if end == next { hasSingle = true }
            }
            if !hasSingle { arrive(Self.unknown, at: next, score: unknownScore) }
            start = next
        }
        var path: [Int] = []
        var end = text.count
        while end > 0 {
            let (start, piece) = arrivals[end]
            // Unknown characters that follow each other are one token.
            if piece != Self.unknown || path.last != Self.unknown { path.append(piece) }
            end = start
        }
        return path.reversed()
    }

    private static func piece(
        in bytes: UnsafeRawBufferPointer,
        at message: Range<Int>
    ) -> (text: Range<Int>, score: Float, isOrdinary: Bool) {
        var piece = (text: message.lowerBound..<message.lowerBound, score: Float(0), isOrdinary: true)
        var fields = unsafe ProtobufFields(bytes, in: message)
        while let (field, value) = fields.next() {
            switch (field, value) {
            case (1, .bytes(let text)): piece.text = text
            case (2, .fourBytes(let place)):
                let bits = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                piece.score = Float(bitPattern: UInt32(littleEndian: bits))
            case (3, .number(let type)): piece.isOrdinary = type == 1
            default: break
            }
        }
        return piece
    }
}
