/// Finds the sentence that an annotation stands at, and the lines of passages that it rests on.
enum Quote {
    /// The longest quote shown, in characters.
    static let maximumLength = 400
    /// The longest sentence looked at, in Unicode scalars.
    static let longestSentence = 600
    /// The fewest different words that say enough.
    private static let fewestWords = 5

    /// Returns the sentence that ends at an annotation, which counts Unicode scalars.
    ///
    /// A piece such as the “5 p.m” of an abbreviation says too little; then the text before it counts as well, up to
    /// ``longestSentence``.
    static func sentence(before index: Int, in text: [Unicode.Scalar]) -> String {
        let end = min(max(index, 0), text.count)
        let limit = max(0, end - longestSentence)
        var start = end
        var words: Set<String> = []
        while start > limit, words.count < fewestWords {
            // The scalar before may be what ends the sentence before.
            let boundary = text[limit..<(start - 1)].lastIndex(where: endsSentences).map { $0 + 1 } ?? limit
            words.formUnion(Self.words(of: string(text[boundary..<start])))
            start = boundary
        }
        return string(text[start..<end])
    }

    /// Returns the different words of a text, in lower case.
    static func words(of text: some StringProtocol) -> Set<String> {
        Set(text.lowercased().unicodeScalars.split { !isPartOfWord($0) }.map { String($0) })
    }

    /// Cuts a long paragraph between words, so that its part with most of the wanted words stays.
    static func shortened(_ paragraph: Substring, around wanted: Set<String>) -> String {
        let words = paragraph.unicodeScalars.split(whereSeparator: isSpace).map(Substring.init)
        guard paragraph.count > maximumLength else { return words.joined(separator: " ") }
        let hits = words.map { word in Self.words(of: word).isDisjoint(with: wanted) ? 0 : 1 }
        var best = (hits: -1, range: 0..<1)
        var (start, length, sum) = (0, 0, 0)
        for end in words.indices {
            length += words[end].count + 1
            sum += hits[end]
            while length > maximumLength, start < end {
                length -= words[start].count + 1
                sum -= hits[start]
                start += 1
            }
            if sum > best.hits { best = (sum, start..<end + 1) }
        }
        return (best.range.lowerBound > 0 ? "… " : "") + words[best.range].joined(separator: " ")
            + (best.range.upperBound < words.count ? " …" : "")
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    /// Whether a scalar of a text in lower case is a letter or a digit, or goes with one.
    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else {
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || ("\t"..."\r").contains(scalar) : scalar.properties.isWhitespace
    }

    private static func endsSentences(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "!" || scalar == "?" || scalar == "\n"
    }
}
