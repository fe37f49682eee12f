import Testing

@testable import PolicyAssistant

@Suite struct SuggestedQuestionTests {
    private func question(_ heading: String, title: String? = nil, _ language: TextLanguage = .other) -> String? {
        SuggestedQuestion(heading: heading, title: title, language: language)?.text
    }

    @Test(arguments: [
        ("How much leave you have", "How much leave do I have?"),
        ("How long you can stay", "How long can I stay?"),
        ("HOW LONG WE KEEP DATA", "How long do we keep data?"),
        ("How to give notice", "How do I give notice?"),
        ("Why we pay a bonus", "Why do we pay a bonus?"),
        ("What the budget pays for", "What does the budget pay for?"),
        ("What the insurance carries", "What does the insurance carry?"),
        ("Who can work remotely", "Who can work remotely?"),
        ("Which candidates count", "Which candidates count?"),
        ("When you resign", "What happens when I resign?"),
        ("When your child is ill", "What happens when my child is ill?"),
        ("If you are late for work", "What happens if I am late for work?"),
        ("Can I bring my dog?", "Can I bring my dog?"),
        ("Carrying leave over", "What are the rules for carrying leave over?"),
        ("Your last weeks", "What are the rules for my last weeks?"),
        ("HR contacts abroad", "What are the rules for HR contacts abroad?"),
    ])
    func turnsHeadingsIntoWhatAPersonAsks(_ heading: String, _ asked: String) {
        #expect(question(heading) == asked)
    }

    @Test(arguments: [
        "What you have", "How much", "How many days", "When it is paid", "Who can earn it", "Who takes part",
        "Purpose and scope",
        "PURPOSE", "Questions", "Review and questions", "The weeks at a glance", "Approval", "Where", "What?", "",
    ])
    func leavesOutHeadingsThatMakeNone(_ heading: String) {
        #expect(question(heading) == nil)
    }

    @Test func asksForASingleWordByTheDocumentsTitle() {
        let policy = question("Approval", title: "Learning Budget Policy")
        #expect(policy == "What does the Learning Budget Policy say about approval?")
        #expect(question("Hotels", title: "Travel") == "What does “Travel” say about hotels?")
    }

    @Test(
        arguments: [
            ("Arbeitszeit", "Welche Regeln gelten für Arbeitszeit?"),
            ("Feiertage und Betriebsferien", "Welche Regeln gelten für Feiertage und Betriebsferien?"),
            ("Die Probezeit", "Welche Regeln gelten für die Probezeit?"),
            ("Wie lange dauert die Probezeit?", "Wie lange dauert die Probezeit?"),
            ("Zweck und Geltung", nil), ("Fragen", nil), ("Wenn Sie kündigen", nil), ("Der Weg zur Arbeit", nil),
            ("Wie viel Urlaub Sie haben", nil),
        ] as [(String, String?)]
    )
    func asksInGerman(_ heading: String, _ asked: String?) {
        #expect(question(heading, .german) == asked)
    }

    @Test func theLanguageIsTheDocuments() {
        let german = Outline(of: "# Standort\n\n## Ferien\n\nDie Ferien sind mit der Leitung abzustimmen.\n\n## Lohn")
        #expect(german.language == .german)
        #expect(Outline(of: "# Site\n\nThe leave of the team is for you.").language == .other)
    }

    @Test func whatSoundsMostLikeAQuestionComesFirst() {
        let file = IndexedDocument(
            path: "a.md",
            fileID: "f",
            sha256: "",
            bytes: 1,
            modified: "",
            uploadedAt: nil,
            revision: 1
        )
        let outline = Outline(
            of: "# Leave Policy\n## Approval\n## Carrying leave over\n## What you have\n## When you resign"
        )
        #expect(
            Topic.choose(from: [(file, outline)]).map(\.heading) == [
                "When you resign", "Carrying leave over", "Approval",
            ]
        )
    }
}
