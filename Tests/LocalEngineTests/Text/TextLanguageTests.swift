import Testing

@testable import LocalEngine

/// Which language a text is in, and what is said in it.
@Suite struct TextLanguageTests {
    @Test(arguments: [
        ("How much holiday do I get?", TextLanguage.english), ("Was ist Mutterschutz?", .german),
        ("Wann war die Frist?", .german), ("Darf ich samstags arbeiten?", .german), ("Sind Hunde ok?", .german),
        ("Combien de jours de congé ai-je par an ?", .french), ("¿Cuántos días de vacaciones tengo?", .spanish),
        ("Quanti giorni di ferie ho all'anno?", .italian), ("Hoeveel vakantiedagen heb ik?", .dutch),
        ("Quantos dias de férias tenho?", .portuguese), ("Сколько у меня дней отпуска?", .other),
        ("年次有給休暇は何日ですか。", .other), ("Can I carry over annual leave to the next year?", .english),
        (
            "§ 31 Unabdingbarkeit Von den Vorschriften dieses Gesetzes kann nicht zu Ungunsten der geschützten Personen "
                + "abgewichen werden.", .german
        ),
        ("¿Qué porcentaje paga la empresa?", .spanish), ("Que licença é a da mãe?", .portuguese),
        ("Hotels in Vienna cost at most 130 euros a night, in Graz 110.", .english),
    ])
    func recognisesTheLanguage(text: String, language: TextLanguage) {
        #expect(TextLanguage(of: text) == language)
    }

    @Test(arguments: [
        "", "Urlaub", "parental leave", "| 2024 | 130 | 64 |", "Laptop kaputt, was tun?",
        "Berlin, Hamburg, Köln, Wien: 130 / 110 / 95 / 120",
    ])
    func doesNotGuess(text: String) {
        #expect(TextLanguage(of: text) == nil)
    }

    /// One word may be part of a name or an address.
    @Test func needsSeveralWordsWhereAsked() {
        #expect(TextLanguage(of: "README Read on example.com", fewest: 3) == nil)
        #expect(TextLanguage(of: "Hunde dürfen ins Büro", fewest: 3) == nil)
        #expect(TextLanguage(of: "Hunde dürfen freitags mit in das Büro", fewest: 3) == .german)
    }

    @Test func speaksTheLanguageOfTheQuestion() {
        #expect(AnswerPhrases(for: "Wie viel Urlaub habe ich?", after: []) == AnswerPhrases(in: .german))
        #expect(AnswerPhrases(for: "How much leave do I have?", after: []) == AnswerPhrases(in: .english))
        #expect(AnswerPhrases(for: "Сколько у меня дней отпуска?", after: []) == AnswerPhrases(in: .english))
    }

    /// A question of a few words is in the language of the one before.
    @Test func speaksTheLanguageOfTheConversation() {
        let history = [
            Answerer.Exchange(question: "What is the allowance?", answer: "64 euros."),
            Answerer.Exchange(question: "Wie viel Urlaub habe ich?", answer: "27 days."),
        ]
        #expect(AnswerPhrases(for: "Elternzeit?", after: history) == AnswerPhrases(in: .german))
        #expect(AnswerPhrases(for: "Elternzeit?", after: []) == AnswerPhrases(in: .english))
        let found = ["Zeilen; 1; 2", "Die Elternzeit ist lang.", "It is long."].map {
            ScoredPassage(fileID: "file-1", headings: [], text: $0, score: 1)
        }
        #expect(AnswerPhrases(for: "Elternzeit?", after: [], among: found) == AnswerPhrases(in: .german))
        #expect(AnswerPhrases(for: "How long is it?", after: [], among: found) == AnswerPhrases(in: .english))
    }

    @Test func saysEachSentenceInEachLanguage() {
        let named = TextLanguage.allCases.filter { $0 != .other }.map { AnswerPhrases(in: $0) }
        #expect(Set(named.map(\.notFound)).count == named.count)
        #expect(Set(named.map(\.doubt)).count == named.count)
    }

    /// Without the encoder, too, refusals are in the question's language; the instructions' sentence holds for its own.
    @Test(arguments: [
        ("Wie viele Monde hat der Jupiter?", nil, AnswerPhrases(in: .german).notFound),
        ("How many moons does Jupiter have?", nil, AnswerPhrases(in: .english).notFound),
        ("How many moons does Jupiter have?", "Otherwise say “I could not find that.”", "I could not find that."),
        (
            "Wie viele Monde hat der Jupiter?", "Otherwise say “I could not find that.”",
            AnswerPhrases(in: .german).notFound
        ),
    ])
    func refusesInTheLanguageOfTheQuestion(question: String, instructions: String?, sentence: String) throws {
        let answer = try Answerer().answer(
            question,
            history: [],
            instructions: instructions,
            maximumResults: 10,
            search: { _, _ in [] }
        )
        #expect(answer.text == sentence)
    }
}
