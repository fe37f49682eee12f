/// Tells an item of a list within a list with the item that it belongs to: `Wedding: of a child: 1 day`.
///
/// Lists within lists often have the same items under each outer one; without it, an item could be taken for another's.
struct ListNesting {
    private var outer: [(depth: Int, text: String)] = []

    /// An outer item of more words than this is not told again.
    private static let mostWords = 8
    /// Lists within lists are followed no more deeply than this.
    private static let deepest = 16

    /// Notes that the list has ended.
    mutating func reset() {
        outer = []
    }

    /// The text of an item with the one around it, if that only names something.
    ///
    /// - Parameters:
    ///   - text: The text of the item.
    ///   - depth: How far in the item is, in levels or in blanks; deeper items belong to the last one that is less deep.
    /// - Returns: The text as it is told.
    mutating func told(_ text: String, depth: Int) -> String {
        while let last = outer.last, last.depth >= depth { outer.removeLast() }
        let told = outer.last.flatMap { Self.name($0.text) }.map { "\($0): \(text)" } ?? text
        if outer.count < Self.deepest { outer.append((depth, told)) }
        return told
    }

    /// The text of an outer item, if it is a name: short, without a figure, and no sentence.
    private static func name(_ text: String) -> String? {
        let name = text.last == ":" ? text.dropLast() : text[...]
        guard let last = name.last, !".;!?,".contains(last), name.wordCount <= mostWords,
            !name.contains(where: \.isNumber)
        else { return nil }
        return String(name)
    }
}
