/// The automatic numbers of a Word document: the lists of `word/numbering.xml`, and their counts.
struct WordNumbering: Sendable {
    private struct Level: Sendable {
        var start = 1
        var format = "decimal"
        var text = ""
        /// Whether the numbers of the outer levels are written in figures.
        var isLegal = false
        /// The number of the outermost levels that start its count anew; nil for all outer ones.
        var restart: Int?

        /// Sets a property; others are ignored.
        mutating func set(_ name: String, _ value: String?) {
            switch name {
            case "w:start": start = value.flatMap { WordNumbering.start($0) } ?? 1
            case "w:numFmt": format = value ?? format
            case "w:lvlText": text = String((value ?? "").prefix(WordNumbering.maximumTextLength))
            case "w:isLgl": isLegal = !["0", "false", "off"].contains(value)
            case "w:lvlRestart": restart = value.flatMap { Int($0) }
            default: break
            }
        }
    }

    /// The levels of the definitions that lists refer to.
    private var levels: [String: [Int: Level]] = [:]
    /// The definitions of the lists.
    private var lists: [String: String] = [:]
    /// The levels that lists define themselves.
    private var ownLevels: [String: [Int: Level]] = [:]
    private var overrides: [String: [Int: Int]] = [:]
    /// The counts of the levels of each definition; nil for one that has not started.
    private var counts: [String: [Int?]] = [:]
    private var usedLists: Set<String> = []

    /// The maximum number of levels.
    private static let maximumLevels = 9
    /// The maximum start of a list.
    private static let highestStart = 1_000_000
    /// The maximum length of a number's pattern.
    private static let maximumTextLength = 100

    /// Reads `word/numbering.xml`; empty bytes have no lists.
    init(_ xml: [UInt8]) {
        var tokens = OfficeMarkup(xml)
        var abstract: String?
        var list: String?
        var level = 0
        // A definition may stand for the one of a style.
        var styles: [String: String] = [:]
        var styled: [String: String] = [:]
        while let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token else { continue }
            let value = attributes["w:val"]
            switch name {
            case "w:abstractNum":
                abstract = attributes["w:abstractNumId"]
                list = nil
            case "w:num":
                list = attributes["w:numId"]
                abstract = nil
            case "w:abstractNumId": if let list { lists[list] = value }
            case "w:styleLink": if let abstract, let value { styled[value] = abstract }
            case "w:numStyleLink": if let abstract { styles[abstract] = value }
            case "w:lvl", "w:lvlOverride":
                level = max(0, attributes["w:ilvl"].flatMap { Int($0) } ?? 0)
                guard level < Self.maximumLevels else { continue }
                if let abstract { levels[abstract, default: [:]][level] = Level() }
                if let list, name == "w:lvl" { ownLevels[list, default: [:]][level] = Level() }
            case "w:startOverride":
                if let list { overrides[list, default: [:]][level] = value.flatMap { Self.start($0) } }
            default:
                if let abstract { levels[abstract]?[level]?.set(name, value) }
                if let list { ownLevels[list]?[level]?.set(name, value) }
            }
        }
        for (list, abstract) in lists {
            if let target = styles[abstract].flatMap({ styled[$0] }) { lists[list] = target }
        }
    }

    /// Whether a number of some level ends with a bracket.
    var hasLabels: Bool {
        func areLabels(_ definition: [Int: Level]) -> Bool {
            definition.values.contains { $0.format != "bullet" && $0.text.last == ")" }
        }
        return levels.values.contains(where: areLabels) || ownLevels.values.contains(where: areLabels)
    }

    fileprivate static func start(_ value: String) -> Int? {
        Int(value).map { min(max($0, 0), highestStart) }
    }

    /// Counts a paragraph of a list, and returns its number.
    ///
    /// - Parameters:
    ///   - list: The list's `numId`.
    ///   - level: The level in it, starting at 0.
    /// - Returns: The number as it is shown, such as `1.2`; nil for a bullet or an unknown list.
    mutating func next(in list: String, at level: Int) -> String? {
        guard let abstract = lists[list], (0..<Self.maximumLevels).contains(level) else { return nil }
        let all = (levels[abstract] ?? [:]).merging(ownLevels[list] ?? [:]) { $1 }
        guard let own = all[level] else { return nil }
        var count = counts[abstract] ?? Array(repeating: nil, count: Self.maximumLevels)
        if usedLists.insert(list).inserted, let restarts = overrides[list] {
            for (level, start) in restarts where level < Self.maximumLevels { count[level] = start - 1 }
        }
        // A skipped level is counted as started.
        for outer in 0..<level {
            let start = all[outer]?.start ?? 1
            count[outer] = max(count[outer] ?? start, start)
        }
        count[level] = (count[level] ?? own.start - 1) + 1
        for inner in (level + 1)..<max(Self.maximumLevels, level + 1) where level < all[inner]?.restart ?? inner {
            count[inner] = nil
        }
        counts[abstract] = count
        guard own.format != "bullet", own.format != "none" else { return nil }
        var text = own.text
        for position in 0...level {
            var format = all[position]?.format ?? "decimal"
            if own.isLegal, position < level { format = "decimal" }
            text = text.replacing("%\(position + 1)", with: Self.number(count[position] ?? 1, as: format))
        }
        return text.onOneLine.isEmpty ? nil : text.onOneLine
    }

    private static func number(_ value: Int, as format: String) -> String {
        switch format {
        case "lowerLetter", "upperLetter":
            guard value > 0, value <= 26 * 20, let letter = UnicodeScalar(0x61 + (value - 1) % 26) else {
                return "\(value)"
            }
            let text = String(repeating: Character(letter), count: (value - 1) / 26 + 1)
            return format == "upperLetter" ? text.uppercased() : text
        case "lowerRoman": return roman(value).lowercased()
        case "upperRoman": return roman(value)
        case "decimalZero": return value < 10 ? "0\(value)" : "\(value)"
        default: return "\(value)"
        }
    }

    private static func roman(_ value: Int) -> String {
        guard (1..<4000).contains(value) else { return "\(value)" }
        let parts = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ]
        var rest = value
        var text = ""
        for (size, sign) in parts {
            while rest >= size {
                text += sign
                rest -= size
            }
        }
        return text
    }
}
