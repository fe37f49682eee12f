/// Reads the figures of a text, so that `1,500`, `1.500` and `1’500` are the same one.
enum Figures {
    /// The figures of a text, each once, in order: digits with a point before decimals.
    ///
    /// Digits in a word, such as `HR-07` or `A4`, and the numbers of list items are left out.
    static func inText(_ text: String) -> [String] {
        var figures: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            for figure in inLine(Array(line.unicodeScalars)) where !figures.contains(figure) { figures.append(figure) }
        }
        return figures
    }

    private static func inLine(_ scalars: [Unicode.Scalar]) -> [String] {
        var figures: [String] = []
        var place = endOfListNumber(scalars)
        while place < scalars.count {
            guard isDigit(scalars[place]) else {
                place += 1
                continue
            }
            let start = place
            var parts = [""]
            while place < scalars.count {
                if isDigit(scalars[place]) {
                    parts[parts.count - 1].unicodeScalars.append(scalars[place])
                } else if isSeparator(scalars[place]), place + 1 < scalars.count, isDigit(scalars[place + 1]) {
                    // A narrow or no-break space groups digits by three, or separates two numbers.
                    if Folding.isSpace(scalars[place]), !beginsGroup(scalars, at: place + 1) { break }
                    parts.append("")
                } else {
                    break
                }
                place += 1
            }
            if !isPartOfWord(scalars, start) { figures.append(figure(of: parts)) }
        }
        return figures
    }

    /// Joins groups of digits: three digits after a separator are thousands, otherwise the last group is decimals.
    private static func figure(of parts: [String]) -> String {
        var whole = parts[0]
        var rest = parts.dropFirst()
        if whole.count <= 3, whole != "0" {
            while let group = rest.first, group.count == 3 {
                whole += group
                rest = rest.dropFirst()
            }
        }
        guard rest.count == 1, let decimals = rest.first else { return ([whole] + rest).joined(separator: ".") }
        let significant = decimals.reversed().drop { $0 == "0" }.reversed()
        return significant.isEmpty ? whole : "\(whole).\(String(significant))"
    }

    private static func endOfListNumber(_ scalars: [Unicode.Scalar]) -> Int {
        let start = scalars.firstIndex { !Folding.isSpace($0) } ?? 0
        let end = scalars[start...].firstIndex { !isDigit($0) } ?? scalars.count
        guard end > start, end + 1 < scalars.count, ".)".unicodeScalars.contains(scalars[end]) else { return 0 }
        return Folding.isSpace(scalars[end + 1]) ? end + 1 : 0
    }

    private static func beginsGroup(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        scalars[place...].prefix(while: isDigit).count == 3
    }

    private static func isPartOfWord(_ scalars: [Unicode.Scalar], _ start: Int) -> Bool {
        guard start > 0 else { return false }
        let before = scalars[start - 1]
        if before.properties.isAlphabetic { return true }
        return before == "-" && start > 1 && scalars[start - 2].properties.isAlphabetic
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// Whether a scalar may separate the digits of a figure: point, comma, apostrophes, narrow and no-break spaces.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        ".,'’\u{A0}\u{202F}\u{2009}".unicodeScalars.contains(scalar)
    }
}
