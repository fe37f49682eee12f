/// Finds the sentence before an annotation, and shortens the lines that are quoted for it; `QuotedPassages` chooses them.
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
        var words = WordSet()
        while start > limit, words.count < fewestWords {
            // The scalar before may be what ends the sentence before.
            let boundary = text[limit..<(start - 1)].lastIndex(where: endsSentences).map { $0 + 1 } ?? limit
            words.insertWords(of: string(text[boundary..<start]))
            start = boundary
        }
        return string(text[start..<end])
    }

    /// Whether an annotation stands in a paragraph of its own: then it rests on no sentence of the answer.
    ///
    /// Only the last 64 scalars before it are looked at.
    static func standsApart(at index: Int, in text: [Unicode.Scalar]) -> Bool {
        let before = text[..<min(max(index, 0), text.count)]
        let blanks = before.suffix(maximumBlanks).reversed().prefix(while: isSpace)
        return blanks.count < before.count && blanks.count { $0 == "\n" } > 1
    }

    private static let maximumBlanks = 64

    /// Returns a line without the marks of lists, headings and tables at its ends.
    static func withoutMarks(_ line: Substring) -> Substring {
        var rest = line.unicodeScalars[...]
        while let first = rest.first, isSpace(first) || first == "|" { rest.removeFirst() }
        let mark = rest.prefix { "-*+•>#".unicodeScalars.contains($0) }
        if let next = rest.dropFirst(mark.count).first, !mark.isEmpty, mark.count <= 6, isSpace(next) {
            rest = rest.dropFirst(mark.count)
            while let first = rest.first, isSpace(first) { rest.removeFirst() }
        }
        while let last = rest.last, isSpace(last) || last == "|" { rest.removeLast() }
        return Substring(rest)
    }

    /// Returns a paragraph word for word, or the part of a long one that has most of the wanted words.
    ///
    /// The part is made of whole sentences; of whole clauses where a sentence is too long, and of words where a clause is.
    /// It has ``maximumLength`` characters at most.
    static func shortened(_ paragraph: Substring, around wanted: WordSet) -> String {
        var rest = withoutAddresses(paragraph, around: wanted)
        for unit in Unit.allCases where isTooLong(rest) {
            let pieces = unit.pieces(of: rest)
            let hits = pieces.map { wanted.countOfWords(of: $0) }
            let telling = hits.indices.max { (hits[$0], $1) < (hits[$1], $0) } ?? 0
            if unit != .word, isTooLong(pieces[telling]) {
                rest = pieces[telling]
            } else {
                rest = run(of: pieces, with: hits, keepsEnds: unit == .word)
            }
        }
        let text = withoutMarks(rest)
        return String(isTooLong(text) ? text.prefix(maximumLength) : text)
    }

    /// Whether a text has more than ``maximumLength`` characters, which need not be counted where it has no more bytes.
    private static func isTooLong(_ text: Substring) -> Bool {
        text.utf8.count > maximumLength && text.count > maximumLength
    }

    /// The stretch between two addresses of the web that has most of the wanted words.
    ///
    /// An address says nothing to a reader, and links are often written otherwise than they are shown.
    private static func withoutAddresses(_ paragraph: Substring, around wanted: WordSet) -> Substring {
        guard paragraph.utf8.contains(UInt8(ascii: ":")) else { return paragraph }
        let words = Unit.word.pieces(of: paragraph)
        let stretches = words.split { $0.contains("://") || $0.hasPrefix("mailto:") }.compactMap { stretch in
            stretch.last.map { paragraph[stretch[stretch.startIndex].startIndex..<$0.endIndex] }
        }
        let hits = stretches.map { wanted.countOfWords(of: $0) }
        return stretches.indices.max { (hits[$0], $1) < (hits[$1], $0) }.map { stretches[$0] } ?? paragraph
    }

    /// What a long paragraph is cut into.
    private enum Unit: CaseIterable {
        case sentence, clause, word

        /// The pieces of a text, which together are the text.
        func pieces(of text: Substring) -> [Substring] {
            let scalars = text.unicodeScalars
            var pieces: [Substring] = []
            var start = scalars.startIndex
            var last: Unicode.Scalar?
            for index in scalars.indices {
                if let last, isSpace(last), !isSpace(scalars[index]), ends(scalars[start..<index]) {
                    pieces.append(Substring(scalars[start..<index]))
                    start = index
                }
                last = scalars[index]
            }
            return pieces + [Substring(scalars[start...])]
        }

        /// Whether a piece may end after some text and the blanks at its end.
        private func ends(_ text: Substring.UnicodeScalarView) -> Bool {
            let last = text.last { !isSpace($0) }
            return switch self {
            case .sentence: last.map { ".!?".unicodeScalars.contains($0) } ?? false
            case .clause: last.map { ".!?,;:–—".unicodeScalars.contains($0) } ?? false
            case .word: true
            }
        }
    }

    /// The stretch of pieces with most hits that is short enough, without what has no hit at its ends.
    private static func run(of pieces: [Substring], with hits: [Int], keepsEnds: Bool) -> Substring {
        let lengths = pieces.map(\.count)
        var best = (hits: -1, range: 0..<1)
        var (start, length, sum) = (0, 0, 0)
        for end in pieces.indices {
            length += lengths[end]
            sum += hits[end]
            while length > maximumLength, start < end {
                length -= lengths[start]
                sum -= hits[start]
                start += 1
            }
            if sum > best.hits, length <= maximumLength { best = (sum, start..<end + 1) }
        }
        var range = best.range
        while !keepsEnds, range.count > 1, hits[range.lowerBound] == 0 { range.removeFirst() }
        while !keepsEnds, range.count > 1, hits[range.upperBound - 1] == 0 { range.removeLast() }
        let first = pieces[range.lowerBound]
        return first.base[first.startIndex..<pieces[range.upperBound - 1].endIndex]
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars {
            if scalar.isASCII { bytes.append(UInt8(truncatingIfNeeded: scalar.value)) } else { bytes += scalar.utf8 }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || ("\t"..."\r").contains(scalar) : scalar.properties.isWhitespace
    }

    private static func endsSentences(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "!" || scalar == "?" || scalar == "\n"
    }
}
