/// A sentence, or a row of a table, that one text has and another lacks.
///
/// Words are compared, not characters: upstream may show the text with other spaces, quotes and hyphens.
struct DistinctiveSentence: Hashable, Sendable {
    /// The sentence as it stands in the text.
    let text: String
    let words: [String]

    private static let fewestWords = 5
    /// The longest sentence, counted as ``WordSequence/length(of:)`` does.
    private static let longest = 40
    private static let maximumMetadataLines = 64
    /// The characters that end a sentence where a blank follows.
    private static let stops = Set(".?!:".unicodeScalars)
    /// The characters that end a sentence by themselves.
    private static let wideStops = Set("。．｡！？；：︒".unicodeScalars)
    /// The characters of markup, whose text upstream may show in another form.
    private static let markup = Set("[]<>|`{}\\&$=~".unicodeScalars)

    /// Chooses sentences of a text that another one lacks, those of the most words first; rows of its tables if there are none.
    static func choose(from text: String, absentFrom other: String, limit: Int) -> [DistinctiveSentence] {
        let others = WordSequence(other)
        let sentences = longest(limit, of: candidates(in: text), absentFrom: others)
        return sentences.isEmpty ? longest(limit, of: rows(in: text), absentFrom: others) : sentences
    }

    private static func longest(
        _ limit: Int,
        of candidates: [DistinctiveSentence],
        absentFrom others: WordSequence
    ) -> [DistinctiveSentence] {
        var best: [DistinctiveSentence] = []
        for candidate in candidates where !others.contains(candidate.words) {
            guard best.count < limit || candidate.words.count > (best.last?.words.count ?? 0) else { continue }
            let position = best.firstIndex { $0.words.count < candidate.words.count } ?? best.endIndex
            best.insert(candidate, at: position)
            if best.count > limit { best.removeLast() }
        }
        return best
    }

    /// Whether a passage has every word of the sentence.
    func isHeld(by passage: String) -> Bool {
        Set(words).isSubset(of: WordSequence.words(of: passage))
    }

    /// The number of lines of a Markdown file's metadata, which upstream shows in other words.
    private static func metadataLines(of lines: [Substring.UnicodeScalarView]) -> Int {
        let rule = "---".unicodeScalars
        guard let first = lines.first, first.elementsEqual(rule) else { return 0 }
        let end = lines.dropFirst().prefix(maximumMetadataLines).firstIndex { $0.elementsEqual(rule) }
        return end.map { $0 + 1 } ?? 0
    }

