import GRDB
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct AnswererTests {
    private static let documents = [
        "leave": """
        # Annual leave

        Full-time employees receive 27 days of paid annual leave in each calendar year.
        Part-time employees receive the same share of it as they work.
        Up to 5 unused days may be carried into the next year and must be taken by 31 March.

        # Parental leave

        Parents may take 18 weeks of fully paid parental leave within two years of the birth.
        """,
        "travel": """
        # Travel

        Employees may book economy class for flights under six hours.
        The daily meal allowance abroad is 64 euros. Receipts are due within 20 days of the journey's end.

        ## Hotels

        | City   | Limit a night |
        |--------|---------------|
        | Berlin | 150 euros     |
        | Oslo   | 210 euros     |

        ## What to hand in

        With the claim form you send:

        - the original receipts
        - the boarding passes
        - the manager's approval
        """,
        "zeit": """
        # Arbeitszeit

        Die wöchentliche Arbeitszeit beträgt 38,5 Stunden. Die Kernzeit liegt zwischen 10 und 15 Uhr.
        Überstunden müssen vorab genehmigt werden, z. B. durch die Teamleitung. Ab dem 1. Januar gilt Gleitzeit.
        """,
    ]

    /// Asks a question of the documents above.
    private func ask(
        _ question: String,
        after history: [(String, String)] = [],
        instructions: String? = nil,
        of documents: [String: String] = Self.documents
    ) throws -> ExtractiveAnswer {
        let queue = try DatabaseQueue()
        try EngineSchema.migrator.migrate(queue)
        return try queue.write { db in
            for (fileID, text) in documents {
                let passages = try PassageSplitter.passages(of: try MarkdownReader.document(from: text))
                try PassageIndex.insert(passages, fileID: fileID, filename: "\(fileID).md", in: db)
            }
            return try Answerer().answer(
                question,
                history: history.map { Answerer.Exchange(question: $0.0, answer: $0.1) },
                instructions: instructions,
                maximumResults: 5,
                search: { try PassageIndex.search($0, fileIDs: Set(documents.keys), limit: $1, in: db) },
                rarity: { try PassageIndex.rarity(of: $0, in: db) }
            )
        }
    }

    @Test(arguments: [
        ("How many days of annual leave do full-time employees get?", "leave", "27 days"),
        ("What is the meal allowance abroad?", "travel", "64 euros"),
        ("How long is parental leave?", "leave", "18 weeks"),
        ("how much vacation can i carry over into next year", "leave", "5 unused days"),
        ("When are receipts due?", "travel", "within 20 days"),
        ("What is the hotel limit a night in Oslo?", "travel", "City: Oslo; Limit a night: 210 euros"),
        ("Wie lang ist die wöchentliche Arbeitszeit?", "zeit", "38,5 Stunden."),
        ("Wer muss Überstunden genehmigen?", "zeit", "z. B. durch die Teamleitung."),
        ("Ab wann gilt die Gleitzeit?", "zeit", "Ab dem 1. Januar gilt Gleitzeit."),
    ])
    func answersFromTheRightDocument(question: String, fileID: String, expected: String) throws {
        let answer = try ask(question)
        #expect(answer.text.contains(expected))
        #expect(answer.citations.map(\.passage.fileID) == [fileID])
        #expect(answer.queries == [question])
    }

    @Test(arguments: [
        ("Wie hoch ist die Nachtzulage?", "zulagen", "12 Prozent"),
        ("What percentage of the ticket does Brightwell pay?", "trips", "30 percent"),
        ("What percentage of the ticket does Brightwell Holding pay?", "trips", "30 percent"),
    ])
    func answersFromPassagesWithoutSomeWordsOfTheQuestion(question: String, fileID: String, expected: String) throws {
        let answer = try ask(
            question,
            of: [
                "zulagen":
                    "# Zulagen\n\nDie Nachtzulage beträgt 12 Prozent.\n\n## Anreise\n\nDie Anreise wird mit 4 Euro bezahlt.",
                "trips": "Brightwell Ltd.\n\n# Trains\n\nThe company pays 30 percent of the ticket.",
            ]
        )
        #expect(answer.text.contains(expected))
        #expect(answer.citations.map(\.passage.fileID) == [fileID])
    }

    /// `Rate` may be a sum of money, but a cell that the question names answers before one of that kind.
    @Test func aNamedCellAnswersBeforeAllElse() throws {
        let remark = "Further parts are kept in the lower store and are ordered twice a year."
        let remarks = Array(repeating: remark, count: 5)
        let answer = try ask(
            "What is the rate of Meadow?",
            of: [
                "mixes": """
                | Mix | Rate | Sack price | Remarks |
                |---|---|---|---|
                | Meadow | 60 g/m² | 13.60 euros | \(remarks.joined(separator: " ")) |
                | Bank | 90 g/m² | 15.20 euros | \(remarks.joined(separator: " ")) |
                """
            ]
        )
        #expect(answer.text.hasPrefix("Mix: Meadow; Rate: 60 g/m²"))
    }

    @Test func doesNotTakeANamedPlaceForTheWholeFile() throws {
        let answer = try ask(
            "What percentage of the ticket is paid in Lyon?",
            of: ["trips": "# Oslo\n\nThe company pays 30 percent of the ticket.\n\n# Lyon\n\nNo ticket is paid here."]
        )
        #expect(!answer.text.contains("30 percent"))
    }

    /// Chinese, Japanese and Thai, which have no blanks between words.
    @Test(arguments: [
        ("带薪年假有几天？", "zh", "十五天"), ("病假需要什么证明？", "zh", "医生证明"), ("出張の日当はいくらですか？", "ja", "三千円"),
        ("宿泊費はいくらまで支払われますか？", "ja", "一万円"), ("ลาพักร้อนได้กี่วัน", "th", "สิบห้าวัน"),
        ("駐車場の料金の上限はいくらですか", "ja", "五千円"), ("年假最多多少天？", "zh", "十五天"),
    ])
    func answersWithoutBlanks(question: String, fileID: String, expected: String) throws {
        let answer = try ask(
            question,
            of: [
                "zh": "# 休假制度\n\n每位员工每年享有十五天带薪年假。病假需要提供医生证明。",
                "ja": "# 出張規程\n\n出張の日当は三千円です。宿泊費は一万円まで支払われます。駐車場は料金の五千円を上限とします。",
                "th": "# วันลา\n\nพนักงานลาพักร้อนได้ปีละสิบห้าวัน ลาป่วยต้องมีใบรับรองแพทย์",
            ]
        )
        #expect(answer.text.contains(expected))
        #expect(answer.citations.map(\.passage.fileID) == [fileID])
    }

    @Test(arguments: ["无线网络的密码是什么？", "駐車場の料金はいくらですか？"])
    func saysThatItCouldNotFindWhatIsNotThereWithoutBlanks(question: String) throws {
        let texts = ["zh": "每位员工每年享有十五天带薪年假。病假需要提供医生证明。", "ja": "出張の日当は三千円です。"]
        #expect(try ask(question, of: texts).citations.isEmpty)
    }

    @Test func quotesAListWithTheWordsThatLeadIntoIt() throws {
        let answer = try ask("What do I send with the claim form?")
        #expect(
            answer.text
                == "With the claim form you send:\n- the original receipts\n- the boarding passes\n- the manager's approval"
        )
    }

    @Test(arguments: [
        "What is the wifi password of the Oslo office?", "Which dental plan covers implants?", "Hello!", "", "???",
        "Write a haiku about autumn leaves.", "Who won the world cup in 1998?",
    ])
    func saysThatItCouldNotFindWhatIsNotThere(question: String) throws {
        let answer = try ask(question)
        #expect(answer.text == NotFoundSentence.standard)
        #expect(answer.citations.isEmpty)
    }

    @Test func quotesWordForWordAndBriefly() throws {
        let questions = [
            "annual leave days unused", "receipts allowance flights economy", "Überstunden Kernzeit Gleitzeit",
        ]
        for question in questions {
            let answer = try ask(question)
            #expect(answer.citations.count == 1)
            #expect(answer.text.wordCount < 80)
            let cited = try #require(answer.results.first { $0.fileID == answer.citations[0].passage.fileID })
            for sentence in SentenceSplitter.sentences(of: answer.text) { #expect(cited.text.contains(sentence)) }
        }
    }

    @Test func continuesTheConversation() throws {
        let meal = ("What is the meal allowance abroad?", "The daily meal allowance abroad is 64 euros.")
        let exactly = ("And how much is that exactly?", "The daily meal allowance abroad is 64 euros.")
        #expect(try ask("And how much is that exactly?", after: [meal]).text.contains("64"))
        #expect(try ask("How much is it?", after: [meal, exactly]).text.contains("64"))
        let carry = try ask("And how many unused days can I carry over into the next year?", after: [meal, exactly])
        #expect(carry.text.contains("5 unused days"))
        let days = ("How many days of annual leave do full-time employees get?", "27 days")
        #expect(try ask("and for part-time staff?", after: [days]).text.contains("Part-time employees"))
        let oslo = ("What is the hotel limit a night in Oslo?", "210")
        #expect(try ask("What about Berlin?", after: [oslo]).text.contains("150"))
    }

    @Test func doesNotAnswerAFollowUpFromTheOldQuestionAlone() throws {
        let meal = ("What is the meal allowance abroad?", "The daily meal allowance abroad is 64 euros.")
        #expect(try ask("And what is the wifi password there?", after: [meal]).citations.isEmpty)
        #expect(try ask("Thank you!", after: [meal]).citations.isEmpty)
    }

    @Test func ignoresTheConversationIfTheQuestionDoesNotContinueIt() throws {
        let wifi = ("What is the wifi password of the Oslo office?", "")
        let answer = try ask("How long is parental leave for parents?", after: [wifi])
        #expect(answer.text.contains("18 weeks"))
        #expect(answer.queries.count == 1)
    }

    @Test(arguments: [
        ("Die Größe beträgt 5 €.", 21), ("Grüße 👋🏽 sind Größe", 19), ("Is Größe paid?", 13),
    ])
    func putsTheCitationBeforeTheFullStop(text: String, index: Int) throws {
        let answer = try ask("Größe", of: ["a": text])
        #expect(answer.text == text)
        #expect(answer.citations.map(\.index) == [index])
    }

    @Test func cutsAStatementThatIsTooLong() throws {
        let text = "The allowance " + Array(repeating: "and so on", count: 40).joined(separator: " ") + " ends."
        let answer = try ask("What is the allowance?", of: ["a": text])
        #expect(answer.text.wordCount < 80)
        #expect(answer.text.hasSuffix(" …"))
    }

    @Test(arguments: [
        (
            "Do part-time people get all of the leave?", "I am not sure that this answers it:",
            "Part-time employees receive the same share"
        ),
        ("Are the boarding passes and receipts needed for taxis?", "I am not sure", "- the boarding passes"),
        ("Müssen Überstunden bezahlt werden?", "Ich bin nicht sicher", "Überstunden müssen vorab genehmigt"),
    ])
    func doubtsWhatMayNotAnswer(question: String, doubt: String, quoted: String) throws {
        let answer = try ask(question)
        #expect(answer.confidence == .unsure)
        #expect(answer.text.hasPrefix(doubt) && answer.text.contains(quoted), "\(answer.text)")
        #expect(answer.citations.count == 1)
    }

    @Test func quotesBelowAHeadingThatLimits() throws {
        let answer = try ask(
            "Are glasses paid?",
            of: ["health": "# Health\n\nWe pay for a doctor.\n\n## Not paid\n\n- teeth\n- glasses\n- massages"]
        )
        #expect(answer.text.hasSuffix("Not paid:\n- teeth\n- glasses\n- massages"), "\(answer.text)")
    }

    @Test func usesTheInstructionsSentenceForNotFound() throws {
        let answer = try ask(
            "Who is the king?",
            instructions: "Nothing found? Say “Sorry, that is not in our policies.”"
        )
        #expect(answer.text == "Sorry, that is not in our policies.")
    }
}
