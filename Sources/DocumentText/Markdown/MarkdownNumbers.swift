internal import CommonMark

/// Writes the numbers of list items that do not count from one, which are figures of the text.
enum MarkdownNumbers {
    /// Writes the numbers before the texts of the items.
    static func write(in root: MarkdownNode, of source: MarkdownSource) {
        // The number that follows a list's last one.
        var following: [MarkdownNode: Int] = [:]
        for list in root.descendants where list.kind == .list && list.firstNumber != nil {
            var expected = listBefore(list).flatMap { following[$0] }
            for item in list.children {
                guard let number = source.number(at: item.start) else { continue }
                if number.value > 1, number.value != expected, let text = item.firstChild, text.kind == .paragraph {
                    text.prepend(text: "\(number.text) ")
                }
                expected = number.value &+ 1
            }
            following[list] = expected
        }
    }

    /// The list of which another one is the continuation after code.
    private static func listBefore(_ list: MarkdownNode) -> MarkdownNode? {
        var before = list.previous
        while let node = before, node.kind == .codeBlock || node.kind == .htmlBlock { before = node.previous }
        return before?.kind == .list ? before : nil
    }
}