    /// The rows of the tables of a Markdown file, whose cells upstream may show below the names of their columns.
    private static func rows(in text: String) -> [DistinctiveSentence] {
        text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            return cells.count > 2 ? Self(String.UnicodeScalarView(cells.joined(separator: " ".unicodeScalars))) : nil
        }
    }

    /// The sentence that a text is; nil if it has markup, or is too short or too long.
    private init?(_ text: String.UnicodeScalarView) {
        guard !text.contains(where: Self.markup.contains) else { return nil }
        self.text = String(String.UnicodeScalarView(text.drop(while: \.properties.isWhitespace)))
        words = WordSequence.words(of: self.text)
        guard words.count >= Self.fewestWords, WordSequence.length(of: words) <= Self.longest else { return nil }
    }

    private static func candidates(in text: String) -> [DistinctiveSentence] {
        var candidates: [DistinctiveSentence] = []
        var current = String.UnicodeScalarView()
        func end() {
            if let sentence = Self(current) { candidates.append(sentence) }
            current = String.UnicodeScalarView()
        }
        /// Ends a paragraph; a line alone without a stop may be a heading, which upstream may not search.
        func endParagraph(of lines: Int) {
            if lines == 1 { current = String.UnicodeScalarView() }
            end()
        }
        let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
        var linesOfParagraph = 0
        for line in lines.dropFirst(metadataLines(of: lines)) {
            // Upstream does not show the directives of site generators. They end the paragraph, and so do a heading and an
            // empty line.
            if line.starts(with: ":::".unicodeScalars) || line.first == "#"
                || line.allSatisfy(\.properties.isWhitespace)
            {
                endParagraph(of: linesOfParagraph)
                linesOfParagraph = 0
                continue
            }
            // Upstream may show a list item without its label.
            let label = labelLength(of: line)
            linesOfParagraph += label > 0 ? 2 : 1
            var last: Unicode.Scalar = " "
            for scalar in line.dropFirst(label) {
                // In a script without blanks between words, a blank ends a sentence: Thai has no other sign.
                if scalar.properties.isWhitespace, stops.contains(last) || last.isWrittenWithoutBlanks { end() }
                current.append(scalar)
                if wideStops.contains(scalar) { end() }
                last = scalar
            }
            if stops.contains(last) || last.isWrittenWithoutBlanks { end() }
            current.append(" ")
        }
        endParagraph(of: linesOfParagraph)
        return candidates
    }

    /// The length of a letter or number at the beginning of a line, as of a list item: `a) `, `(2) ` or `3. `; 0 if there is none.
    private static func labelLength(of line: Substring.UnicodeScalarView) -> Int {
        let blanks = line.prefix { $0.properties.isWhitespace }.count
        let rest = line.dropFirst(blanks)
        let opening = rest.first == "(" ? 1 : 0
        let value = rest.dropFirst(opening).prefix { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        let closing = rest.dropFirst(opening + value.count).first
        let isLetter = value.count == 1 || value.allSatisfy { "ivx".unicodeScalars.contains($0) }
        let isLabel =
            (1...3).contains(value.count) && (closing == ")" || opening == 0 && closing == ".")
            && (isLetter || value.allSatisfy { $0.properties.numericType != nil })
            && rest.dropFirst(opening + value.count + 1).first?.properties.isWhitespace == true
        return isLabel ? blanks + opening + value.count + 1 : 0
    }
}

/// The words of a text, in order.
///
/// In scripts without blanks between words, each pair of adjacent letters counts as a word, also across the end of a line.
struct WordSequence {
    private let joined: String

    init(_ text: String) {
        joined = " \(Self.words(of: text).joined(separator: " ")) "
    }

    /// Whether the words occur in the text, one after the other.
    func contains(_ words: [String]) -> Bool {
        joined.utf8.contains(" \(words.joined(separator: " ")) ".utf8)
    }

    /// The number of words, where a word of a script without blanks counts as three pairs.
    static func length(of words: [String]) -> Int {
        let pairs = words.count { $0.unicodeScalars.first?.isWrittenWithoutBlanks ?? false }
        return words.count - pairs + pairs / 3
    }

    /// The words of a text, in lower case.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        /// The letters of a script without blanks since the last other character.
        var run: [Character] = []
        func end() {
            if !word.isEmpty { words.append(word) }
            if run.count == 1 { words.append(String(run[0])) }
            words += zip(run, run.dropFirst()).map { String([$0, $1]) }
            word = ""
            run = []
        }
        for character in text.lowercased() {
            let isLetter = character.isLetter || character.isNumber
            if character.unicodeScalars.first?.isWrittenWithoutBlanks ?? false {
                if !word.isEmpty { end() }
                run.append(character)
            } else if isLetter {
                if !run.isEmpty { end() }
                word.append(character)
            } else if run.isEmpty || !character.isWhitespace {
                end()
            }
        }
        end()
        return words
    }
}

extension Unicode.Scalar {
    /// Whether the character is a letter of a script without blanks between words.
    var isWrittenWithoutBlanks: Bool {
        switch value {
        // Thai, Lao, Myanmar, Khmer: letters and the marks on them.
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E81...0x0EDF, 0x1000...0x103F, 0x1050...0x109F, 0x1780...0x17D3: true
        // Hiragana, Katakana with its half-width forms, and Bopomofo.
        case 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xFF66...0xFF9F: true
        // Chinese characters.
        case 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
