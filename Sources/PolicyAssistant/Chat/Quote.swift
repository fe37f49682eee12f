/// Finds, in the passages that a search found, the lines that an answer rests on.
enum Quote {
    /// The longest quote shown, in characters.
    static let maximumLength = 400

    /// Returns the sentence that ends at an annotation, which counts Unicode scalars.
    static func sentence(before index: Int, in text: String) -> Substring {
        let scalars = text.unicodeScalars
        let end =
            scalars.index(scalars.startIndex, offsetBy: max(index, 0), limitedBy: scalars.endIndex) ?? scalars.endIndex
        var sentence = text[end..<end]
        // A piece such as the “5 p.m” of an abbreviation says too little; then the text before it counts as well.
        while sentence.startIndex > text.startIndex, words(of: sentence).count < 5 {
            let before = scalars[..<scalars.index(before: sentence.startIndex)]
            let start = before.lastIndex(where: endsSentences).map(before.index(after:)) ?? text.startIndex
            sentence = text[start..<end]
        }
        return sentence
    }

    /// Returns the run of lines that shares most words with `sentence`; empty where there are no passages.
    static func best(for sentence: some StringProtocol, among passages: [String]) -> String {
        let wanted = words(of: sentence)
        var best: (score: Double, text: Substring)?
        for paragraph in passages.lazy.flatMap({ $0.utf8.split(separator: UInt8(ascii: "\n")) }).map(Substring.init) {
            let found = words(of: paragraph)
            guard !found.isEmpty else { continue }
            // Of two paragraphs that share as much, the shorter is more to the point.
            let score = Double(found.count(where: wanted.contains)) - Double(found.count) / 1000
            if score > best?.score ?? -.infinity { best = (score, paragraph) }
        }
        return best.map { shortened($0.text, around: wanted) } ?? ""
    }

    private static func words(of text: some StringProtocol) -> Set<String> {
        Set(text.lowercased().unicodeScalars.split { !isPartOfWord($0) }.map { String($0) })
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

    /// Cuts a long paragraph between words, so that its part with most of the wanted words stays.
    private static func shortened(_ paragraph: Substring, around wanted: Set<String>) -> String {
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
}
