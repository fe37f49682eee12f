import Testing

@testable import LocalEngine

@Suite struct RowLinesTests {
    private func texts(_ passage: String) -> [String] { Statement.statements(of: passage).map(\.text) }

    @Test(arguments: [
        "Press: Roland; Care: Turn it twice. Then wait for 4 hours. Ask Ida.",
        "Press: Roland; Care: Turn it twice. Then wait.\nPress: Goss; Care: Oil it. Do not wait.",
        "Roland; Care: Turn it twice. Then wait.\nGoss; Care: Oil it. Do not wait.",
        "Roland; Care: Turn it twice. Then wait.\nRoland; Place: Hall 2. It is cold there.",
        "Care: Turn it twice. Then wait.\nPlace: Hall 2. It is cold.\nCrew: Three. Four on Sundays.",
    ])
    func aRowIsOneStatement(passage: String) {
        #expect(texts(passage) == passage.split(separator: "\n").map { String($0) })
        #expect(Statement.statements(of: passage).allSatisfy { $0.isRow && $0.beginsLine })
    }

    @Test(arguments: [
        "Note: turn it twice. Then wait.", "- Press: Roland; Care: Turn it. Then wait.",
        "Turn it twice; then wait. Ask Ida: she knows.", "We pay for trains; an exception: taxis. Ask first.",
        "You pay. Note: we refund; keep this: the receipt. Ask Ida.",
    ])
    func aParagraphIsItsSentences(passage: String) {
        #expect(texts(passage).count == 2 || passage.hasPrefix("You"))
        #expect(Statement.statements(of: passage).allSatisfy { !$0.isRow })
    }

    @Test func aLongLineIsItsSentences() {
        let passage = "Press: Roland; Care: " + String(repeating: "Turn it twice and then wait. ", count: 20)
        #expect(texts(passage).count > 1)
    }

    @Test func rowsWhoseCellsAreSentencesAreATable() throws {
        let passage = "Press: Roland; Care: Turn it twice. Then wait.\nPress: Goss; Care: Oil it. Do not wait."
        let table = try #require(TableRows(of: Statement.statements(of: passage)).tables.first)
        #expect(table.map(\.key) == ["Roland", "Goss"])
        #expect(table.map { $0.cells.last?.text } == ["Turn it twice. Then wait.", "Oil it. Do not wait."])
    }
}
