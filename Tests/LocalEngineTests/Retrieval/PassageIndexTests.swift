import GRDB
import Testing

@testable import LocalEngine

@Suite struct PassageIndexTests {
    private static let leave = [
        Passage(headings: ["Leave", "Annual leave"], text: "Staff get 27 days. They carry over five."),
        Passage(headings: ["Leave", "Parental leave"], text: "Parents take 18 weeks."),
    ]
    private static let travel = [
        Passage(headings: ["Reise"], text: "Die Verpflegung im Ausland kostet 64 €. Urlaubstage zählen nicht.")
    ]

    private func withIndex(_ body: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue()
        try EngineSchema.migrator.migrate(queue)
        try queue.write { db in
            try PassageIndex.insert(Self.leave, fileID: "file-leave", filename: "leave.md", in: db)
            try PassageIndex.insert(Self.travel, fileID: "file-travel", filename: "travel.md", in: db)
            try body(db)
        }
    }

    private static let all: Set<String> = ["file-leave", "file-travel"]

    @Test(arguments: [
        ("parents' weeks", "Parents take 18 weeks."), ("verpflégung", Self.travel[0].text),
        ("Urlaub", Self.travel[0].text),
        ("carried", Self.leave[0].text), ("PARENTAL", Self.leave[1].text), ("wages? no: parent", Self.leave[1].text),
    ])
    func findsPassages(query: String, text: String) throws {
        try withIndex { db throws in
            let found = try PassageIndex.search(query, fileIDs: Self.all, limit: 5, in: db)
            #expect(found.first?.text == text)
            #expect(found.allSatisfy { (0...1).contains($0.score) })
            #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
        }
    }

    private static let unspaced = [
        Passage(headings: ["休假制度"], text: "每位员工每年享有十五天带薪年假。病假需要提供医生证明。"),
        Passage(headings: ["出張規程"], text: "出張の日当は三千円です。宿泊費は一万円まで支払われます。"),
        Passage(headings: ["วันลา"], text: "พนักงานลาพักร้อนได้ปีละสิบห้าวัน"),
        Passage(headings: ["휴가 규정"], text: "연차휴가는 1년에 15일입니다. 출장비는 영수증과 함께 신청합니다."),
    ]

