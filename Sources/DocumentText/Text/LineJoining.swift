/// Joins the lines of a paragraph.
///
/// Lines are joined with a blank, except in scripts without blanks. A word that is hyphenated at a line end is joined;
/// a compound such as `long-term` keeps its hyphen.
struct LineJoining {
    /// The words of the document, with their inner hyphens, in lower case.
    private let words: Set<String>
    /// Whether every hyphen at a line end is kept, because no program broke the lines.
    private let keepsHyphens: Bool

    /// The maximum number of words that are stored.
    private static let maximumWords = 200_000
    /// The maximum number of characters before a hyphen that are looked up, longer than any word: a document in which
    /// every line ends in a hyphen is one word.
    private static let maximumHead = 100
    /// First parts of compounds.
    private static let firstParts: Set<String> = [
        "all", "anti", "by", "carry", "check", "co", "company", "cross", "day", "dial", "eight", "ex", "five", "follow",
        "four", "full", "half", "hand", "high", "home", "hybrid", "in", "inter", "job", "life", "log", "long", "low",
        "mid", "multi", "nine", "non", "off", "on", "one", "open", "opt", "out", "over", "part", "pay", "post", "pre",
        "pro", "re", "self", "semi", "seven", "short", "sick", "sign", "six", "so", "stand", "sub", "ten", "third",
        "three", "time", "top", "two", "up", "walk", "well", "work", "year", "zero", "twenty", "thirty", "forty",
        "fifty", "sixty", "seventy", "eighty", "ninety", "first", "second", "health", "tax", "round", "face", "on-the",
        "e", "x",
    ]
    /// Second parts of compounds, which are rarely the end of a hyphenated word.
    private static let secondParts: Set<String> = [
        "based", "care", "day", "employed", "free", "friendly", "hour", "in", "of", "off", "on", "only", "out", "over",
        "paid", "party", "related", "service", "site", "term", "time", "to", "up", "week", "wide", "work", "working",
        "year",
    ]
    /// Conjunctions after a suspended hyphen: `Sport- und Kulturverein`.
    private static let conjunctions: Set<String> = [
        "und", "oder", "bzw", "sowie", "bis", "and", "or", "to", "et", "ou", "y", "o", "e", "en", "of",
    ]

    /// Creates the joining of lines that no program broke.
    init(keepingHyphens: Bool) {
        words = []
        keepsHyphens = keepingHyphens
    }

    /// Creates the joining of a document's lines, whose words it stores.
    init(lines: some Sequence<String>) {
        keepsHyphens = false
        var words: Set<String> = []
        for line in lines {
            for word in line.split(whereSeparator: { $0.isWhitespace }) where words.count < Self.maximumWords {
                // A hyphenated part at the end of a line is not a word.
                guard word.endIndex < line.endIndex || word.last != "-" else { continue }
                words.insert(word.lowercased().trimmingMarks)
            }
        }
        self.words = words
    }

    /// Joins lines.
    func joined(_ lines: some Sequence<String>) -> String {
        lines.reduce(into: "") { text, line in append(line, to: &text) }
    }

    /// Appends a line to the text before it.
    func append(_ line: String, to text: inout String) {
        guard let last = text.unicodeScalars.last, let first = line.unicodeScalars.first else {
            text += line
            return
        }
        // What is before the last character.
        let start = text[..<text.index(before: text.endIndex)]
        func continues(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
            one.isOfUnspacedText && (other.isOfUnspacedText || other.properties.numericType == .decimal)
        }
        if last.value == 0xAD || continues(last, first) || continues(first, last) {
            text += line
        } else if last == "-", first.properties.isLowercase, start.last?.isLetter == true {
            let head = start.suffix(Self.maximumHead).reversed().prefix { $0.isLetter || $0 == "-" }
            let tail = line.prefix { $0.isLetter }
            join(String(head.reversed()).lowercased(), String(tail).lowercased(), line, &text)
        } else if last == "-", first.properties.numericType == .decimal, start.last?.isNumber == true {
            // A range of figures, or a number with hyphens.
            text += line
        } else {
            text += " " + line
        }
    }

    private func join(_ head: String, _ tail: String, _ line: String, _ text: inout String) {
        if Self.conjunctions.contains(tail), !words.contains(head + tail) {
            text += " " + line
        } else if isCompound(head, tail) {
            text += line
        } else {
            text.removeLast()
            text += line
        }
    }

    private func isCompound(_ head: String, _ tail: String) -> Bool {
        if keepsHyphens || words.contains("\(head)-\(tail)") { return true }
        if words.contains(head + tail) { return false }
        return Self.firstParts.contains(head) || Self.secondParts.contains(tail) || head.contains("-")
    }
}

extension String {
    fileprivate var trimmingMarks: String {
        var word = self[...].drop { !$0.isLetter && !$0.isNumber }
        while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
        return String(word)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is of a script without blanks, punctuation included.
    var isOfUnspacedText: Bool {
        UnspacedScript.contains(self) && !UnspacedScript.isKorean(self) || (0x3000...0x303F).contains(value)
            || (0xFF01...0xFF60).contains(value)
    }
}
