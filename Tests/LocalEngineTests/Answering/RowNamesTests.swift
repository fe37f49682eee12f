import Testing

@testable import LocalEngine

/// The names of rows in a question, which tell of which table it is.
@Suite struct RowNamesTests {
    private static func passage(_ id: Int64, _ text: String) -> ScoredPassage {
        ScoredPassage(id: id, fileID: "file-\(id)", headings: [], text: text, score: 0.5)
    }

    private static let mixers = passage(1, "Mixer: Delta; Rest: 55 hours\nMixer: Omega; Rest: 90 hours")
    private static let numbered = passage(2, "No.: 1; Kiln: Vesta; Rest: 20 hours\nNo.: 2; Kiln: Rhea; Rest: 30 hours")
    private static let others: [ScoredPassage] = (3...6).map {
        passage($0, "Chair: Windsor; Rest: 78 hours\nChair: Bergere; Rest: 45 hours\nChairs rest at night.")
    }

    private static func names(_ question: String) -> RowNames {
        RowNames(in: question, found: ([mixers, numbered] + others).map { ReadPassage($0) })
    }

    @Test(arguments: [
        ("For how many hours must Delta rest?", mixers.id), ("How long does Vesta rest?", numbered.id),
    ])
    func leavesOutTablesWithoutTheName(_ question: String, _ named: Int64) {
        let names = Self.names(question)
        for passage in [Self.mixers, Self.numbered] + Self.others {
            #expect(names.contains(passage) == (passage.id == named))
            #expect(names.leavesOutTables(of: passage) == (passage.id != named))
        }
    }

    /// Many passages have the first name, and the second is no row's.
    @Test(arguments: [
        "How long does Windsor rest?", "How many hours of rest are there?", "How long does number 1 rest?",
    ])
    func leavesOutNothingWithoutARareName(_ question: String) {
        let names = Self.names(question)
        #expect(!([Self.mixers, Self.numbered] + Self.others).contains { names.leavesOutTables(of: $0) })
    }

    /// Its words are in other passages, too, but not one after the other.
    @Test func aCodeIsARareName() {
        let codes = Self.passage(7, "Code: T-9; Hours: 50\nCode: T-7; Hours: 60")
        let others = (8...12).map { Self.passage($0, "Kiln: T; Hours: 9\nKiln: U; Hours: \($0)") }
        let names = RowNames(in: "How many hours are there for T-9?", found: ([codes] + others).map { ReadPassage($0) })
        #expect(names.contains(codes))
        #expect(others.allSatisfy { names.leavesOutTables(of: $0) })
    }

    /// A line of a name and its text may be a sentence.
    @Test func aNameAndItsTextAloneAreNoRow() {
        let passages = [Self.passage(1, "Deadline: 3 May")] + Self.others
        let names = RowNames(in: "Is the deadline in May?", found: passages.map { ReadPassage($0) })
        #expect(!Self.others.contains { names.leavesOutTables(of: $0) })
    }

    @Test func proseIsNotLeftOut() {
        let passages = ([Self.mixers] + Self.others).map { ReadPassage($0) }
        let question = "For how many hours must Delta rest?"
        let focus = QuestionFocus(
            of: question,
            in: question,
            among: passages,
            found: passages,
            rowNames: RowNames(in: question, found: passages)
        )
        #expect(focus.leftOut(of: passages[1], closest: nil) == [0, 1])
        #expect(focus.leftOut(of: passages[0], closest: nil) == [1])
    }

    private static func ranked(_ passages: [ScoredPassage], closeness: Double) -> [RankedPassage] {
        passages.map { passage in
            let count = Statement.statements(of: passage.text).count
            return RankedPassage(
                passage,
                closeness: Closeness(
                    passage: passage.id == 1 ? 0 : closeness,
                    tokens: closeness,
                    tellingTokens: closeness,
                    statements: Array(repeating: passage.id == 1 ? 0 : closeness, count: count),
                    statementTokens: Array(repeating: closeness, count: count)
                )
            )
        }
    }

    /// The model knows nothing of the name.
    @Test func aNamedRowIsWeighedWhereverItsPassageRanks() throws {
        let others = (3...9).map { Self.passage($0, "Chair: Windsor; Rest: 78 hours\nChair: Bergere; Rest: 45 hours") }
        let found = Self.ranked(others + [Self.mixers], closeness: 0.6)
        let choice = try #require(StatementChoice(from: found, for: "For how many hours must Delta rest?"))
        #expect(choice.text == "Mixer: Delta; Rest: 55 hours")
        #expect(!choice.namesCell, "hours and must are no part of the row")
        let cell = try #require(StatementChoice(from: found, for: "What is the rest of Delta?"))
        #expect(cell.text == "Mixer: Delta; Rest: 55 hours")
        #expect(cell.namesCell)
    }

    /// A statement that is far closer than all others does not outweigh it.
    @Test func aNamedCellAnswersBeforeAllElse() throws {
        let rows = Array(repeating: "Chair: Windsor; Days: 8", count: 60)
        let title = Self.passage(3, "Rest at night\n" + rows.joined(separator: "\n"))
        let count = Statement.statements(of: title.text).count
        var closest = Array(repeating: 0.0, count: count)
        closest[0] = 1
        let closeness = Closeness(
            passage: 1,
            tokens: 1,
            tellingTokens: 1,
            statements: closest,
            statementTokens: closest
        )
        let found = [RankedPassage(title, closeness: closeness)] + Self.ranked([Self.mixers], closeness: 0)
        #expect(try #require(StatementChoice(from: found, for: "How long?")).bestStatement == "Rest at night")
        let cell = try #require(StatementChoice(from: found, for: "What is the rest of Delta?"))
        #expect(cell.bestStatement == "Mixer: Delta; Rest: 55 hours")
    }
}
