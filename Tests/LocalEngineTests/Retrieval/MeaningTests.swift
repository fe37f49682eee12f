import Foundation
import GRDB
import TestSupport
import Testing

@testable import LocalEngine

private let modelFolder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]

/// The engine with a sentence encoder, whose folder `ENCODER_MODEL_DIR` names.
@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder"))
struct MeaningTests {
    private static let documents = [
        "leave.md": Policies.leave,
        "travel.txt": Policies.travel,
        "dogs.md": """
        # Animals

        Dogs may come to the office on Fridays. Their owner answers for them:

        - they stay on the lead
        - they do not enter the canteen
        """,
    ]

    /// None of the questions' telling words is in the sentence that answers.
    @Test(arguments: [
        ("How many vacation days does the company give its staff?", "27 days", "leave.md"),
        ("What may I spend on lunch in a foreign country?", "64 euros", "travel.txt"),
        ("Is my puppy welcome at work?", "Fridays", "dogs.md"),
        ("How long can fathers stay at home with a new baby?", "18 weeks", "leave.md"),
    ])
    func findsWhatIsSaidInOtherWords(question: String, fact: String, file: String) async throws {
        try await withEngine(encoder: modelFolder) { engine in
            let store = try await engine.store(Self.documents)
            let answer = try await engine.answer(question, in: store.id)
            #expect(answer.text.contains(fact))
            #expect(answer.files.first == file)
        }
    }

    @Test(arguments: ["Who won the football match?", "Write a poem about the sea.", "What is the capital of Peru?"])
    func quotesNothingForUnrelatedQuestions(question: String) async throws {
        try await withEngine(encoder: modelFolder) { engine in
            let store = try await engine.store(Self.documents)
            let answer = try await engine.answer(question, in: store.id)
            #expect(answer.text == NotFoundSentence.standard)
            #expect(answer.files.isEmpty)
        }
    }

