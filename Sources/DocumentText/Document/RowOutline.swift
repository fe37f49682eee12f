/// The rows of a table that are parts of rows above them, as the indentation of their names tells: the towns of a region.
struct RowOutline {
    /// The names of the rows that a row is a part of, by its place.
    private(set) var names: [Int: String] = [:]

    /// The minimum number of rows with parts, if these have values of their own.
    private static let minimumGroups = 2
    /// The maximum number of words of the name of a row with parts.
    private static let maximumWords = 8
    /// The maximum depth of rows within others.
    private static let maximumDepth = 8

    /// Whether rows are parts of others.
    var isUsed: Bool { !names.isEmpty }

    /// Finds the parts.
    ///
    /// A table whose first row is indented has its sums below their parts. In a table with a single row that has parts and
    /// values, the indentation may be a matter of looks.
    ///
    /// - Parameters:
    ///   - rows: The rows below the header.
    ///   - isNamed: Whether there is a header.
    init(of rows: ArraySlice<TableBuilder.Row>, isNamed: Bool) {
        guard rows.contains(where: { Self.name(of: $0).map { $0.indentation > 0 } ?? false }),
            let first = rows.first, let lead = Self.name(of: first), lead.indentation == 0
        else { return }
        var outer: [(place: Int, cell: TableBuilder.Cell)] = []
        var found: [Int: String] = [:]
        var groups: Set<Int> = []
        for place in rows.indices {
            guard let name = Self.name(of: rows[place]) else {
                outer = []
                continue
            }
            while let last = outer.last, last.cell.indentation >= name.indentation { outer.removeLast() }
            if let last = outer.last {
                guard outer.allSatisfy({ Self.isName($0.cell.text) }), outer.count < Self.maximumDepth else { return }
                groups.insert(last.place)
                found[place] = outer.map(\.cell.text).joined(separator: "; ")
                    .shortened(toBytes: TableBuilder.maximumRepetitionBytes)
            } else if name.indentation > 0 {
                return
            }
            outer.append((place, name))
        }
        // Names of columns that are not known as such are above all rows.
        let values = first.cells.dropFirst()
        let mayNameColumns = !values.isEmpty && values.allSatisfy { !$0.text.beginsWithFigure || $0.text.isYear }
        guard isNamed || !groups.contains(rows.startIndex) || !mayNameColumns,
            groups.count >= Self.minimumGroups || groups.allSatisfy({ rows[$0].cells.count == 1 })
        else { return }
        names = found
    }

    private static func name(of row: TableBuilder.Row) -> TableBuilder.Cell? {
        row.cells.first.flatMap { $0.column == 0 && !$0.isRepeated ? $0 : nil }
    }

    private static func isName(_ text: String) -> Bool {
        !text.beginsWithFigure && text.wordCount <= maximumWords && text.last.map { !".;!?".contains($0) } == true
    }
}
