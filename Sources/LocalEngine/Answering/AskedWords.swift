/// The words of a question in their order, to find the names of rows in it that it has word for word.
///
/// A code such as `T-9`, or a name such as `Level 5`, is made of words that are anywhere in a table; in this order they are
/// hardly there by chance.
struct AskedWords: Sendable {
    private let stems: [String]

    /// Reads a question.
    init(_ question: String) {
        stems = Self.stems(of: question)
    }

    /// The stems of the words of a text, in order.
    static func stems(of text: String) -> [String] { Words.all(in: text).map { WordStem.of($0) } }

    /// Whether the question has these words one after the other.
    func contains(_ name: [String]) -> Bool { stems.contains(inOrder: name) }

    /// The place of the first of these words where the question has them one after the other; nil if it has not.
    func place(of name: [String]) -> Int? { stems.place(inOrder: name) }
}

extension [String] {
    /// Whether other words are among these one after the other.
    func contains(inOrder name: [String]) -> Bool { place(inOrder: name) != nil }

    /// Where other words begin that are among these one after the other; nil if they are not.
    func place(inOrder name: [String]) -> Int? {
        guard let first = name.first, name.count <= count else { return nil }
        return (0...(count - name.count)).first {
            self[$0] == first && self[$0..<($0 + name.count)].elementsEqual(name)
        }
    }
}

extension TableRows {
    /// The rows of a table of which a question has the name word for word, by their place in the table.
    ///
    /// Of rows of which it has one name, those are left out of which others have two, and those with a name that is a part of
    /// a longer one, as `Manager` is of `Senior Manager`.
    static func named(wordForWordBy asked: AskedWords, in table: [Row]) -> Set<Int> {
        let matches = table.map { Set($0.names.filter(asked.contains)) }
        let all = Set(matches.joined())
        let counts = matches.map { names in
            names.count { name in !all.contains { $0.count > name.count && $0.contains(inOrder: name) } }
        }
        guard let most = counts.max(), most > 0 else { return [] }
        let rows = table.indices.filter { counts[$0] == most }
        return Set(rowMeant(by: asked, of: rows, in: table).map { [$0] } ?? rows)
    }

    /// The row that a question means of those that it names, if each of them is a column of the others as well, as in a table
    /// of the ways from place to place; nil if they are not.
    ///
    /// It is the one with the first word of the header above their names, such as `From / To`, before its name in the
    /// question, or else the one that is named first.
    private static func rowMeant(by asked: AskedWords, of rows: [Int], in table: [Row]) -> Int? {
        guard rows.count > 1 else { return nil }
        let names = rows.map { row in table[row].names.filter(asked.contains) }
        let columns = rows.map { row in Set(table[row].cells.compactMap(\.name).map { AskedWords.stems(of: $0) }) }
        let areColumns = rows.indices.allSatisfy { row in
            rows.indices.allSatisfy { $0 == row || !columns[$0].isDisjoint(with: names[row]) }
        }
        guard areColumns else { return nil }
        let word = table[rows[0]].cells[0].name.flatMap { AskedWords.stems(of: $0).first }
        let introduced = rows.indices.first { row in
            word.map { word in names[row].contains { asked.contains([word] + $0) } } ?? false
        }
        let first = rows.indices.min { row, other in
            let places = [row, other].map { names[$0].compactMap { asked.place(of: $0) }.min() ?? .max }
            return places[0] < places[1]
        }
        return (introduced ?? first).map { rows[$0] }
    }

    /// The places of the rows of which a question has the name word for word, and the words of another cell's column.
    ///
    /// - Parameters:
    ///   - asked: The question's words in their order.
    ///   - stems: The stems of its words.
    /// - Returns: The places of the statements of those rows.
    func places(ofRowsNamedWordForWordBy asked: AskedWords, and stems: Set<String>) -> Set<Int> {
        tables.reduce(into: []) { places, table in
            for place in Self.named(wordForWordBy: asked, in: table) {
                let isColumnNamed = table[place].cells.contains { cell in
                    guard let name = cell.name else { return false }
                    let words = Self.stems(of: name.withoutRemark)
                    return !words.isEmpty && words.isSubset(of: stems)
                        && !asked.contains(AskedWords.stems(of: cell.text))
                }
                if isColumnNamed { places.formUnion(table[place].places) }
            }
        }
    }
}

extension String {
    /// The text without a remark in brackets at its end, such as a unit.
    fileprivate var withoutRemark: String {
        guard last == ")", let start = lastIndex(of: "("), start != startIndex else { return self }
        return String(self[..<start])
    }
}
