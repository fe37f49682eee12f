import Testing

@testable import LocalEngine

@Suite struct AnswerKindTests {
    @Test(arguments: [
        ("How many days of annual leave do I get?", AnswerKind.count(of: "dai")),
        ("Wie viele Ferientage habe ich?", .count(of: WordStem.of("ferientage"))),
        ("How long is parental leave?", .duration), ("How much time off do I get?", .duration),
        ("What share does the company pay?", .share), ("What does a hotel cost?", .money),
        ("How many times a year do we meet?", .frequency), ("How often do we meet?", .frequency),
        ("Wie viel Euro bekomme ich?", .money),
        ("Can I carry days over, and until when?", .date), ("Wann beginnt die Kernzeit?", .date),
        ("Who approves overtime?", .person), ("May I work from home?", .permission),
        ("And for staff who work part-time?", .anything), ("Tell me about travel", .anything),
    ])
    func isReadFromTheQuestion(question: String, kind: AnswerKind) {
        #expect(AnswerKind(of: question) == kind)
    }

    @Test(arguments: [
        (AnswerKind.count(of: "dai"), "You get 27 days.", "You get 3 laptops."),
        (.duration, "It takes six weeks.", "It costs €6."), (.money, "It costs CHF 40.", "It takes 40 days."),
        (.share, "The company pays 50%.", "The company pays €50."), (.date, "By 31 March.", "Within the limit."),
        (.date, "Before 09:00 sharp.", "Before lunch."), (.person, "Your manager decides.", "It rains."),
        (.permission, "You may not smoke.", "Smoke rises."), (.frequency, "We meet twice.", "We meet."),
        (.count(of: "dai"), "It is 4 weeks.", "It is 4 laptops."),
        (.count(of: "dollar"), "It is €40.", "It is 40 days."),
        (.count(of: "tage"), "Der Urlaub beträgt 24 Werktage.", "Es gibt 24 Etagen."),
        (.duration, "Höchstens 6 Kalendermonate.", "Höchstens 6 Personen."),
        (.share, "Es sind 9 vom Hundert.", "Es sind 9 Tage."),
    ])
    func tellsAStatementThatFits(kind: AnswerKind, fitting: String, other: String) throws {
        let statements = Statement.statements(of: "\(fitting)\n\(other)")
        #expect(statements.count == 2)
        #expect(statements[0].fits(kind) > statements[1].fits(kind))
    }

    @Test func takesNamesFromAnEnglishQuestionOnly() {
        #expect(ProperNames.names(in: "How many weeks does New York give?") == ["york"])
        #expect(ProperNames.names(in: "Wie viele Ferien habe ich in Winterthur?").isEmpty)
        #expect(ProperNames.names(in: "HOW MANY DAYS DO I GET?").isEmpty)
    }
}
