/// The automatic numbers of a Word document: the lists of `word/numbering.xml`, and their counts.
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
                case "w:lvlText": levels[abstract]?[level]?.text = String(value.prefix(Self.maximumTextLength))
                default: break
                }
            default: break
            }
        }
    }

    private static func start(_ value: String) -> Int? {
        Int(value).map { min(max($0, 0), highestStart) }
    }

    /// Counts a paragraph of a list, and returns its number.
    ///
    /// - Parameters:
    ///   - list: The list's `numId`.
    ///   - level: The level in it, starting at 0.
    /// - Returns: The number as it is shown, such as `1.2`; nil for a bullet or an unknown list.
    mutating func next(in list: String, at level: Int) -> String? {
        guard let abstract = lists[list], let all = levels[abstract], (0..<Self.maximumLevels).contains(level),
            let own = all[level]
        else { return nil }
        var count = counts[abstract] ?? []
        if usedLists.insert(list).inserted, let restarts = overrides[list] {
            for (level, start) in restarts where level < count.count { count[level] = start - 1 }
            for (level, start) in restarts where level >= count.count && level < Self.maximumLevels {
                while count.count <= level { count.append((all[count.count]?.start ?? 1) - 1) }
                count[level] = start - 1
            }
        }
        // A skipped level is counted as started.
        while count.count < level { count.append(all[count.count]?.start ?? 1) }
        if count.count == level { count.append((own.start) - 1) }
        count.removeLast(count.count - level - 1)
        for outer in 0..<level where count[outer] < (all[outer]?.start ?? 1) { count[outer] = all[outer]?.start ?? 1 }
        count[level] += 1
        counts[abstract] = count
        guard own.format != "bullet", own.format != "none" else { return nil }
        var text = own.text
        for position in 0...level {
            let format = position == level ? own.format : all[position]?.format ?? "decimal"
            text = text.replacing("%\(position + 1)", with: Self.number(count[position], as: format))
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
