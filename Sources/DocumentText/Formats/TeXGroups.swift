/// The groups in braces that are open at a place of a LaTeX file, and what their texts are.
struct TeXGroups {
    /// What a group is the argument of.
    enum Kind {
        case plain
        case superscript(isExponent: Bool)
        case numerator
        case denominator(below: String)
        case note
        case caption
        case heading(level: Int)
    }

    /// An open group.
    struct Group {
        let kind: Kind
        /// The length of the text before the group, in bytes.
        let start: Int
    }

    private var open: [Group] = []
    /// The number of groups that are arguments, in which nothing ends a paragraph.
    private var arguments = 0

    /// Whether no group is open.
    var isEmpty: Bool { open.isEmpty }
    /// Whether a group is open that is an argument.
    var hasArgument: Bool { arguments > 0 }

    /// Begins a group after some text.
    mutating func begin(_ kind: Kind, after text: String) {
        open.append(Group(kind: kind, start: text.utf8.count))
        if Self.isArgument(kind) { arguments += 1 }
    }

    /// Ends the last group; nil if there is none.
    mutating func end() -> Group? {
        guard let last = open.popLast() else { return nil }
        if Self.isArgument(last.kind) { arguments -= 1 }
        return last
    }

    /// Ends all groups, as at the beginning of a block.
    mutating func endAll() {
        self = TeXGroups()
    }

    private static func isArgument(_ kind: Kind) -> Bool {
        if case .plain = kind { return false }
        return true
    }
}
