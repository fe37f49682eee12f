import Testing

@testable import LocalEngine

@Suite struct NotFoundSentenceTests {
    @Test(arguments: [
        "Answer only from the files. If they do not hold the answer, say that you could not find it.",
        "If you cannot find it, say \"not found\".",
        "Off topic: answer “I can only help you with company policies.”",
        "", "An open \" quotation, not found",
    ])
    func hasAStandard(instructions: String) {
        #expect(NotFoundSentence.sentence(in: instructions) == NotFoundSentence.standard)
        #expect(NotFoundSentence.sentence(in: nil) == NotFoundSentence.standard)
    }

    @Test(arguments: [
        "1. Be brief.\n2. Nothing found: answer `I'm sorry, ask the people team.`\n3. Off topic: \"I only talk about policies.\"",
        "- Off topic, say “I only talk about policies.”\n- If the documents do not contain the answer, say exactly:\n  “I'm sorry, ask the people team.”",
        "Off topic say \"I only talk about policies.\"; when you cannot find it say \"I'm sorry, ask the people team.\"",
        "Say „I'm sorry, ask the people team.“ wenn die Antwort nicht enthalten ist.",
    ])
    func takesTheQuotedSentence(instructions: String) {
        #expect(NotFoundSentence.sentence(in: instructions) == "I'm sorry, ask the people team.")
    }

    @Test func prefersTheSentenceThatSaysSoItself() {
        let instructions =
            "Questions not in the files are “off the topic here”.\n\nOtherwise: “I couldn't find that, sorry.”"
        #expect(NotFoundSentence.sentence(in: instructions) == "I couldn't find that, sorry.")
    }

    private static let company =
        "- Off topic: “I only talk about policies.”\n- If the files do not hold the answer: “I couldn't find that, ask Ana.” "
        + "Auf Deutsch: „Dazu steht hier nichts, bitte fragen Sie Ana.“ En français : « Demandez à Ana, je ne sais pas. »"

    /// A sentence of the instructions holds for questions in its own language; the engine has one for each other language.
    @Test(arguments: [
        (TextLanguage.english, "I couldn't find that, ask Ana."),
        (.german, "Dazu steht hier nichts, bitte fragen Sie Ana."),
        (.french, "Demandez à Ana, je ne sais pas."),
        (.spanish, "No he encontrado la respuesta en los documentos."),
        (.italian, "Non ho trovato la risposta nei documenti."),
        (.dutch, "Ik kon het antwoord niet in de documenten vinden."),
        (.portuguese, "Não encontrei a resposta nos documentos."),
        (.other, "I couldn't find that, ask Ana."), (nil, "I couldn't find that, ask Ana."),
    ])
    func isInTheLanguageOfTheQuestion(language: TextLanguage?, sentence: String) {
        #expect(NotFoundSentence.sentence(in: Self.company, for: language) == sentence)
    }

    @Test(arguments: [
        ("Wenn nichts gefunden wird: „Ich habe dazu leider nichts gefunden.“", TextLanguage.english, false),
        ("Wenn nichts gefunden wird: „Ich habe dazu leider nichts gefunden.“", .german, true),
        ("Si la réponse manque : « Je n’ai rien trouvé sur ce sujet. »", .french, true),
        ("Si la réponse manque : « Je n’ai rien trouvé sur ce sujet. »", .dutch, false),
        ("Si no: «No he encontrado nada sobre eso.»", .spanish, true),
        ("Altrimenti: «Non ho trovato nulla nei documenti.»", .italian, true),
        ("Anders: “Daarover heb ik niets gevonden.”", .dutch, true),
        ("Senão: “Não encontrei nada sobre isso.”", .portuguese, true),
        // A sentence in an unknown language is said to all.
        ("Not found: “Tyvärr hittade jag inget svar.”\nSvara kort.", .german, true),
    ])
    func holdsForItsOwnLanguage(instructions: String, language: TextLanguage, isUsed: Bool) throws {
        let sentence = NotFoundSentence.sentence(in: instructions, for: language)
        #expect((sentence == AnswerPhrases(in: language).notFound) == !isUsed)
        #expect(instructions.contains(sentence) == isUsed)
    }

    /// Translations may be list items of their own, if they say themselves that nothing was found.
    @Test func findsTranslationsInItemsOfTheirOwn() {
        let instructions = "If there is no answer:\n- “I could not find it.”\n- „Das habe ich nicht gefunden.“"
        #expect(NotFoundSentence.sentence(in: instructions, for: .english) == "I could not find it.")
        #expect(NotFoundSentence.sentence(in: instructions, for: .german) == "Das habe ich nicht gefunden.")
    }
}
