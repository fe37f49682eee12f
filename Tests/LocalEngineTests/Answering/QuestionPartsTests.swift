import Testing

@testable import LocalEngine

@Suite struct QuestionPartsTests {
    @Test(arguments: [
        (
            "When is pay day and how long is the probation period?",
            ["When is pay day?", "How long is the probation period?"]
        ),
        ("I moved. Do I get leave? May I bring dogs?", ["I moved. Do I get leave?", "May I bring dogs?"]),
        (
            "Wie viele Tage Urlaub habe ich und wann muss ich ihn beantragen?",
            ["Wie viele Tage Urlaub habe ich?", "Wann muss ich ihn beantragen?"]
        ),
        ("有給休暇は何日ですか？給料日はいつですか？", ["有給休暇は何日ですか？", "給料日はいつですか？"]),
        ("Can I carry over leave? It is 5 days. Thanks!", ["Can I carry over leave? It is 5 days. Thanks!"]),
        ("When and how do I apply for leave?", ["When and how do I apply for leave?"]),
        ("Is leave paid for drivers and cooks?", ["Is leave paid for drivers and cooks?"]),
        ("Is leave paid? Why?", ["Is leave paid? Why?"]), ("Leave", ["Leave"]),
        ("Who is ill and who do I tell?", ["Who is ill and who do I tell?"]),
        (
            "Is rent paid? Is fuel paid? Is food paid? Is wine paid?",
            ["Is rent paid? Is fuel paid? Is food paid? Is wine paid?"]
        ),
    ])
    func areTheQuestionsOfAMessage(message: String, parts: [String]) {
        #expect(QuestionParts.parts(of: message) == parts)
    }

    @Test(arguments: [("And for my partner?", true), ("And how do dogs travel?", false), ("Why?", true)])
    func areEllipticWithoutNames(question: String, isElliptic: Bool) {
        #expect(QuestionParts.isElliptic(question) == isElliptic)
    }
}

@Suite struct UsualWritingTests {
    @Test(arguments: [
        ("HOW LONG IS MATERNITY LEAVE?", "how long is maternity leave?"), ("how long is it?", "how long is it?"),
        ("PTO", "PTO"), ("KERNZEIT", "Kernzeit"), ("wo ist das gehalt", "Wo ist das Gehalt"),
        ("Wann kommt das Gehalt?", "Wann kommt das Gehalt?"),
        ("wie lang ist die kuendigungsfrist", "Wie lang ist die Kündigungsfrist"),
        ("gilt das fuer steuern?", "Gilt das für Steuern?"),
        ("WIE HOCH IST DER ZUSCHLAG FÜR SONNTAGE", "Wie hoch ist der Zuschlag für Sonntage"), ("", ""),
        ("12 %", "12 %"),
    ])
    func givesWordsTheLettersThatModelsKnow(text: String, usual: String) {
        #expect(text.inUsualWriting == usual)
    }
}
