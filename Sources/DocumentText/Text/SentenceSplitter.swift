/// Cuts a line of text into its sentences, in English and in German, and in scripts that have other stops.
///
/// A stop ends a sentence if white space and then a capital, a figure or an opening mark follow, unless it belongs to an
/// abbreviation (`e.g.`, `Dr.`, `z. B.`), an initial, or a German ordinal (`1. Januar`).
package enum SentenceSplitter {
    /// The sentences of a line; joined by blanks they are the line again, where blanks stand between its sentences.
    package static func sentences(of line: String) -> [String] {
        let scalars = Array(line.unicodeScalars)
        var sentences: [String] = []
        var start = 0
        var index = 0
        while index < scalars.count {
            if isWideStop(scalars[index]) {
                while index < scalars.count, isWideStop(scalars[index]) || isWideClosing(scalars[index]) { index += 1 }
                sentences.append(text(scalars[start..<index]))
                while index < scalars.count, scalars[index].isBlank { index += 1 }
                start = index
                continue
            }
            guard isStop(scalars[index]) else {
                index += 1
                continue
            }
            let stop = index
            while index < scalars.count, isClosing(scalars[index]) { index += 1 }
            let end = index
            while index < scalars.count, scalars[index].isBlank { index += 1 }
            guard index > end, index < scalars.count, isOpening(scalars[index]) else { continue }
            let isOneStop =
                scalars[stop] == "." && (stop + 1 == end || !isStop(scalars[stop + 1]))
            if isOneStop, isInner(stop, of: scalars, from: start, next: index) { continue }
            sentences.append(text(scalars[start..<end]))
            start = index
        }
        if start < scalars.count { sentences.append(text(scalars[start...])) }
        return sentences.filter { !$0.isEmpty }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view).onOneLine
    }

    /// What may end a sentence.
    private static func isStop(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "!", "?", "…", "؟", "۔", "।": true
        default: false
        }
    }

    /// What ends a sentence of Chinese or Japanese, also where no blank follows.
    private static func isWideStop(_ scalar: Unicode.Scalar) -> Bool {
        "。｡！？".unicodeScalars.contains(scalar)
    }

    /// What may stand between such a stop and the next sentence.
    private static func isWideClosing(_ scalar: Unicode.Scalar) -> Bool {
        "」』）】》〉”’".unicodeScalars.contains(scalar)
    }

    /// What may stand between a sentence and the blank after it.
    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        "…!?؟۔।.)]}\"'”’»*".unicodeScalars.contains(scalar)
    }

    /// What may begin a sentence.
    private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isUppercase || properties.numericType != nil
            || "([\"'“„‘«¿¡§€$£-–•*".unicodeScalars.contains(scalar)
            || properties.isIdeographic || (properties.isAlphabetic && !properties.isLowercase)
    }

    /// Whether a single full stop belongs to the word before it.
    private static func isInner(_ stop: Int, of scalars: [Unicode.Scalar], from start: Int, next: Int) -> Bool {
        let word = Self.word(before: stop, in: scalars, from: start)
        if word.text.isEmpty { return false }
        if word.text.allSatisfy({ $0.isNumber || $0 == "." }) {
            let gap = scalars[start..<word.start].lastIndex { !$0.isBlank }.map { $0 + 1 } ?? start
            let before = Self.word(before: gap, in: scalars, from: start).text.lowercased()
            // A long number may be a year.
            guard word.text.count <= 2 else { return germanArticles.contains(before) }
            return word.start == start || germanMonths.contains(Self.word(at: next, in: scalars))
                || germanArticles.contains(before) || wordsBeforeOrdinals.contains(before)
        }
        let lowercased = word.text.lowercased()
        if lowercased == "a.m" || lowercased == "p.m" { return false }
        return word.text.count == 1 && word.text.allSatisfy(\.isLetter)
            || word.text.contains(".") && word.text.count <= 5 && !word.text.contains(where: \.isNumber)
            || abbreviations.contains(lowercased)
    }

    /// The run of letters, figures and inner stops before a place.
    private static func word(
        before end: Int,
        in scalars: [Unicode.Scalar],
        from start: Int
    ) -> (text: String, start: Int) {
        var first = end
        while first > start, end - first < 24 {
            let scalar = scalars[first - 1]
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "." else { break }
            first -= 1
        }
        return (text(scalars[first..<end]), first)
    }

    /// The run of letters at a place.
    private static func word(at start: Int, in scalars: [Unicode.Scalar]) -> String {
        text(scalars[start...].prefix(24).prefix { $0.properties.isAlphabetic })
    }

    private static let abbreviations: Set<String> = [
        "dr", "mr", "mrs", "ms", "prof", "st", "no", "nos", "nr", "vs", "cf", "approx", "incl", "excl", "resp", "dept",
        "fig", "art", "sec", "para", "vol", "pp", "al", "abs", "bzw", "ca", "evtl", "ggf", "inkl", "zzgl", "max", "min",
        "mind", "usw", "vgl", "bspw", "sog", "tel", "str", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
        "sept",
        "oct", "okt", "nov", "dec", "dez", "hr", "fr", "ziff", "lit", "gem", "einschl", "jährl", "monatl",
    ]
    private static let germanMonths: Set<String> = [
        "Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
        "November",
        "Dezember",
    ]
    private static let germanArticles: Set<String> = ["der", "die", "das", "dem", "den", "des", "zum", "zur", "jedes"]
    private static let wordsBeforeOrdinals: Set<String> = ["am", "im", "vom", "bis", "ab", "jeden", "beim"]
}
