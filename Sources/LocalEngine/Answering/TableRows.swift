internal import DocumentText

/// The rows of the tables in a passage, found by the lines that tell them, such as `Grade: A; Days: 27`.
struct TableRows: Sendable {
    /// A cell of a table.
    struct Cell: Sendable, Hashable {
        /// The header of its column; nil without one.
        let name: String?
        let text: String

        /// Whether it is the number of a question, such as `8` below `Grade`, `Grade 8` or `7 to 9`; nil if it is none of what
        /// the question numbers.
        fileprivate func holds(numbered quantity: Quantity) -> Bool? {
            if let own = Quantity.numbered(in: text).first(where: { $0.unit == quantity.unit }) {
                return own.value == quantity.value
            }
            guard let name, !name.contains(where: \.isNumber) else { return nil }
            return (QuantityRange(number: text, below: name) ?? QuantityRange(text, below: name))?.holds(quantity)
        }
    }

    /// A row of a table.
    struct Row: Sendable {
        /// The places of its statements in the passage.
        let places: Range<Int>
        let cells: [Cell]
        /// The column of the cell that distinguishes it from the other rows: the first one that is not the same in all rows.
        let keyColumn: Int
        /// The stems of the words in its cells.
        let stems: Set<String>
        /// The stems of the words in the headers of its columns.
        let headerStems: Set<String>
        /// The text of that cell.
        var key: String { cells[keyColumn].text }
        /// The stems of the words in that cell.
        let keyStems: Set<String>
        /// The stems of each cell that names the row, if it is told cell by cell, as in `Grade: A; Days: 27` and
        /// `Grade: A; Pay: 90`; none otherwise.
        let leads: [Set<String>]
        /// The stems, in order, of the words of each cell that may name the row.
        let names: [[String]]
        /// Whether it has several figures after its name and nothing tells what they are.
        var isUnclear: Bool {
            cells.allSatisfy { $0.name == nil } && cells.dropFirst().count { $0.text.first?.isNumber == true } > 1
        }
        /// The ranges that its cells before the last name.
        let ranges: [QuantityRange]
    }

    /// The tables, each with its rows in order; a line may be a row by chance, where it is the only one of its table.
    let tables: [[Row]]
    /// The tables of more than one row.
    var tablesOfSeveralRows: [[Row]] { tables.filter { $0.count > 1 } }

    /// The maximum number of words of a cell that is the value of a row of two cells without headers.
    private static let maximumWordsOfValue = 12

    /// Finds the rows among the statements of a passage.
    ///
    /// - Parameters:
    ///   - statements: The statements.
    ///   - listed: Whether list items such as `- Interns: 12 days` are rows as well.
    init(of statements: [Statement], listed: Bool = false) {
        var tables: [[(places: Range<Int>, cells: [Cell])]] = []
        var last: Line.Shape?
        var start = 0
        while start < statements.count {
            let end = statements[(start + 1)...].firstIndex { $0.beginsLine } ?? statements.endIndex
            let line = Line(statements[start..<end], listed: listed)
            if let shape = line.shape {
                if last != shape { tables.append([]) }
                tables[tables.count - 1].append((start..<end, line.cells))
            }
            last = line.shape
            start = end
        }
        self.tables = tables.map { Self.rows($0) }
    }