    @Test func takesAQuestionTogetherWithTheOneBefore() async throws {
        try await withEngine(encoder: modelFolder) { engine in
            let store = try await engine.store(Self.documents)
            let conversation = try await engine.post("conversations").id
            let first = "May I bring my dog to the office?"
            #expect(
                try await engine.answer(first, in: store.id, conversation: conversation).files.first == "dogs.md"
            )
            let second = try await engine.answer(
                "And where is it not allowed?",
                in: store.id,
                conversation: conversation
            )
            #expect(second.text.contains("canteen"))
        }
    }

    /// The passages beside the answer's own are cited, and the text does not quote them.
    @Test func citesFurtherPassagesBesideTheText() async throws {
        try await withEngine(encoder: modelFolder) { engine in
            let rest = "Leave that is left at the end of the year may be carried over for three months."
            let store = try await engine.store(["leave.md": Policies.leave, "rest.md": rest])
            let response = try await engine.post(
                "responses",
                [
                    "model": "gpt-6-luna", "input": "How many days of paid annual leave do employees get each year?",
                    "tools": [["type": "file_search", "vector_store_ids": [.string(store.id)]]],
                    "include": ["file_search_call.results"],
                ]
            )
            let output = try #require(response["output"]?.array)
            let content = try #require(output[1]["content"]?.array?.first)
            let text = try #require(content["text"]?.string)
            let notes = try #require(content["annotations"]?.array)
            #expect(text.contains("27 days") && text.hasSuffix("\n\n") && !text.contains("carried over"))
            #expect((2...3).contains(notes.count))
            #expect(notes.first?["filename"] == "leave.md")
            let end = JSONValue.integer(text.unicodeScalars.count)
            #expect(notes.dropFirst().allSatisfy { $0["index"] == end })
            #expect(notes.contains { $0["filename"] == "rest.md" })
            let results = try #require(output[0]["results"]?.array)
            #expect(results.prefix(notes.count).map { $0["file_id"] } == notes.map { $0["file_id"] })
            #expect(results.contains { $0["text"]?.string == rest })
        }
    }

    @Test func ranksSearchResultsByMeaning() async throws {
        try await withEngine(encoder: modelFolder) { engine in
            let store = try await engine.store(Self.documents)
            let page = try await engine.post(
                "vector_stores/\(store.id)/search",
                ["query": "vacation for new parents", "max_num_results": 3]
            )
            let scores = page.list.compactMap { $0["score"]?.double }
            #expect(page.list.count == 3)
            #expect(scores == scores.sorted(by: >))
            #expect(scores.allSatisfy { (0...1).contains($0) })
            #expect(page.list.first?["content"]?.array?.first?["text"]?.string?.contains("parental leave") == true)
        }
    }

    /// What was indexed without the model is encoded in the background when the engine next starts with it.
    @Test func encodesWhatWasIndexedBefore() async throws {
        try await withTemporaryFolder { folder in
            let store = try await withEngine(in: folder) { try await $0.store(Self.documents).id }
            let database = try DatabaseQueue(path: "\(folder)/engine.sqlite")
            func missing() async throws -> Int {
                try await database.read { db in
                    try Int.fetchOne(
                        db,
                        sql: "SELECT COUNT(*) FROM passage WHERE id NOT IN (SELECT passage_id FROM passage_meaning)"
                    ) ?? -1
                }
            }
            #expect(try await missing() > 0)
            try await withEngine(in: folder, encoder: modelFolder) { engine in
                while try await missing() > 0 { _ = try await engine.get("vector_stores/\(store)") }
                let answer = try await engine.answer("Is my puppy welcome at work?", in: store)
                #expect(answer.files.first == "dogs.md")
            }
        }
    }

    /// A long file can be searched before all of it is encoded, and its receipt says so.
    @Test func encodesTheRestOfALongFileInTheBackground() async throws {
        let text = (1...8).map { "# Rule \($0)\n\nThe fee of hall \($0) is \($0) euros.\n" }.joined()
        try await withTemporaryFolder { folder in
            let hooks = EngineTestHooks(housekeepingInterval: .milliseconds(1), passagesEncodedFirst: 3)
            try await withEngine(in: folder, hooks, encoder: modelFolder) { engine in
                let store = try await engine.store(["halls.md": text, "dogs.md": "Dogs are welcome in the office."])
                let database = try DatabaseQueue(path: "\(folder)/engine.sqlite")
                func count(_ sql: String) async throws -> Int {
                    try await database.read { db in try Int.fetchOne(db, sql: sql) ?? -1 }
                }
                var files: [Reply] = []
                for file in store.files {
                    files.append(try await engine.get("vector_stores/\(store.id)/files/\(file)"))
                }
                let warnings = files.compactMap { $0["warnings"]?.array?.first?.string }
                #expect(warnings.count == 1)
                #expect(warnings.first?.contains("first 3 passages") == true)
                #expect(warnings.first?.contains("the other 5") == true)
                let found = try await engine.search(store.id, "fee of hall 8", ["max_num_results": 2])
                #expect(found.contains { $0.contains("8 euros") })
                while try await count("SELECT COUNT(*) FROM indexing WHERE is_partly_encoded = 1") > 0 {
                    _ = try await engine.get("vector_stores/\(store.id)")
                }
                #expect(try await count("SELECT COUNT(*) FROM passage_meaning") == 9)
            }
        }
    }

    /// Vectors of statements that are cut differently now are computed again.
    @Test func renewsTheVectorsOfRowsThatWereSeveralStatements() async throws {
        try await withTemporaryFolder { folder in
            let texts = [
                "press.md": "| Press | Care |\n|-|-|\n| Roland | Turn it. Then wait. |",
                "dogs.md": "Dogs bark. Cats do not.",
            ]
            _ = try await withEngine(in: folder, encoder: modelFolder) { try await $0.store(texts) }
            let database = try DatabaseQueue(path: "\(folder)/engine.sqlite")
            let titles = try await database.write { db in
                try PassageIndex.renewVectorsOfRows(db)
                return try String.fetchAll(
                    db,
                    sql: "SELECT title FROM passage WHERE id IN (SELECT passage_id FROM passage_meaning)"
                )
            }
            #expect(titles == ["dogs"])
        }
    }

    @Test func removesVectorsWithTheirFile() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, encoder: modelFolder) { engine in
                let store = try await engine.store(Self.documents)
                for file in store.files { try await engine.delete("files/\(file)") }
            }
            let database = try DatabaseQueue(path: "\(folder)/engine.sqlite")
            #expect(try await database.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM passage_meaning") } == 0)
        }
    }
}

