/// A piece of a text: a word, a number, white space or a mark.
enum SpokenToken: Hashable {
    case word(String)
    /// Digits with the separators between them, such as `1'250.00`.
    case number(String)
    case space
    case mark(Character)

    /// The text of the piece.
    var text: String {
        switch self {
        case .word(let text), .number(let text): text
        case .space: " "
        case .mark(let mark): String(mark)
        }
    }

    /// Splits a text.
    static func split(_ text: String) -> [SpokenToken] {
        var tokens: [SpokenToken] = []
        var rest = Array(text)[...]
        while let first = rest.first {
            let length: Int
            if first.isWhitespace {
                length = rest.prefix(while: \.isWhitespace).count
                tokens.append(.space)
            } else if first.isLetter {
                length = wordLength(rest)
                tokens.append(.word(String(rest.prefix(length))))
            } else if first.isASCII, first.isNumber {
                length = numberLength(rest)
                tokens.append(.number(String(rest.prefix(length))))
            } else {
                length = 1
                tokens.append(.mark(first))
            }
            rest = rest.dropFirst(length)
        }
        return tokens
    }

    private static func wordLength(_ rest: ArraySlice<Character>) -> Int {
        var length = 0
        for (index, character) in zip(rest.indices, rest) {
            // An apostrophe within a word belongs to it.
            let isInner = (character == "'" || character == "’") && rest[(index + 1)...].first?.isLetter == true
            guard character.isLetter || isInner else { break }
            length += 1
        }
        return length
    }

    private static func numberLength(_ rest: ArraySlice<Character>) -> Int {
        var length = 0
        for (index, character) in zip(rest.indices, rest) {
            let next = rest[(index + 1)...].first
            let isInner = ".,'’\u{202F}\u{2009}".contains(character) && next.map { $0.isASCII && $0.isNumber } == true
            guard character.isASCII && character.isNumber || isInner else { break }
            length += 1
        }
        return length
    }
}