    private static func rows(_ lines: [(places: Range<Int>, cells: [Cell])]) -> [Row] {
        let columns = lines.map(\.cells.count).min() ?? 0
        let column =
            (0..<columns).first { column in lines.contains { $0.cells[column].text != lines[0].cells[column].text } }
            ?? 0
        let ranges = lines.map { $0.cells.dropLast().map { QuantityRange($0.text, below: $0.name) } }
        // A number stands for itself beside ranges, as `7` below `5 and 6`.
        let hasRanges = ranges.contains { column < $0.count && $0[column] != nil }
        return lines.indices.map { place in
            let line = lines[place]
            let number =
                hasRanges ? QuantityRange(number: line.cells[column].text, below: line.cells[column].name) : nil
            let isToldByCells = [place - 1, place + 1].contains {
                lines.indices.contains($0) && isOneRow(lines[$0].cells, line.cells)
            }
            return Row(
                places: line.places,
                cells: line.cells,
                keyColumn: column,
                stems: line.cells.reduce(into: []) { $0.formUnion(stems(of: $1.text)) },
                headerStems: line.cells.reduce(into: []) { $0.formUnion(stems(of: $1.name ?? "")) },
                keyStems: stems(of: line.cells[column].text),
                leads: isToldByCells ? line.cells.dropLast().map { stems(of: $0.text) } : [],
                names: names(of: line.cells),
                ranges: ranges[place].compactMap(\.self) + [number].compactMap(\.self)
            )
        }
    }

    /// The stems, in order, of the words of each cell that may name a row: of the first, and of the next before a figure.
    private static func names(of cells: [Cell]) -> [[String]] {
        let next = cells.dropLast().dropFirst().prefix { $0.text.first?.isNumber == false }
        let names = (cells.prefix(1) + next).filter { $0.text.wordCount <= maximumWordsOfValue }
        return names.map { Words.all(in: $0.text) }.filter { words in
            words.count > 1 || words.contains { !StopWords.contains($0) && $0.contains(where: \.isLetter) }
        }.map { words in words.map { WordStem.of($0) } }
    }

    /// Whether two lines tell different cells of one row.
    private static func isOneRow(_ line: [Cell], _ other: [Cell]) -> Bool {
        line.count > 1 && line.dropLast() == other.dropLast() && line.last?.name != nil && other.last?.name != nil
            && line.last?.name != other.last?.name
    }

    /// The rows of a table that a question names, by their place in the table; none if it names no row or all of them.
    ///
    /// A word names a row if the row has it and another row of the table has not; headers count as well, since lines that tell
    /// one row cell by cell have different ones. The words of the headers, and of the headings above the
    /// table, name no row, and where rows hold for ranges of
    /// quantities, neither do figures and units of time. A row is left out if another row has all of its words and more, or if only
    /// another row has one in its first cell.
    static func named(by asked: Set<String>, in table: [Row], below headings: Set<String> = []) -> Set<Int> {
        func telling(_ stems: (Row) -> Set<String>) -> [Set<String>] {
            let common = table.dropFirst().reduce(stems(table[0])) { $0.intersection(stems($1)) }
            return table.map { stems($0).intersection(asked).subtracting(common) }
        }
        let headers = table.reduce(into: headings) { $0.formUnion($1.headerStems) }
        let hasRanges = table.count { !$0.ranges.isEmpty } > 1
        func names(_ stems: Set<String>) -> Set<String> {
            stems.subtracting(headers).filter { stem in
                !hasRanges || stem.first?.isNumber == false && !AnswerKind.isTimeUnit(stem)
            }
        }
        let keys = telling(\.keyStems).map(names)
        let cells = zip(telling(\.stems).map(names), telling(\.headerStems)).map { $0.union($1) }
        let matches = zip(keys, cells).map { $0.union($1) }
        let isKey = keys.map { !$0.isEmpty }
        let hasKey = isKey.contains(true)
        let named = table.indices.filter { place in
            !matches[place].isEmpty && (isKey[place] || !hasKey)
                && !table.indices.contains { matches[place].isStrictSubset(of: matches[$0]) && (isKey[$0] || !hasKey) }
        }
        return named.count == table.count ? [] : Set(named)
    }

