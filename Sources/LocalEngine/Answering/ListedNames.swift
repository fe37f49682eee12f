internal import DocumentText

/// Names that documents list together, such as those of offices, countries or weekdays.
///
/// A statement about one of them may be wrong for another.
struct ListedNames: Sendable {
    /// The names that documents list together with a name, in lower case and without accents.
    private var neighbours: [String: Set<String>] = [:]

    /// A first cell of more words is not a name.
    private static let maximumWordsOfKey = 3
    private static let connectives: Set<String> = [
        "and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "of", "&", "/", ",",
    ]

    /// Collects the names that passages list in a sentence, or in the first column of a table.
    init(in passages: [ReadPassage]) {
        var lists: [[String]] = []
        var lowercase: Set<String> = []
        for passage in passages {
            for statement in passage.statements { Self.read(statement, &lists, &lowercase) }
            for table in passage.rows.tablesOfSeveralRows {
                let keys = table.map(\.key).filter { $0.wordCount <= Self.maximumWordsOfKey && Self.isCapitalized($0) }
                lists.append(keys.flatMap { Self.words(of: $0) })
            }
        }
        for list in lists {
            let names = Set(list).subtracting(lowercase)
            guard names.count > 1 else { continue }
            for name in names { neighbours[name, default: []].formUnion(names.subtracting([name])) }
        }
    }

    /// The listed names that a question has.
    func names(in question: String) -> Set<String> {
        Set(Words.all(in: question).filter { neighbours[$0] != nil && !StopWords.contains($0) })
    }

    /// Whether a text has a listed name.
    func isNamed(in text: String) -> Bool { Words.all(in: text).contains { neighbours[$0] != nil } }

    /// Whether a text has a name that is listed beside one of some names, and none of these.
    func isAboutOthers(_ text: String, than names: Set<String>) -> Bool {
        guard !names.isEmpty else { return false }
        let words = Set(Words.all(in: text))
        return words.isDisjoint(with: names)
            && names.contains { neighbours[$0].map { !words.isDisjoint(with: $0) } ?? false }
    }

    /// Reads the lists of names in a statement, and which words are written in lower case.
    private static func read(_ statement: Statement, _ lists: inout [[String]], _ lowercase: inout Set<String>) {
        var list: [String] = []
        var isOpen = false
        func end() {
            if list.count > 1 { lists.append(list) }
            list = []
        }
        for (place, piece) in statement.text.split(whereSeparator: \.isWhitespace).enumerated() {
            let words = words(of: piece)
            if connectives.contains(piece.lowercased()) {
                if list.isEmpty { isOpen = false } else { isOpen = true }
                continue
            }
            guard words.count == 1, isCapitalized(piece) else {
                lowercase.formUnion(piece.first?.isLowercase == true ? words : [])
                end()
                isOpen = false
                continue
            }
            if !isOpen { end() }
            // All statements begin with a capital.
            list += place > 0 || piece.last == "," ? words : []
            isOpen = piece.last == ","
            if piece.last.map({ ".;:!?".contains($0) }) == true {
                end()
                isOpen = false
            }
        }
        end()
    }

    private static func isCapitalized(_ text: some StringProtocol) -> Bool {
        text.first(where: \.isLetter)?.isUppercase == true
    }

    private static func words(of text: some StringProtocol) -> [String] {
        Words.all(in: text).filter { $0.count > 2 && !StopWords.contains($0) && $0.first?.isNumber == false }
    }
}
