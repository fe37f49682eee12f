/// The automatic numbers of a Word document: what `word/numbering.xml` says, and how far each list has counted.
struct WordNumbering: Sendable {
    private struct Level: Sendable {
        var start = 1
        var format = "decimal"
        var text = ""
    }

    /// A list: its levels, and its counts so far.
    private var levels: [String: [Int: Level]] = [:]
    private var lists: [String: String] = [:]
    private var overrides: [String: [Int: Int]] = [:]
    private var counts: [String: [Int]] = [:]
    private var usedLists: Set<String> = []

    /// A list has no more levels.
    private static let mostLevels = 9
    /// A list begins with no higher number.
    private static let highestStart = 1_000_000
    /// What a number is made of has no more characters than this.
    private static let longestText = 100

    /// Reads `word/numbering.xml`; empty bytes make no numbers.
    init(_ xml: [UInt8]) {
        var tokens = OfficeMarkup(xml)
        var abstract: String?
        var list: String?
        var level = 0
        while let token = tokens.next() {
            switch token {
            case .start("w:abstractNum", let attributes, _):
                abstract = attributes["w:abstractNumId"]
                list = nil
            case .start("w:num", let attributes, _):
                list = attributes["w:numId"]
                abstract = nil
            case .start("w:abstractNumId", let attributes, _):
                if let list { lists[list] = attributes["w:val"] }
            case .start("w:lvl", let attributes, _), .start("w:lvlOverride", let attributes, _):
                level = max(0, attributes["w:ilvl"].flatMap { Int($0) } ?? 0)
                if let abstract { levels[abstract, default: [:]][level] = Level() }
            case .start("w:startOverride", let attributes, _):
                if let list { overrides[list, default: [:]][level] = attributes["w:val"].flatMap { Self.start($0) } }
            case .start(let name, let attributes, _):
                guard let abstract, let value = attributes["w:val"] else { continue }
                switch name {
                case "w:start": levels[abstract]?[level]?.start = Self.start(value) ?? 1
                case "w:numFmt": levels[abstract]?[level]?.format = value
                case "w:lvlText": levels[abstract]?[level]?.text = String(value.prefix(Self.longestText))
                default: break
                }
            default: break
            }
        }
    }

    private static func start(_ value: String) -> Int? {
        Int(value).map { min(max($0, 0), highestStart) }
    }

    /// Counts a paragraph of a list.
    ///
    /// - Parameters:
    ///   - list: The list's `numId`.
    ///   - level: The level in it, from 0 on.
    /// - Returns: The number as a reader sees it, such as `1.2`; nil for a bullet or a list that is not known.
    mutating func next(in list: String, at level: Int) -> String? {
        guard let abstract = lists[list], let all = levels[abstract], (0..<Self.mostLevels).contains(level),
            let own = all[level]
        else { return nil }
        var count = counts[abstract] ?? []
        if usedLists.insert(list).inserted, let restarts = overrides[list] {
            for (level, start) in restarts where level < count.count { count[level] = start - 1 }
            for (level, start) in restarts where level >= count.count && level < Self.mostLevels {
                while count.count <= level { count.append((all[count.count]?.start ?? 1) - 1) }
                count[level] = start - 1
            }
        }
        // A level that was passed over counts as begun.
        while count.count < level { count.append(all[count.count]?.start ?? 1) }
        if count.count == level { count.append((own.start) - 1) }
        count.removeLast(count.count - level - 1)
        for outer in 0..<level where count[outer] < (all[outer]?.start ?? 1) { count[outer] = all[outer]?.start ?? 1 }
        count[level] += 1
        counts[abstract] = count
        guard own.format != "bullet", own.format != "none" else { return nil }
        var text = own.text
        for place in 0...level {
            let format = place == level ? own.format : all[place]?.format ?? "decimal"
            text = text.replacing("%\(place + 1)", with: Self.number(count[place], as: format))
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