    @Test(arguments: [
        ("带薪年假", 0), ("病假", 0), ("医生", 0), ("日当はいくらですか", 1), ("宿泊費", 1), ("ลาพักร้อน", 2),
        ("연차", 3), ("출장비를 언제 신청합니까?", 3), ("휴가", 3), ("出張の日当は何円ですか？", 1),
    ])
    func findsWordsThatNoBlankSurrounds(query: String, place: Int) throws {
        try withIndex { db throws in
            try PassageIndex.insert(Self.unspaced, fileID: "file-u", filename: "u.md", in: db)
            let found = try PassageIndex.search(query, fileIDs: Self.all.union(["file-u"]), limit: 5, in: db)
            #expect(found.map(\.text) == [Self.unspaced[place].text])
            try PassageIndex.remove(fileID: "file-u", in: db)
            #expect(try PassageIndex.search(query, fileIDs: ["file-u"], limit: 5, in: db).isEmpty)
            // The index is consistent and contains nothing of what was removed.
            try db.execute(sql: "INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        }
    }

    private static let worded = [
        Passage(headings: [], text: "Les salariés ont droit à vingt jours de congés par an."),
        Passage(headings: [], text: "Combien de fois, quand et dans quels cas : c’est ce que dit le règlement."),
        Passage(headings: [], text: "Los empleados tienen veinte días de vacaciones al año."),
        Passage(headings: [], text: "Cuánto, cuándo y quién lo decide se dice en otra parte."),
        Passage(headings: [], text: "I dipendenti hanno venti giorni di ferie."),
        Passage(headings: [], text: "Quanti, quando e chi: lo dice il regolamento."),
        Passage(headings: [], text: "Werknemers hebben twintig vakantiedagen."),
        Passage(headings: [], text: "Hoeveel, wanneer en wie: dat staat ergens anders."),
        Passage(headings: [], text: "Os trabalhadores têm vinte dias de férias."),
        Passage(headings: [], text: "Quantos, quando e quem: está no regulamento."),
        Passage(headings: [], text: "للموظف عشرون يوما من الإجازة السنوية."),
        Passage(headings: [], text: "كم ومتى وكيف ولماذا وأين: من يعرف ذلك؟"),
    ]

    /// Question words weigh nothing: a passage that has them and nothing else is not found.
    @Test(arguments: [
        ("Combien de congés et quand ?", 0), ("¿Cuántas vacaciones y cuándo?", 2), ("Quante ferie e quando?", 4),
        ("Hoeveel vakantiedagen en wanneer?", 6), ("Quantas férias e quando?", 8), ("كم الإجازة ومتى؟ كم", 10),
    ])
    func questionWordsOfOtherLanguagesWeighNothing(query: String, place: Int) throws {
        try withIndex { db throws in
            try PassageIndex.insert(Self.worded, fileID: "file-w", filename: "w.md", in: db)
            let found = try PassageIndex.search(query, fileIDs: ["file-w"], limit: 5, in: db)
            #expect(found.first?.text == Self.worded[place].text)
            let empty = Self.worded.indices.filter { $0 % 2 == 1 }.map { Self.worded[$0].text }
            #expect(Set(found.map(\.text)).isDisjoint(with: empty))
        }
    }

    /// An index that was made when Korean words were those between blanks.
    @Test func makesWordsOfKoreanFoundAfterAnUpdate() throws {
        let queue = try DatabaseQueue()
        try EngineSchema.migrator.migrate(queue, upTo: "table rows as they stand")
        try queue.write { db in
            let text = Self.unspaced[3].text
            try db.execute(
                sql: "INSERT INTO passage (file_id, title, headings, text) VALUES ('file-u', '', '', ?)",
                arguments: [text]
            )
            try db.execute(
                sql: "INSERT INTO passage_words (rowid, title, headings, text) VALUES (?, '', '', ?)",
                arguments: [db.lastInsertedRowID, text]
            )
        }
        try EngineSchema.migrator.migrate(queue)
        try queue.write { db in
            #expect(try PassageIndex.search("휴가", fileIDs: ["file-u"], limit: 5, in: db).count == 1)
            try PassageIndex.remove(fileID: "file-u", in: db)
            try db.execute(sql: "INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        }
    }

    @Test func makesFormerPassagesFoundAfterAnUpdate() throws {
        let queue = try DatabaseQueue()
        try EngineSchema.migrator.migrate(queue, upTo: "assistants")
        try queue.write { db in
            for passage in Self.unspaced + Self.leave {
                let headings = passage.headings.joined(separator: "\n")
                try db.execute(
                    sql: "INSERT INTO passage (file_id, title, headings, text) VALUES ('file-u', '', ?, ?)",
                    arguments: [headings, passage.text]
                )
                try db.execute(
                    sql: "INSERT INTO passage_words (rowid, title, headings, text) VALUES (?, '', ?, ?)",
                    arguments: [db.lastInsertedRowID, headings, passage.text]
                )
            }
        }
        try EngineSchema.migrator.migrate(queue)
        try queue.write { db in
            let found = try PassageIndex.search("带薪年假", fileIDs: ["file-u"], limit: 5, in: db)
            #expect(found.map(\.text) == [Self.unspaced[0].text])
            #expect(try PassageIndex.search("parental", fileIDs: ["file-u"], limit: 5, in: db).count == 1)
            try PassageIndex.remove(fileID: "file-u", in: db)
            #expect(try PassageIndex.search("parental", fileIDs: ["file-u"], limit: 5, in: db).isEmpty)
        }
    }

    @Test func givesThePassageAsItWasPutIn() throws {
        try withIndex { db throws in
            let found = try PassageIndex.search("parental", fileIDs: Self.all, limit: 1, in: db)
            #expect(found.map(\.headings) == [["Leave", "Parental leave"]])
            #expect(found.map(\.fileID) == ["file-leave"])
        }
    }

    @Test func looksOnlyInTheGivenFiles() throws {
        try withIndex { db throws in
            #expect(try PassageIndex.search("days", fileIDs: ["file-travel"], limit: 5, in: db).isEmpty)
            #expect(try PassageIndex.search("days", fileIDs: [], limit: 5, in: db).isEmpty)
            let many = Set((0..<10_000).map { "file-\($0)" }).union(["file-leave"])
            #expect(try PassageIndex.search("days", fileIDs: many, limit: 5, in: db).count == 1)
        }
    }

    @Test func countsAWordOnceForAllSearchesOfAnAnswer() throws {
        try withIndex { db throws in
            let counts = WordCounts()
            #expect(try counts.passages(with: "parents", in: db) == 1)
            try PassageIndex.remove(fileID: "file-leave", in: db)
            #expect(try counts.passages(with: "parents", in: db) == 1)
            #expect(try WordCounts().passages(with: "parents", in: db) == 0)
        }
    }

    @Test func removesAFile() throws {
        try withIndex { db throws in
            try PassageIndex.remove(fileID: "file-leave", in: db)
            #expect(try PassageIndex.search("parental days", fileIDs: Self.all, limit: 5, in: db).isEmpty)
            #expect(try PassageIndex.search("Verpflegung", fileIDs: Self.all, limit: 5, in: db).count == 1)
            try PassageIndex.remove(fileID: "file-unknown", in: db)
            try PassageIndex.insert(Self.leave, fileID: "file-leave", filename: "leave.md", in: db)
            #expect(try PassageIndex.search("parental", fileIDs: Self.all, limit: 5, in: db).count == 1)
        }
    }

    @Test func keepsToTheLimit() throws {
        try withIndex { db throws in
            #expect(try PassageIndex.search("leave", fileIDs: Self.all, limit: 1, in: db).count == 1)
            #expect(try PassageIndex.search("leave", fileIDs: Self.all, limit: 0, in: db).isEmpty)
        }
    }

    @Test(arguments: [
        "\"", "\"\"\" OR *", "headings:", "NEAR(a b)", "a AND", "NOT", "(", "^days*", "{a b}:c", "';--", "", "   ",
        "\u{0}", "日本語", "-",
    ])
    func takesNothingForSyntax(query: String) throws {
        try withIndex { db throws in
            _ = try PassageIndex.search(query, fileIDs: Self.all, limit: 5, in: db)
            _ = try PassageIndex.rarity(of: [query], in: db)
        }
    }

    @Test func scoresWhatIsMissingLower() throws {
        try withIndex { db throws in
            let whole = try PassageIndex.search("parents weeks", fileIDs: Self.all, limit: 1, in: db)
            let part = try PassageIndex.search("parents weeks zebra crossing", fileIDs: Self.all, limit: 1, in: db)
            let scores = (whole: try #require(whole.first).score, part: try #require(part.first).score)
            #expect(scores.whole > scores.part)
        }
    }

    /// Where the rarer words are in enough passages, the frequent ones are not looked for.
    @Test func comparesNoMorePassagesThanItMay() throws {
        try withIndex { db throws in
            let passages = (0..<20).map { Passage(headings: [], text: "Rooms" + ($0 < 4 ? " in towers." : ".")) }
            try PassageIndex.insert(passages, fileID: "file-rooms", filename: "r.md", in: db)
            func found(_ query: String, _ most: Int) throws -> Int {
                try PassageIndex.candidates(query, fileIDs: ["file-rooms"], limit: 50, maximumMatches: most, in: db)
                    .count
            }
            #expect(try found("rooms towers", 24) == 20)
            #expect(try found("rooms towers", 23) == 4)
            #expect(try found("rooms", 3) == 20, "the rarest word is always looked for")
            #expect(try found("rooms towers", 3) == 4, "the rarest word is always looked for")
        }
    }

    /// A file is found in, however many passages of other files fit better.
    @Test func looksInFilesWithFewOfThePassages() throws {
        try withIndex { db throws in
            let short = (0..<300).map { _ in Passage(headings: [], text: "Rooms.") }
            try PassageIndex.insert(short, fileID: "file-short", filename: "s.md", in: db)
            let long = [
                "Rooms are on two floors of the house.", "Rooms are on the ground floor of this house, by the door.",
            ]
            try PassageIndex.insert(
                long.reversed().map { Passage(headings: [], text: $0) },
                fileID: "file-long",
                filename: "l.md",
                in: db
            )
            for limit in [1, 2, 5] {
                let found = try PassageIndex.search("rooms", fileIDs: ["file-long"], limit: limit, in: db)
                #expect(found.map(\.text) == Array(long.prefix(limit)), "the shorter one fits better")
                let candidates = try PassageIndex.candidates(
                    "rooms",
                    fileIDs: ["file-long"],
                    limit: limit,
                    maximumMatches: 10,
                    in: db
                )
                #expect(candidates.map(\.id) == found.map(\.id))
            }
            let all = try PassageIndex.search("rooms", fileIDs: ["file-long", "file-short"], limit: 301, in: db)
            #expect(all.map(\.fileID) == [String](repeating: "file-short", count: 300) + ["file-long"])
            #expect(all.prefix(300).map(\.id) == all.prefix(300).map(\.id).sorted(), "of equal ones the first")
        }
    }

    @Test func knowsHowRareWordsAre() throws {
        try withIndex { db throws in
            let rarities = try PassageIndex.rarity(of: ["leave", "parents", "zebra"], in: db)
            #expect(rarities[0] < rarities[1] && rarities[1] < rarities[2])
            #expect(rarities[2] == 1)
        }
    }

    @Test func findsAFileByItsName() throws {
        try withIndex { db throws in
            try PassageIndex.insert(
                [Passage(headings: [], text: "Ask before you book.")],
                fileID: "file-x",
                filename: "sabbatical-rules.txt",
                in: db
            )
            let found = try PassageIndex.search("sabbaticals", fileIDs: ["file-x"], limit: 5, in: db)
            #expect(found.map(\.title) == ["sabbatical rules"])
        }
    }

    @Test func namesTheFilesThatWereIndexedBeforeNamesCounted() throws {
        let queue = try DatabaseQueue()
        try EngineSchema.migrator.migrate(queue, upTo: "responses")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO file (id, filename, bytes, purpose, created_at) VALUES ('f', 'TravelRules.md', 1, 'a', 0);
                    INSERT INTO passage (file_id, headings, text) VALUES ('f', '', 'Ask before you book.');
                    """
            )
        }
        try EngineSchema.migrator.migrate(queue)
        let found = try queue.read { db in try PassageIndex.search("travel", fileIDs: ["f"], limit: 5, in: db) }
        #expect(found.map(\.text) == ["Ask before you book."])
        try queue.write { db in try PassageIndex.remove(fileID: "f", in: db) }
    }
}
