/// The words of texts: runs of letters and digits, in lower case.
enum Words {
    /// Calls `body` with each word of a text, in order.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - body: Gets a word in UTF-8, and whether it is all ASCII.
    static func forEach(in text: some StringProtocol, _ body: (_ word: ArraySlice<UInt8>, _ isASCII: Bool) -> Void) {
        // The bytes of a string are copied at once, those of a substring one by one.
        var bytes = Array(String(text).utf8)
        for index in bytes.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index]) {
            bytes[index] |= 0x20
        }
        // What of a word lies before ``index`` where the word is not all ASCII.
        var beginning: [UInt8] = []
        func endWord(_ rest: ArraySlice<UInt8>) {
            if beginning.isEmpty {
                if !rest.isEmpty { body(rest, true) }
            } else {
                beginning += rest
                body(beginning[...], beginning.allSatisfy { $0 < 0x80 })
                beginning = []
            }
        }
        var index = 0
        while index < bytes.count {
            let start = index
            while index < bytes.count, isASCIIPartOfWord(bytes[index]) { index += 1 }
            let run = bytes[start..<index]
            guard index < bytes.count, bytes[index] >= 0x80 else {
                endWord(run)
                index += 1
                continue
            }
            beginning += run
            let others = bytes[index...].prefix { $0 >= 0x80 }
            index = others.endIndex
            for scalar in String(decoding: others, as: UTF8.self).unicodeScalars {
                for scalar in scalar.properties.lowercaseMapping.unicodeScalars {
                    if isPartOfWord(scalar) { beginning += scalar.utf8 } else { endWord([]) }
                }
            }
        }
        endWord([])
    }

    /// Returns the different words of a text.
    static func of(_ text: some StringProtocol) -> Set<String> {
        var words: Set<String> = []
        forEach(in: text) { word, _ in words.insert(String(decoding: word, as: UTF8.self)) }
        return words
    }

    private static func isASCIIPartOfWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Whether a scalar in lower case is a letter or a digit, or goes with one.
    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isASCIIPartOfWord(UInt8(truncatingIfNeeded: scalar.value)) }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
