extension PDFTableRows {
    /// The maximum average number of lines of a row of a table without edges.
    private static let maximumLinesOfRow = 6
    /// The maximum average number of words of a line of a cell of such a table.
    private static let maximumWordsOfLine = 7
    /// The minimum number of names of rows beside lists.
    private static let minimumNames = 2

    /// Whether many lines are items of a list, and not only negative figures or lists beside the names of rows.
    var isList: Bool {
        let items = lines.flatMap(\.cells).filter { $0.item != nil }
        guard items.count * 4 > lines.count else { return false }
        let names = lines.compactMap { $0.cells.first }.filter { $0.columns.lowerBound == 0 }
        guard names.count >= Self.minimumNames, names.allSatisfy(\.isWord) else { return true }
        return items.contains { !$0.isNegative && (columns.count < 3 || $0.item?.first?.isLetter != true) }
    }

    /// Whether lines are running text in columns, or a list.
    func areText(_ groups: [[Int]], isFramed: Bool) -> Bool {
        let body = lines.dropFirst(max(colored, boldLines))
        let all = body.flatMap(\.cells)
        let words = all.reduce(0) { $0 + $1.lines[0].text.wordCount }
        let following = body.dropFirst().flatMap(\.cells)
        let lowercase = following.count { $0.lines[0].text.first?.isLowercase == true }
        let keyed = groups.count(where: isKeyed)
        // Rows that space separates, each with a text at its start.
        let areSeparate =
            groups.count > 2 && keyed * 5 >= groups.count * 4 && lines.count <= groups.count * Self.maximumLinesOfRow
            && (groups.contains { $0.count > 1 && $0[0] >= lines.count - body.count }
                || pitch.map { $0 > size * Self.maximumLeading && words <= all.count * 4 } ?? true)
        if areNumbered { return true }
        if areNamed(groups), haveValues(groups) { return false }
        if areSeparate { return !isFramed && (words > all.count * Self.maximumWordsOfLine || areFullColumns(all)) }
        if isFramed, areNamed(groups) { return false }
        if words * 2 > all.count * 7, lowercase * 10 > following.count * 3 { return true }
        return !isFramed && (words > all.count * 3 || words > all.count * 2 && lowercase * 2 > following.count)
    }

    /// Whether the first of two columns is numbers or bullets of the texts beside them.
    var areNumbered: Bool {
        columns.count == 2 && areLabels(lines.compactMap { $0.cells.count == 2 ? $0.cells[0] : nil })
    }

    /// Whether the text of a row's first column is at the start or in the middle of the row.
    private func isKeyed(_ group: [Int]) -> Bool {
        guard let key = group.first(where: { lines[$0].cells.first?.columns.lowerBound == 0 }) else { return false }
        let y = lines[group[0]].y.union(lines[group[group.count - 1]].y)
        let last = group.last { lines[$0].cells.first?.columns.lowerBound == 0 } ?? key
        return key == group[0] || abs(lines[key].y.union(lines[last].y).middle - y.middle) < size * 0.35
    }

    /// Whether each row has a short name in its first column, and other cells.
    private func areNamed(_ groups: [[Int]]) -> Bool {
        let names = groups.compactMap { group in
            group.lazy.compactMap { lines[$0].cells.first }.first { $0.columns == 0..<1 }?.lines[0].text
        }
        let words = names.reduce(0) { $0 + $1.wordCount }
        return groups.count > 2 && names.count == groups.count && words <= names.count * 4
            && groups.allSatisfy { group in group.contains { lines[$0].cells.count > 1 } }
            && !names.contains { $0.first?.isLowercase == true }
    }

    /// Whether the texts beside most names begin with figures, as lines of running text do not.
    private func haveValues(_ groups: [[Int]]) -> Bool {
        groups.count { lines[$0[0]].cells.last?.lines[0].text.beginsWithFigure == true } * 3 >= groups.count * 2
    }

    /// Whether the lines of each column are as long as the column, as those of running text.
    private func areFullColumns(_ cells: Row) -> Bool {
        guard columns.count <= 3 else { return false }
        return (0..<columns.count).allSatisfy { column in
            let own = cells.filter { $0.columns == column..<(column + 1) }.map { $0.lines[0] }
            let width = own.map(\.x.length).max() ?? 0
            let words = own.reduce(0) { $0 + $1.text.wordCount }
            return own.count { $0.x.length > width * 0.75 } * 5 >= own.count * 3 && words >= own.count * 4
        }
    }

    /// Whether most texts are bullets or numbers of the items of a list.
    private func areLabels(_ cells: [PDFTable.Cell]) -> Bool {
        let labels = cells.count { cell in
            let text = cell.lines[0].text
            guard text.utf8.count <= 7 else { return false }
            return OutlineNumber.isLabel(text, of: "Text") || text.allSatisfy { !$0.isLetter && !$0.isNumber }
                || text.last.map { ".)".contains($0) } == true
                    && text.dropLast().allSatisfy { "ivxlcIVXLC(".contains($0) }
        }
        return labels * 2 > cells.count
    }
}

extension PDFTable.Cell {
    /// The text after a bullet; nil if it begins with none.
    fileprivate var item: String? {
        let item = LayoutLine(lines[0].text[...]).listItem
        return item?.number == nil ? item?.text : nil
    }

    /// Whether the text is a figure after a sign that can be a bullet.
    fileprivate var isNegative: Bool {
        item?.beginsWithFigure == true && lines[0].text.first.map { "-–−".contains($0) } == true
    }

    /// Whether the text begins with a word.
    fileprivate var isWord: Bool { lines[0].text.prefix { $0.isLetter }.count > 1 }
}
