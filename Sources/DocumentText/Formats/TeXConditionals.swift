/// Leaves out what LaTeX does not typeset: false branches of conditions, and `comment` environments.
///
/// A condition that is not known to be true or false keeps both of its branches.
struct TeXConditionals {
    private struct Condition {
        /// Whether it is known to be true or false.
        let isKnown: Bool
        var isTrue: Bool

        var isLeftOut: Bool { isKnown && !isTrue }
    }

    private let source: [Character]
    private var position = 0
    private var text: [Character] = []
    private var conditions: [Condition] = []
    /// How many of the open conditions leave out the current text.
    private var leftOut = 0
    /// The start of the text that is left out, and how much was kept before it.
    private var gap = (start: 0, kept: 0)
    /// The conditions that the file declares, and whether they are set.
    private var switches: [String: Bool] = [:]
    private var hasEndOfComment = true

    private static let undecided: Set<String> = [
        "ifcat", "ifdim", "ifodd", "ifvmode", "ifhmode", "ifmmode", "ifinner", "ifvoid", "ifhbox", "ifvbox", "ifx",
        "ifeof", "ifcase", "ifdefined", "ifcsname", "iffontchar",
    ]
    private static let endOfComment = Array("\\end{comment}")

    /// The text that LaTeX typesets.
    static func resolved(_ text: String) -> String {
        guard text.contains("\\if") || text.contains("\\begin{comment}") else { return text }
        var conditionals = TeXConditionals(source: Array(text))
        conditionals.resolve()
        return String(conditionals.text)
    }

    private init(source: [Character]) {
        self.source = source
    }

    private mutating func resolve() {
        while position < source.count {
            let start = position
            position += 1
            guard source[start] == "\\" else {
                keep(from: start)
                continue
            }
            let name = String(source[position...].prefix { $0.isLetter && $0.isASCII })
            position = min(source.count, position + max(1, name.count))
            if !read(name, at: start) { keep(from: start) }
        }
        // A condition without an end leaves nothing out.
        if leftOut > 0 { text = Array(text.prefix(gap.kept) + source[gap.start...]) }
    }

    private mutating func keep(from start: Int) {
        if leftOut == 0 { text += source[start..<position] }
    }

    /// Reads a command of a condition or a comment; false if it is neither.
    private mutating func read(_ name: String, at start: Int) -> Bool {
        switch name {
        case "iftrue", "iffalse": open(isTrue: name == "iftrue", at: start)
        case "if": open(isTrue: readsEqualCharacters(), at: start)
        case "ifnum": open(isTrue: readsComparison(), at: start)
        case _ where Self.undecided.contains(name): open(isTrue: nil, at: start)
        case _ where switches[name] != nil: open(isTrue: switches[name], at: start)
        case "else":
            guard let last = conditions.last else { return true }
            close()
            open(isTrue: last.isKnown ? !last.isTrue : nil, at: start)
        case "fi": close()
        case "newif": return declaresSwitch()
        case "begin" where leftOut == 0: return skipsComment()
        default: return setsSwitch(name)
        }
        return true
    }

    private mutating func open(isTrue: Bool?, at start: Int) {
        let condition = Condition(isKnown: isTrue != nil, isTrue: isTrue ?? true)
        if condition.isLeftOut {
            if leftOut == 0 { gap = (start, text.count) }
            leftOut += 1
        }
        conditions.append(condition)
    }

    private mutating func close() {
        if let last = conditions.popLast(), last.isLeftOut { leftOut -= 1 }
    }

    /// Compares the next two characters, as `\if` does; nil if one of them may be a command.
    private mutating func readsEqualCharacters() -> Bool? {
        let pair = source[position...].prefix(2)
        guard let first = pair.first, let second = pair.last, pair.count == 2, first != "\\", second != "\\" else {
            return nil
        }
        position += 2
        return first == second
    }

    /// Compares two whole numbers, as `\ifnum` does; nil if they are none.
    private mutating func readsComparison() -> Bool? {
        var rest = source[position...].drop { $0 == " " }
        func number() -> Int? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Int(String(digits))
        }
        guard let first = number(), let relation = rest.popFirst(), "<=>".contains(relation), let second = number()
        else { return nil }
        if rest.first == " " { rest = rest.dropFirst() }
        position = rest.startIndex
        return relation == "<" ? first < second : relation == ">" ? first > second : first == second
    }

    private mutating func declaresSwitch() -> Bool {
        let declared = source[position...].drop { $0 == " " }
        let name = declared.dropFirst().prefix { $0.isLetter && $0.isASCII }
        guard declared.first == "\\", name.starts(with: "if") else { return false }
        position = name.endIndex
        if leftOut == 0 { switches[String(name)] = false }
        return true
    }

    private mutating func setsSwitch(_ name: String) -> Bool {
        for value in [true, false] where name.hasSuffix("\(value)") {
            let condition = "if" + name.dropLast("\(value)".count)
            guard switches[condition] != nil else { continue }
            if leftOut == 0 { switches[condition] = value }
            return true
        }
        return false
    }

    private mutating func skipsComment() -> Bool {
        guard hasEndOfComment, source[position...].starts(with: "{comment}") else { return false }
        var place = position
        while place + Self.endOfComment.count <= source.count {
            if source[place] == "\\", source[place...].starts(with: Self.endOfComment) {
                position = place + Self.endOfComment.count
                return true
            }
            place += 1
        }
        hasEndOfComment = false
        return false
    }
}
