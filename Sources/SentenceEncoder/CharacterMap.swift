internal import Inference

/// The character map by which a SentencePiece model normalises text: equivalent characters become the same.
///
/// It is a double-array trie, as the library Darts-clone creates it, from sequences of characters to the places of their
/// replacements. For example, full-width letters become ASCII letters, and all kinds of blanks become spaces.
///
/// `@unchecked Sendable`: the pointers lead into the read-only mapping of `file`, which lives as long as the map.
@safe
struct CharacterMap: @unchecked Sendable {
    /// Keeps the mapping alive, which is read-only, so that several threads may read it.
    private let file: MappedFile
    private let units: UnsafeRawBufferPointer
    private let replacements: UnsafeRawBufferPointer

    /// The character for a space in pieces: U+2581 in UTF-8.
    static let space: [UInt8] = [0xE2, 0x96, 0x81]

    /// Reads a map from a part of a file; nil if there is none.
    init?(_ file: MappedFile, in range: Range<Int>) {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: file.bytes[range])
        guard bytes.count > 8 else { return nil }
        let length = unsafe Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        guard length >= 4, length % 4 == 0, length < bytes.count - 4, unsafe bytes[bytes.count - 1] == 0 else {
            return nil
        }
        self.file = file
        unsafe units = UnsafeRawBufferPointer(rebasing: bytes[4..<4 + length])
        unsafe replacements = UnsafeRawBufferPointer(rebasing: bytes[(4 + length)...])
    }

    /// Normalises a text: replaces characters, replaces each run of blanks by one space, and begins with a space.
    ///
    /// - Parameter text: The text in UTF-8.
    /// - Returns: The text in UTF-8, with ``space`` for each space; empty if there are only blanks.
    func normalize(_ text: [UInt8]) -> [UInt8] {
        var result = Self.space
        var followsSpace = true
        func append(_ byte: UInt8) {
            if byte != UInt8(ascii: " ") {
                result.append(byte)
            } else if !followsSpace {
                result += Self.space
            }
            followsSpace = byte == UInt8(ascii: " ")
        }
        var position = 0
        while position < text.count {
            if let match = longestMatch(in: text, at: position) {
                var place = match.replacement
                while unsafe replacements[place] != 0 {
                    unsafe append(replacements[place])
                    place += 1
                }
                position = match.end
            } else {
                let end = min(text.count, position + UTF8Text.length(from: text[position]))
                for byte in text[position..<end] { append(byte) }
                position = end
            }
        }
        while result.suffix(Self.space.count).elementsEqual(Self.space) { result.removeLast(Self.space.count) }
        return result
    }

    /// The longest key of the trie at a position of a text: its end, and the position of its replacement.
    private func longestMatch(in text: [UInt8], at start: Int) -> (end: Int, replacement: Int)? {
        var longest: (end: Int, replacement: Int)?
        guard var node = unit(at: 0).map({ Self.offset(in: $0) }) else { return nil }
        var position = start
        while position < text.count {
            let byte = text[position]
            node ^= Int(byte)
            guard let unit = unit(at: node), unit & 0x8000_00FF == UInt32(byte) else { break }
            node ^= Self.offset(in: unit)
            position += 1
            if unit & 0x100 != 0, let leaf = self.unit(at: node) {
                let replacement = Int(leaf & 0x7FFF_FFFF)
                if unsafe replacement < replacements.count { longest = (position, replacement) }
            }
        }
        return longest
    }

    private func unit(at index: Int) -> UInt32? {
        guard unsafe index < units.count / 4 else { return nil }
        return unsafe UInt32(littleEndian: units.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
    }

    private static func offset(in unit: UInt32) -> Int {
        Int((unit >> 10) << ((unit & 0x200) >> 6))
    }
}

/// The length of a character, from its first byte.
enum UTF8Text {
    /// Returns how many bytes a character has that begins with a byte.
    static func length(from byte: UInt8) -> Int {
        switch byte {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }
}
