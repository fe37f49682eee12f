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
}
