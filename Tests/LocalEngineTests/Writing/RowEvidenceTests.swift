import Testing

@testable import LocalEngine

/// Figures of tables: a sentence has to name the row and the column.
@Suite struct RowEvidenceTests {
    private static let tables = [
        "meals": "Country: Germany; Breakfast: €9; Lunch: €18\nCountry: France; Breakfast: €11; Lunch: €20\n"
            + "Country: Spain; Breakfast: €9; Lunch: €16",
        "hotels": "Place: Zurich, Winterthur; Limit per night: €210\nPlace: London; Limit per night: €190\n"
            + "Place: London airport; Limit per night: €170\nPlace: Outside Europe; Limit per night: €180",
        "grades": "Grade: A; Contract: full time; Days: 27\nGrade: A; Contract: part time; Days: 20\n"
            + "Grade: B; Contract: full time; Days: 30",
        "extra": "Grade: A; Days: 27; Extra days: 3\nGrade: B; Days: 30; Extra days: 5",
        "pairs": "Utrecht: 40 hours\nLeipzig: 40 hours\nWinterthur: 41 hours",
        "list": "Annual leave:\n- Employees: 27 days.\n- Interns: 12 days.\n- Apprentices: 30 days.",
        "mixed": "Duration: 18 weeks\nCosts: €300\nContact: HR",
        "same": "Country: Germany; Allowance: €45\nCountry: France; Allowance: €45",
        "lone": "Country: Germany; Allowance: €45",
        "transposed": "Item: Bonus; Grade A: €1,200; Grade B: €2,400\nItem: Car; Grade A: €300; Grade B: €400",
    ]

    private static func isSupported(_ text: String, by table: String, asked question: String = "") throws -> Bool {
        let source = WritingSource(
            id: 1,
            fileID: "file-1",
            title: "Allowances",
            headings: ["Rates of the allowance"],
            text: try #require(tables[table])
        )
        return SentenceCheck([source], question: question, language: nil, encoder: nil)
            .support(of: WrittenSentence(text: text, cited: [1])) != nil
    }

    @Test(arguments: [
        ("meals", "In Germany the rate for lunch is €18."), ("meals", "Lunch in France: €20"),
        ("meals", "In Germany breakfast is €9 and lunch is €18."),
        ("meals", "Country: Germany; Breakfast: €9; Lunch: €18"),
        ("meals", "Lunch is €18 in Germany, €20 in France and €16 in Spain."),
        ("hotels", "The limit per night in Zurich is €210."), ("hotels", "The limit per night in London is €190."),
        ("hotels", "At London airport the limit per night is €170."),
        ("grades", "Grade A has 20 days with a part time contract."), ("grades", "Grade B has 30 days."),
        ("extra", "Grade A has 27 days."), ("extra", "Grade A has 3 extra days."),
        ("extra", "Grade A has 27 days and grade B has 30 days."), ("extra", "For grade A, there are 27 days."),
        ("pairs", "The week in Leipzig has 40 hours."), ("pairs", "The week in Winterthur has 41 hours."),
        ("list", "Interns have an annual leave of 12 days."), ("mixed", "The rate is for 18 weeks."),
        ("same", "The allowance is €45."), ("lone", "The allowance in Germany is €45."),
        ("transposed", "The bonus is €2,400 in grade B."),
    ])
    func supportsFiguresWithTheirLabels(table: String, text: String) throws {
        #expect(try Self.isSupported(text, by: table))
    }

    @Test(arguments: [
        // Without the row, or with another.
        ("meals", "The rate for lunch is €18."), ("meals", "The allowance for lunch in France is €18."),
        ("meals", "In Germany breakfast is €9 and lunch is €20."),
        ("meals", "Lunch is €20 in Germany, €18 in France and €16 in Spain."),
        ("hotels", "The limit per night is €190."), ("hotels", "The limit per night in London is €170."),
        ("hotels", "The limit per night in Zurich is €180."),
        ("grades", "Grade A has 20 days."), ("grades", "Grade A has 30 days."), ("extra", "There are 27 days."),
        ("extra", "Grade A has 30 days and grade B has 27 days."), ("extra", "Grades A and B have 30 days."),
        ("extra", "There are 30 days in grade B and grade A."),
        ("pairs", "A week has 40 hours."), ("pairs", "The week in Winterthur has 40 hours."),
        ("list", "The annual leave is 12 days."), ("list", "Apprentices have an annual leave of 12 days."),
        ("lone", "The allowance is €45."),
        // Without the column, or with another.
        ("meals", "The rate in Germany is €18."), ("meals", "The allowance for breakfast in Germany is €18."),
        ("extra", "Grade A has 3 days."), ("extra", "Grade A has 27 extra days."),
        ("transposed", "The bonus is €2,400 in grade A."), ("transposed", "The bonus is €1,200."),
    ])
    func dropsFiguresWithoutTheirLabels(table: String, text: String) throws {
        #expect(try !Self.isSupported(text, by: table))
    }

    @Test func whatTheQuestionNamesNeedsNoRepetition() throws {
        func isSupported(_ text: String, asked question: String) throws -> Bool {
            try Self.isSupported(text, by: "meals", asked: question)
        }
        #expect(try isSupported("The rate for lunch is €18.", asked: "How much is lunch in Germany?"))
        #expect(try isSupported("The rate is €18.", asked: "How much is lunch in Germany?"))
        #expect(try !isSupported("The rate for lunch is €18.", asked: "How much is lunch in France?"))
        #expect(try !isSupported("The rate for lunch is €18.", asked: "How much is lunch in Germany and in France?"))
        #expect(try !isSupported("The rate is €18.", asked: "How much is breakfast in Germany?"))
        #expect(try !isSupported("The rate for lunch is €18.", asked: "How much is lunch?"))
    }
}