/// What needs no model.
@Suite struct RankingTests {
    private static func passage(_ id: Int64, _ closeness: Closeness?) -> RankedPassage {
        RankedPassage(
            ScoredPassage(id: id, fileID: "file-1", headings: [], text: "Text.", score: 0),
            closeness: closeness
        )
    }

    private static func closeness(_ value: Double, statement: Double) -> Closeness {
        Closeness(
            passage: value,
            tokens: value,
            tellingTokens: value,
            statements: [statement],
            statementTokens: [statement]
        )
    }

    @Test func putsTheClosestFirstWithScoresThatNeverGrow() {
        let ranked = RankedPassage.ranked([
            Self.passage(1, Self.closeness(0.2, statement: 0.9)), Self.passage(2, nil),
            Self.passage(3, Self.closeness(0.8, statement: 0.4)), Self.passage(4, Self.closeness(0.3, statement: 0.3)),
        ])
        #expect(ranked.first?.passage.id == 3)
        #expect(Set(ranked.map(\.passage.id)) == [1, 2, 3, 4])
        let scores = ranked.map(\.passage.score)
        #expect(scores == scores.sorted(by: >))
        #expect(abs((scores.first ?? 0) - 2.0 / 3) < 1e-9)
    }

    /// The best one by words is behind the best one by meaning, with no better score.
    @Test func putsPassagesWithoutVectorsBetweenTheOthersByWords() {
        var candidates: [RankedPassage] = (1...6).map { id in
            Self.passage(id, id < 4 ? Self.closeness(0.1 * Double(id), statement: 0.3) : nil)
        }
        candidates[3].wordPlace = 7
        candidates[4].wordPlace = 2
        let ranked = RankedPassage.ranked(candidates)
        #expect(ranked.map(\.passage.id) == [3, 5, 2, 4, 1, 6])
        #expect(ranked[1].passage.score == ranked[0].passage.score)
        #expect(ranked[3].passage.score == ranked[2].passage.score)
        #expect(RankedPassage.ranked([Self.passage(1, nil)]).map(\.passage.score) == [0])
    }

    /// Of two statements that are as close, the one that says what is given.
    @Test func prefersEntitlementsIfTheQuestionAsksForOne() throws {
        let other = ScoredPassage(id: 4, fileID: "file-4", headings: [], text: "You can carry over 5 days.", score: 0)
        let given = ScoredPassage(id: 5, fileID: "file-3", headings: [], text: "Everybody receives 27 days.", score: 0)
        let pair = RankedPassage.ranked([
            RankedPassage(other, closeness: Self.closeness(0.6, statement: 0.6)),
            RankedPassage(given, closeness: Self.closeness(0.6, statement: 0.6)),
        ])
        #expect(try #require(StatementChoice(from: pair, for: "How many days do I get?")).passage.id == given.id)
        #expect(try #require(StatementChoice(from: pair, for: "How many days pass?")).passage.id != given.id)
    }

    @Test func rowsOfATableStandBelowEachOther() throws {
        let rows = "Office: Bern; Notice: 1 month\nOffice: Lyon; Notice: 2 months\nThe rest is in the contract. Ask."
        let ranked = RankedPassage.ranked([
            RankedPassage(
                ScoredPassage(id: 1, fileID: "file-1", headings: [], text: rows, score: 0),
                closeness: Self.closeness(0.6, statement: 0.6)
            )
        ])
        #expect(try #require(StatementChoice(from: ranked, for: "How long is the notice?")).text == rows)
    }

