/// The rows of a table's body that are no records of it: the labels of groups of rows, and remarks.
struct RowGroups {
    private let rows: ArraySlice<TableBuilder.Row>
    /// Labels that cover only the first column.
    private let narrowLabels: Set<Int>
    /// Rows in bold type below groups that are about more than the group above them.
    private let sumsOfGroups: Set<Int>
    private let isNamed: Bool

    /// The maximum number of words of a label.
    private static let maximumWordsOfLabel = 6
    /// The minimum number of words of a remark.
    private static let minimumWordsOfRemark = 4
    /// The minimum number of columns of a table with labels in its first column only.
    private static let minimumColumns = 3

    /// Finds the labels and remarks.
    ///
    /// - Parameters:
    ///   - rows: The rows below the header.
    ///   - isNamed: Whether there is a header.
    init(of rows: ArraySlice<TableBuilder.Row>, isNamed: Bool) {
        self.rows = rows
        self.isNamed = isNamed
        narrowLabels = Self.narrowLabels(of: rows)
        sumsOfGroups = Self.sumsOfGroups(in: rows, labels: narrowLabels)
    }

    /// Whether a row is in no group, such as the sum of several groups.
    func isOutside(_ place: Int) -> Bool { sumsOfGroups.contains(place) }

    /// The label of the rows below, if a row is one.
    func label(of place: Int) -> String? {
        guard rows.count > 1, let cell = Self.loneCell(of: rows[place]), !cell.isRepeated,
            cell.width > 1 || narrowLabels.contains(place)
        else { return nil }
        return Self.isLabel(cell.text) ? cell.text : nil
    }

    /// Whether a row is a sentence about the table: its only cell, in the first column.
    func isRemark(_ place: Int) -> Bool {
        guard isNamed, let cell = Self.loneCell(of: rows[place]), rows.contains(where: { $0.cells.count > 1 }) else {
            return false
        }
        return cell.width > 1
            || cell.text.wordCount >= Self.minimumWordsOfRemark && cell.text.last.map { ".!?)".contains($0) } == true
            || cell.text.hasPrefix("*")
    }

    private static func loneCell(of row: TableBuilder.Row) -> TableBuilder.Cell? {
        guard row.cells.count == 1, let cell = row.cells.first, cell.column == 0 else { return nil }
        return cell
    }

    private static func isLabel(_ text: String) -> Bool {
        text.wordCount <= maximumWordsOfLabel && text.last.map { !".;!?".contains($0) } == true
    }

    /// The rows whose only cell, in the first column, is the label of the rows below.
    ///
    /// Such a row may also be a record without values. It is taken for a label only if such rows alone are in bold type,
    /// or if there are several, one of them is the first, and none is followed by another. In a table of two columns there have
    /// to be several, and the rows below one have to have a name that those below another have as well.
    private static func narrowLabels(of rows: ArraySlice<TableBuilder.Row>) -> Set<Int> {
        let places = rows.indices.filter { place in
            loneCell(of: rows[place]).map { $0.width == 1 && !$0.isRepeated && isLabel($0.text) } ?? false
        }
        let others = rows.lazy.filter { $0.cells.count > 1 }
        guard let first = places.first,
            (others.map(\.width).max() ?? 0) >= minimumColumns || haveNamesInCommon(below: places, in: rows)
        else { return [] }
        let bold = places.filter { rows[$0].cells[0].isBold }
        if !bold.isEmpty, areSums(rows.indices.filter { isInBoldType($0, in: rows) }, labels: Set(bold), in: rows) {
            return Set(bold.filter { isAboveRecord($0, in: rows) })
        }
        let areLabels =
            places.count > 1 && first == rows.startIndex && bold.isEmpty
            && places.allSatisfy { isAboveRecord($0, in: rows) }
        return areLabels ? Set(places) : []
    }

    /// Whether a row below one label has the name of a row below another one.
    private static func haveNamesInCommon(below labels: [Int], in rows: ArraySlice<TableBuilder.Row>) -> Bool {
        var names: Set<String> = []
        for (label, end) in zip(labels, labels.dropFirst() + [rows.endIndex]) {
            let own = Set(rows[(label + 1)..<end].compactMap { $0.cells.count > 1 ? $0.cells.first?.text : nil })
            if !own.isDisjoint(with: names) { return true }
            names.formUnion(own)
        }
        return false
    }

    /// Whether a row has several cells and its name is in bold type.
    private static func isInBoldType(_ place: Int, in rows: ArraySlice<TableBuilder.Row>) -> Bool {
        rows[place].cells.count > 1 && rows[place].cells[0].isBold
    }

    /// Whether rows in bold type are sums: each is below the rows of a group and above the next label, or at the end.
    private static func areSums(_ places: [Int], labels: Set<Int>, in rows: ArraySlice<TableBuilder.Row>) -> Bool {
        let sums = Set(places)
        return places.allSatisfy { place in
            let isLast = place + 1 == rows.endIndex || sums.contains(place + 1) || labels.contains(place + 1)
            return isLast && place > rows.startIndex && !labels.contains(place - 1)
        }
    }

    /// The sums that are not of the group above: those below another sum, and all if some groups have none.
    private static func sumsOfGroups(in rows: ArraySlice<TableBuilder.Row>, labels: Set<Int>) -> Set<Int> {
        let sums = rows.indices.filter { isInBoldType($0, in: rows) }
        guard !labels.isEmpty, areSums(sums, labels: labels, in: rows) else { return [] }
        let first = sums.filter { !isInBoldType($0 - 1, in: rows) }
        return Set(first.count < labels.count ? sums : sums.filter { !first.contains($0) })
    }

    /// Whether the next row has several cells.
    private static func isAboveRecord(_ place: Int, in rows: ArraySlice<TableBuilder.Row>) -> Bool {
        place + 1 < rows.endIndex && rows[place + 1].cells.count > 1
    }
}
