private import Foundation

/// The words of a text as BERT's uncased models see them, one after another.
struct NormalizedWords {
    /// A word, and where each byte of it comes from.
    struct Word {
        /// The word in UTF-8, without accents and in lower case.
        var bytes: [UInt8] = []
        /// For each byte, the offset of the character in the text that it comes from, in UTF-8 bytes.
        var origins: [Int] = []
        /// Where the word's last character ends in the text.
        var end = 0
        /// How many characters it has.
        var characters = 0

        var range: Range<Int> { (origins.first ?? 0)..<end }

        /// Returns where the part of the word that ends before a byte ends in the text.
        func end(at byte: Int) -> Int { byte < origins.count ? origins[byte] : end }

        mutating func append(_ scalar: Unicode.Scalar, from origin: Int, to end: Int) {
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                bytes.append(byte)
                origins.append(origin)
            }
            characters += 1
            self.end = end
        }
    }

    private let scalars: String.UnicodeScalarView
    private var index: String.UnicodeScalarView.Index
    private var offset = 0

    init(_ text: String) {
        scalars = text.unicodeScalars
        index = scalars.startIndex
    }

    /// Returns the next word, or nil at the end.
    mutating func next() -> Word? {
        var word = Word()
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let end = offset + UTF8.width(scalar)
            if scalar.isSpace || scalar.standsAlone {
                if !word.bytes.isEmpty { return word }
                advance(to: end)
                if scalar.isSpace { continue }
                word.append(scalar, from: offset - UTF8.width(scalar), to: end)
                return word
            }
            append(scalar, to: &word, end: end)
            advance(to: end)
        }
        return word.bytes.isEmpty ? nil : word
    }

    private mutating func advance(to end: Int) {
        index = scalars.index(after: index)
        offset = end
    }

    /// Adds a character in lower case and without accents, unless it is a control character.
    private func append(_ scalar: Unicode.Scalar, to word: inout Word, end: Int) {
        if scalar.isASCII {
            guard scalar.value >= 0x20, scalar.value != 0x7F else { return }
            let isUpper = (0x41...0x5A).contains(scalar.value)
            word.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar, from: offset, to: end)
            return
        }
        guard !scalar.isRemoved else { return }
        for part in String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
        where part.properties.generalCategory != .nonspacingMark {
            for lower in part.properties.lowercaseMapping.unicodeScalars {
                word.append(lower, from: offset, to: end)
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool {
        switch value {
        case 0x20, 0x09, 0x0A, 0x0D: true
        default: properties.generalCategory == .spaceSeparator
        }
    }

    /// Whether the character is a word of its own: punctuation, or a Chinese character.
    fileprivate var standsAlone: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        case 0...0x7F: return false
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B820...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            return true
        default: break
        }
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    /// Whether the character is left out, as it is invisible or invalid.
    fileprivate var isRemoved: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: true
        default: value == 0xFFFD
        }
    }
}

extension UTF8 {
    /// Returns how many bytes a character takes.
    fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x80: 1
        case 0x80..<0x800: 2
        case 0x800..<0x10000: 3
        default: 4
        }
    }
}