    /// The places of the rows of which a question names a cell, by its row and its column, and nothing else.
    ///
    /// - Parameters:
    ///   - asked: The stems of the words of the question that show its subject.
    ///   - context: The stems of the headings above the tables, which the question may name as well.
    /// - Returns: The places of the statements of those rows.
    func places(ofCellsNamedBy asked: Set<String>, below context: Set<String>) -> Set<Int> {
        guard asked.count > 1 else { return [] }
        func isNamed(_ stems: Set<String>) -> Bool { !stems.isEmpty && stems.isSubset(of: asked) }
        var places: Set<Int> = []
        var placesByLeads: [Int: Set<Int>] = [:]
        for row in tables.joined() {
            let names = row.cells.map { $0.name.map { Self.stems(of: $0) } ?? [] }
            let known = names.reduce(context) { $0.union($1) }
            let leads = row.leads.count { isNamed($0) }
            if leads > 0, isNamed(names[names.count - 1]) {
                if asked.isSubset(of: row.leads.reduce(known) { $0.union($1) }) {
                    placesByLeads[leads, default: []].formUnion(row.places)
                }
            } else if isNamed(row.keyStems), asked.isSubset(of: known.union(row.keyStems)),
                names.indices.contains(where: { $0 != row.keyColumn && isNamed(names[$0]) })
            {
                places.formUnion(row.places)
            }
        }
        // A row of which more cells are named than of others is meant alone.
        return places.union(placesByLeads.max { $0.key < $1.key }?.value ?? [])
    }

    /// The places of the rows of which a question has all words of a cell and that have a person's name in another one.
    ///
    /// - Parameter asked: The stems of the words of a question for a person that show its subject.
    /// - Returns: The places of the statements of those rows; none of a table of which most rows are such.
    func places(ofPersonsBesideCellsNamedBy asked: Set<String>) -> Set<Int> {
        var places: Set<Int> = []
        for table in tables {
            let rows = table.filter { row in
                let isNamed = row.cells.map { cell in
                    let stems = Self.stems(of: cell.text)
                    return !stems.isEmpty && stems.isSubset(of: asked)
                }
                return isNamed.contains(true) && zip(row.cells, isNamed).contains { !$1 && Self.isPerson($0.text) }
            }
            if rows.count * 2 <= table.count { places.formUnion(rows.flatMap(\.places)) }
        }
        return places
    }

    /// Whether a cell looks like a person's name: a few words with capitals, and no figure.
    private static func isPerson(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        return (2...4).contains(words.count) && !text.contains(where: \.isNumber)
            && words.allSatisfy { $0.first?.isUppercase == true }
    }

    /// The rows of a table that do not hold for a quantity, since they name a range without it and others one with it.
    static func excluded(by quantities: [Quantity], in table: [Row]) -> Set<Int> {
        var excluded: Set<Int> = []
        for quantity in quantities {
            let isHeld = table.map { row in row.ranges.compactMap { $0.holds(quantity) }.first }
            guard isHeld.contains(true) else { continue }
            excluded.formUnion(table.indices.filter { isHeld[$0] == false })
        }
        return excluded
    }

    /// Whether no row or column of a table is for a number that a question asks for, as for grade 8 beside rows for the grades 1
    /// to 6.
    static func lacks(_ numbered: [Quantity], in table: [Row]) -> Bool {
        let columns = table.map(\.cells.count).min() ?? 0
        let headers = table[0].cells.compactMap(\.name).flatMap { Quantity.numbered(in: $0) }
        return numbered.contains { quantity in
            let alike = headers.filter { $0.unit == quantity.unit }
            return alike.count > 1 && !alike.contains { $0.value == quantity.value }
                || (0..<columns).contains { column in
                    let isHeld = table.map { $0.cells[column].holds(numbered: quantity) }
                    return isHeld.allSatisfy { $0 == false }
                }
        }
    }

    /// Whether a table lists the versions of a document, which says nothing of what holds now.
    static func areVersions(_ table: [Row]) -> Bool {
        guard let row = table.first else { return false }
        let headers = row.cells.compactMap(\.name).map { Set(Words.all(in: $0)) }
        return headers.contains { !$0.isDisjoint(with: versionWords) }
            && headers.contains { $0.isDisjoint(with: versionWords) && !$0.isDisjoint(with: wordsBesideVersions) }
    }

