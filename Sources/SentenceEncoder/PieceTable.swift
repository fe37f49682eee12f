internal import Inference

/// The pieces of a vocabulary with their scores, for looking them up by their bytes.
///
/// The pieces stay in the file's mapping; a hash table of their IDs, their offsets and their scores are in memory.
///
/// `@unchecked Sendable`: a value like any other, but for `file`, whose mapping is read-only.
@safe
struct PieceTable: @unchecked Sendable {
    /// Keeps the mapping alive, which is read-only, so that several threads may read it.
    private let file: MappedFile
    private var places: [UInt32] = []
    private var lengths: [UInt8] = []
    private(set) var scores: [Float] = []
    /// The IDs of pieces at the slots of their hashes or after them; -1 in an empty slot.
    private var slots: [Int32] = []
    /// How many bytes the longest piece has.
    private(set) var longest = 0

    /// Creates an empty table of pieces of a file.
    init(_ file: MappedFile) {
        self.file = file
    }

    /// The number of pieces, with those that cannot be looked up.
    var count: Int { places.count }

    /// Adds the next piece.
    ///
    /// - Parameters:
    ///   - range: Its place in the file. A piece of more than 255 bytes cannot be looked up.
    ///   - score: Its score, in a model that has scores.
    mutating func append(_ range: Range<Int>, score: Float = 0) {
        places.append(UInt32(truncatingIfNeeded: range.lowerBound))
        lengths.append(UInt8(exactly: range.count) ?? 0)
        scores.append(score)
    }

    /// Lets the pieces be looked up whose numbers `isWanted` accepts.
    ///
    /// Of equal pieces the first is found.
    mutating func index(_ isWanted: (Int) -> Bool = { _ in true }) {
        var size = 1024
        while size < 2 * count { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        for number in 0..<count where lengths[number] > 0 && isWanted(number) {
            longest = max(longest, Int(lengths[number]))
            var hash = PieceHash()
            for index in 0..<Int(lengths[number]) { unsafe hash.add(file.bytes[Int(places[number]) + index]) }
            var slot = hash.slot(of: size)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(number)
        }
    }

    /// The number of a piece; nil if there is none that can be looked up.
    func number(of piece: String) -> Int? {
        let bytes = Array(piece.utf8)
        var number: Int?
        forEachPiece(in: bytes, at: 0) { if $1 == bytes.count { number = $0 } }
        return number
    }

    /// Calls `body` with the number and the end of each piece that begins at a place of a text, shorter ones first.
    func forEachPiece(in text: [UInt8], at start: Int, _ body: (_ piece: Int, _ end: Int) -> Void) {
        guard !slots.isEmpty else { return }
        var hash = PieceHash()
        var end = start
        while end < text.count, end - start < longest {
            hash.add(text[end])
            end += 1
            var slot = hash.slot(of: slots.count)
            while slots[slot] >= 0 {
                let number = Int(slots[slot])
                if matches(number, text, start..<end) {
                    body(number, end)
                    break
                }
                slot = (slot + 1) & (slots.count - 1)
            }
        }
    }

    private func matches(_ number: Int, _ text: [UInt8], _ range: Range<Int>) -> Bool {
        guard Int(lengths[number]) == range.count else { return false }
        let place = Int(places[number])
        for index in 0..<range.count where unsafe file.bytes[place + index] != text[range.lowerBound + index] {
            return false
        }
        return true
    }
}

/// The hash of a piece, which grows byte by byte (FNV-1a).
private struct PieceHash {
    private var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// The slot in a table whose size is a power of 2.
    func slot(of size: Int) -> Int {
        Int(truncatingIfNeeded: value ^ value >> 32) & (size - 1)
    }
}