    /// What an item means, the line says that leads into its list.
    @Test func itemsStandBelowTheLineThatLeadsIntoTheirList() throws {
        let text = "Taking part is voluntary. The following are never on call:\n- apprentices\n- people in training"
        var closeness = Self.closeness(0.6, statement: 0.6)
        closeness.statements = [0.9, 0.1, 0.8, 0.1]
        closeness.statementTokens = closeness.statements
        let passage = ScoredPassage(id: 1, fileID: "file-1", headings: [], text: text, score: 0)
        let ranked = RankedPassage.ranked([RankedPassage(passage, closeness: closeness)])
        let choice = try #require(StatementChoice(from: ranked, for: "Is an apprentice on call?"))
        #expect(choice.text.contains("The following are never on call:\n- apprentices"))
    }

    /// A row ends without a full stop.
    @Test func aSentenceAfterARowBeginsALine() throws {
        let text = "Office: Bern; Notice: 1 month\nOffice: Lyon; Notice: 2 months\nThis document lists it. Ask Ida."
        let passage = ScoredPassage(id: 1, fileID: "file-1", headings: [], text: text, score: 0)
        let ranked = RankedPassage.ranked([RankedPassage(passage, closeness: Self.closeness(0.6, statement: 0.6))])
        let choice = try #require(StatementChoice(from: ranked, for: "How long is the notice in Lyon?"))
        #expect(choice.text == "Office: Lyon; Notice: 2 months\nAsk Ida.")
    }

    /// A rule stands before its exceptions.
    @Test func ofPassagesOfOneDocumentTheFirstIsQuoted() throws {
        let texts = ["Everybody receives 27 days.", "You can carry over 5 days.", "On trips you receive 9 days."]
        let ranked = RankedPassage.ranked(
            zip(1..., texts).map { id, text in
                RankedPassage(
                    ScoredPassage(
                        id: Int64(id),
                        fileID: id < 3 ? "file-leave" : "file-travel",
                        headings: [],
                        text: text,
                        score: 0
                    ),
                    closeness: Self.closeness([0.60, 0.61, 0.3][id - 1], statement: 0.6)
                )
            }
        )
        #expect(ranked.first?.passage.id == 2)
        #expect(try #require(StatementChoice(from: ranked, for: "How much leave is there?")).text == texts[0])
        let exception = try #require(StatementChoice(from: Array(ranked.dropLast(2)), for: "How much leave is there?"))
        #expect(exception.text == texts[1], "alone, the exception is what there is")
    }

    @Test func doesNotPreferAnyOfEqualPassages() {
        let ranked = RankedPassage.ranked((1...3).map { Self.passage($0, Self.closeness(0.5, statement: 0.5)) })
        #expect(ranked.map(\.rank) == [0, 0, 0])
    }

    @Test func measuresInStandardDeviations() {
        let standard = Standard([1, 3])
        #expect(standard.score(3) == 1)
        #expect(standard.score(0) == -2)
        #expect(Standard([]).score(7) == 0)
    }

    @Test func opensNoModelWhereThereIsNone() async throws {
        try await withTemporaryFolder { folder in
            _ = await #expect(throws: LocalEngineError.self) {
                try await withEngine(in: folder, encoder: folder) { _ in }
            }
        }
    }
}

/// The choice of the closest of many passages.
@Suite struct ClosestTests {
    @Test func keepsTheGreatestInOrder() {
        func product(_ id: Int64) -> Float { Float(id * 7_919 % 10_007) }
        let all: [Int64] = Array(0..<10_000)
        var closest = Closest(limit: 5)
        for id in all { closest.offer(id, product(id)) }
        let ordered = all.sorted { product($0) > product($1) }
        #expect(closest.ids == Array(ordered.prefix(5)))
    }

    @Test func ofEqualOnesTheFirstAreKept() {
        var closest = Closest(limit: 3)
        for id in (0..<500).reversed() { closest.offer(Int64(id), 0.5) }
        #expect(closest.ids == [0, 1, 2])
    }
}
