import Testing

@testable import LocalEngine

@Suite struct AnswerKindTests {
    @Test(arguments: [
        ("How many days of annual leave do I get?", AnswerKind.count(of: "dai")),
        ("Wie viele Ferientage habe ich?", .count(of: WordStem.of("ferientage"))),
        ("How long is parental leave?", .duration), ("How much time off do I get?", .duration),
        ("What share does the company pay?", .share), ("What does a hotel cost?", .money),
        ("How many times a year do we meet?", .frequency), ("How often do we meet?", .frequency),
        ("Wie viel Euro bekomme ich?", .money), ("What do I get for a week on call?", .amount),
        ("Was bekomme ich für Rufbereitschaft?", .amount),
        ("Can I carry days over, and until when?", .date), ("Wann beginnt die Kernzeit?", .date),
        ("Who approves overtime?", .person), ("May I work from home?", .permission),
        ("And for staff who work part-time?", .anything), ("Tell me about travel", .anything),
    ])
    func isReadFromTheQuestion(question: String, kind: AnswerKind) {
        #expect(AnswerKind(of: question) == kind)
    }

    /// French, Spanish, Italian, Dutch and Portuguese.
    @Test(arguments: [
        ("Combien de jours de congé ai-je ?", AnswerKind.count(of: "jour")),
        ("Combien de temps dure le préavis ?", .duration), ("Combien de fois par an se réunit-on ?", .frequency),
        ("Combien coûte le repas ?", .money), ("Quel est le montant de la prime ?", .money),
        ("Quand dois-je remettre la note ?", .date), ("Est-ce que je peux travailler chez moi ?", .permission),
        ("¿Cuántos días me dan si me mudo?", .count(of: "dia")), ("¿Cuánto tiempo dura la prueba?", .duration),
        ("¿Cuánto cuesta el comedor?", .money), ("¿Quién aprueba las horas extra?", .person),
        ("¿Qué porcentaje paga la empresa?", .share), ("Quanti giorni di ferie ho?", .count(of: "giorni")),
        ("Quanto mi rimborsano per chilometro?", .amount), ("Ogni quanto ci riuniamo?", .frequency),
        ("Hoeveel dagen verlof heb ik?", .count(of: "dagen")), ("Hoeveel krijg ik per kilometer?", .amount),
        ("Hoe laat moet ik me ziek melden?", .date), ("Wie keurt mijn verlof goed?", .person),
        ("Hoeveel keer per jaar komen we samen?", .frequency), ("Hoeveel maal mag ik wisselen?", .frequency),
        ("Quantas semanas de licença tem a mãe?", .count(of: WordStem.of("semanas"))),
        ("De quanto é o vale-refeição?", .amount), ("Posso trabalhar de casa?", .permission),
    ])
    func isReadFromTheQuestionInOtherLanguages(question: String, kind: AnswerKind) {
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
        (.count(of: "dia"), "Se conceden quince días.", "Se concede una hora al día."),
        (.count(of: "jour"), "On obtient vingt-deux jours.", "On obtient un ordinateur."),
        (.count(of: "giorni"), "Spettano ventisei giorni.", "Spetta una giacca."),
        (.count(of: "dagen"), "U heeft recht op 27 vakantiedagen.", "U heeft recht op 3 laptops."),
        (.share, "A empresa paga oitenta por cento.", "A empresa paga oitenta reais."),
        (.money, "O vale é de 35 reais.", "O vale é de 35 horas."), (.date, "Le 3 février.", "Le repas."),
        // A year is no amount.
        (.amount, "It costs 2000.", "This replaces the scheme of 2023."), (.amount, "In 2020 hours.", "In May 2020."),
        (.date, "Since 2023.", "Since then."),
        // Words of one language that are numbers in another.
        (.amount, "It costs 40.", "The payment is due."), (.amount, "40 Personen.", "Otto zahlt."),
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
