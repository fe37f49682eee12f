/// Puts the outer item's text before that of a nested list item: `Wedding: of a child: 1 day`.
///
/// Nested lists often have the same items under each outer one, which are ambiguous without it.
struct ListNesting {
    private var outer: [(depth: Int, text: String)] = []

    /// The maximum number of words of an outer item that is repeated.
    private static let maximumWords = 8
    /// The maximum depth of nested lists.
    private static let maximumDepth = 16

    /// Records that the list has ended.
    mutating func reset() {
        outer = []
    }

    /// Returns the text of an item, with the outer item's before it if that is a name.
    ///
    /// - Parameters:
    ///   - text: The text of the item.
    ///   - depth: The item's depth, in levels or blanks; an item belongs to the last one of a smaller depth.
    /// - Returns: The item's text for its block.
    mutating func qualified(_ text: String, depth: Int) -> String {
        while let last = outer.last, last.depth >= depth { outer.removeLast() }
        let qualified = outer.last.flatMap { Self.name($0.text) }.map { "\($0): \(text)" } ?? text
        if outer.count < Self.maximumDepth { outer.append((depth, qualified)) }
        return qualified
    }

    /// Records an item whose text tells its place by itself, such as one with a number that texts refer to.
    ///
    /// - Parameters:
    ///   - text: The text of the item.
    ///   - depth: The item's depth.
    mutating func record(_ text: String, depth: Int) {
        while let last = outer.last, last.depth >= depth { outer.removeLast() }
        if outer.count < Self.maximumDepth { outer.append((depth, text)) }
    }

    /// The text of an outer item if it is a name: short, and neither a sentence nor a name with its value, such as
    /// `Wedding: 2 days`.
    static func name(_ text: String) -> String? {
        var name = text.last == ":" ? text.dropLast() : text[...]
        let hasFigure = name.contains(where: \.isNumber)
        // A few words with a full stop are a name as well.
        if name.last == ".", !hasFigure, name.wordCount <= maximumWordsBeforeStop { name.removeLast() }
        guard let last = name.last, !".;!?,".contains(last), name.wordCount <= maximumWords,
            !hasFigure || !name.beginsWithFigure && !name.contains(": ") && !name.contains(where: \.isCurrencySymbol)
        else { return nil }
        return String(name)
    }

    /// The maximum number of words of an outer item with a full stop that is a name.
    private static let maximumWordsBeforeStop = 3
}
