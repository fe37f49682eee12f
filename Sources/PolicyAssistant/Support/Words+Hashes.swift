internal import Foundation

extension Words {
    /// Calls `body` with a hash of each word of a text, in order; see ``WordSet``.
    static func forEachHash(in text: some StringProtocol, _ body: (UInt64) -> Void) {
        // The bytes of a string are copied at once, those of a substring one by one.
        forEachHash(in: Array(String(text).utf8), body)
    }

    /// Calls `body` with a hash of each word of a text in UTF-8, in order.
    static func forEachHash(in bytes: [UInt8], _ body: (UInt64) -> Void) {
        var start = 0
        while start < bytes.count { start = forEachHash(ofLineIn: bytes, from: start, body) + 1 }
    }

    /// Calls `body` with a hash of each word of one line, in order.
    ///
    /// Words of ASCII and of the letters from `À` to `ÿ` are hashed as they are read; all others go through `forEach`.
    ///
    /// - Parameters:
    ///   - bytes: A text in UTF-8.
    ///   - start: Where the line begins.
    ///   - body: Gets each hash.
    /// - Returns: Where the line ends: at its line feed, or at the end of the text.
    static func forEachHash(ofLineIn bytes: [UInt8], from start: Int, _ body: (UInt64) -> Void) -> Int {
        let mixer = HashMixer()
        var word = WordHash(mixer)
        func endWord() {
            if !word.isEmpty { body(word.value) }
            word = WordHash(mixer)
        }
        // Where the letters and digits that were read last begin.
        var beginning = start
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let folded = foldedASCII(byte) {
                word.add(folded)
            } else if byte < 0x80 {
                endWord()
                if byte == UInt8(ascii: "\n") { return index - 1 }
                beginning = index
            } else if byte == 0xC3, index < bytes.count, bytes[index] != 0x97, bytes[index] != 0xB7 {
                word.add(byte)
                word.add(bytes[index] <= 0x9E ? bytes[index] + 0x20 : bytes[index])
                index += 1
            } else if byte == 0xC3 || (byte == 0xE2 && index < bytes.count && bytes[index] == 0x80) {
                // The signs × and ÷, and dashes, quotation marks and the like (U+2000 to U+203F).
                endWord()
                index += byte == 0xC3 ? 1 : 2
                beginning = index
            } else {
                index = bytes[index...].firstIndex { $0 < 0x80 && foldedASCII($0) == nil } ?? bytes.count
                forEach(in: String(decoding: bytes[beginning..<index], as: UTF8.self)) { word, isASCII in
                    body(isASCII ? WordHash(mixer, of: word).value : hash(ofOther: word, mixer))
                }
                word = WordHash(mixer)
                beginning = index
            }
        }
        endWord()
        return bytes.count
    }

    /// Strings are equal where their composed forms are the same bytes.
    private static func hash(ofOther word: ArraySlice<UInt8>, _ mixer: HashMixer) -> UInt64 {
        let composed = String(decoding: word, as: UTF8.self).precomposedStringWithCanonicalMapping
        return WordHash(mixer, of: Array(composed.utf8)[...]).value
    }

    /// A letter in lower case, or a digit; nil for any other byte.
    private static func foldedASCII(_ byte: UInt8) -> UInt8? {
        let letter = byte | 0x20
        if letter &- UInt8(ascii: "a") < 26 { return letter }
        return byte &- UInt8(ascii: "0") < 10 ? byte : nil
    }
}

/// Mixes the bits of two numbers by a multiplication of 64 by 64 bits.
struct HashMixer {
    /// Random, so that no text can be written to have words with equal hashes.
    private static let commonSeed = UInt64.random(in: 0 ... .max) | 1
    private let seed = Self.commonSeed

    func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        let product = (hash ^ value ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ seed << 1)
        return product.high ^ product.low
    }
}

/// The hash of one word, eight bytes of which are mixed at a time.
private struct WordHash {
    private let mixer: HashMixer
    private var hash: UInt64 = 0
    private var chunk: UInt64 = 0
    private var count = 0

    init(_ mixer: HashMixer) {
        self.mixer = mixer
    }

    init(_ mixer: HashMixer, of word: ArraySlice<UInt8>) {
        self.mixer = mixer
        for byte in word { add(byte) }
    }

    var isEmpty: Bool { count == 0 }

    /// Never 0.
    var value: UInt64 { max(mixer.mixed(hash, chunk), 1) }

    mutating func add(_ byte: UInt8) {
        chunk = chunk << 8 | UInt64(byte)
        count &+= 1
        guard count & 7 == 0 else { return }
        hash = mixer.mixed(hash, chunk)
        chunk = 0
    }
}
