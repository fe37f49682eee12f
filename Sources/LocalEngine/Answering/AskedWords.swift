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
}

extension [String] {
    /// Whether other words are among these one after the other.
    func contains(inOrder name: [String]) -> Bool {
        guard let first = name.first, name.count <= count else { return false }
        return (0...(count - name.count)).contains {
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
        return Set(table.indices.filter { counts[$0] == most })
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