    /// The words for a version of a document, in lower case and without accents.
    static let versionWords: Set<String> = [
        "version", "versions", "revision", "revisions", "rev", "changed", "fassung", "fassungen", "geandert",
    ]
    /// The words of the headers beside that of the versions in a list of them.
    private static let wordsBesideVersions: Set<String> = [
        "date", "author", "change", "changes", "description", "reason", "approved", "comment", "comments", "datum",
        "stand", "autor", "anderung", "anderungen", "beschreibung", "grund", "bearbeiter", "auteur", "modification",
        "fecha", "autora", "cambios",
    ]

    /// Whether a question has every word of a row's first cell that distinguishes the row from the others.
    static func isNamedWhole(_ row: Row, by asked: Set<String>, in table: [Row]) -> Bool {
        let common = table.dropFirst().reduce(table[0].keyStems) { $0.intersection($1.keyStems) }
        let telling = row.keyStems.subtracting(common)
        return !telling.isEmpty && telling.isSubset(of: asked)
    }

    /// The stems of the words by which a question can name a row; numbers in letters are as in figures.
    static func stems(of text: String) -> Set<String> {
        let words = Words.all(in: text).compactMap { word in
            Quantity.spelled[word] ?? (StopWords.contains(word) ? nil : WordStem.of(word))
        }
        return Set(words).union(letters(in: text))
    }

    /// The capital letters that stand alone, as in `Grade A`, which are no words of a sentence.
    private static func letters(in text: String) -> [String] {
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
        return words.dropFirst(words.count > 1 ? 1 : 0).filter {
            $0.count == 1 && $0.first?.isUppercase == true && $0 != "I"
        }.map { String($0) }
    }

    /// A line of a passage that describes a row.
    private struct Line {
        /// What lines of one table have in common.
        enum Shape: Equatable {
            /// Cells below headers, of which this is the first.
            case named(String)
            /// A name and its value, without headers.
            case pair
            /// So many cells without headers.
            case plain(Int)
        }

        let cells: [Cell]
        let shape: Shape?

        init(_ statements: ArraySlice<Statement>, listed: Bool) {
            var text = statements.map(\.text).joined(separator: " ")
            let isListed = statements.first?.isListItem == true
            if isListed, listed, text.last == "." { text.removeLast() }
            guard !isListed || listed, text.last != "." || statements.first?.isRow == true else {
                (cells, shape) = ([], nil)
                return
            }
            let cells = Self.cells(of: text)
            if cells.count > 1, let name = cells.lazy.compactMap(\.name).first {
                (self.cells, shape) = (cells, .named(name))
            } else if cells.count > 1 {
                (self.cells, shape) = (cells, .plain(cells.count))
            } else if let name = cells.first?.name, cells[0].text.wordCount <= TableRows.maximumWordsOfValue {
                (self.cells, shape) = ([Cell(name: nil, text: name), Cell(name: nil, text: cells[0].text)], .pair)
            } else {
                (self.cells, shape) = ([], nil)
            }
        }

        /// The cells of a line.
        ///
        /// What has no header after a cell with a header belongs to that cell.
        private static func cells(of text: String) -> [Cell] {
            var cells: [Cell] = []
            for part in text.split(separator: "; ") {
                if let mark = part.firstRange(of: ": ") {
                    cells.append(
                        Cell(name: String(part[..<mark.lowerBound]), text: String(part[mark.upperBound...]))
                    )
                } else if let last = cells.last, last.name != nil {
                    cells[cells.count - 1] = Cell(name: last.name, text: last.text + "; " + part)
                } else {
                    cells.append(Cell(name: nil, text: String(part)))
                }
            }
            return cells
        }
    }
}
