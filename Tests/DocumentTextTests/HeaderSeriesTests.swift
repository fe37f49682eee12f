import Testing

@testable import DocumentText

/// Names of columns that begin with figures or have an empty corner, and rows that only look like them.
@Suite struct HeaderSeriesTests {
    private func lines(_ rows: [[String]]) async throws -> [String] {
        let bytes = WorkbookFixture.bytes(WorkbookFixture.rows(rows))
        return try await Array(extract(bytes, named: "a.xlsx").blocks.map(\.text).dropFirst())
    }

    @Test func stepsAreAboveAmounts() async throws {
        let lines = try await lines([
            ["Group", "1", "2", "3"], ["E15", "5504.48", "", "6276.11"], ["E14", "", "5318.64", "5741.11"],
        ])
        #expect(lines == ["Group: E15; 1: 5504.48; 3: 6276.11", "Group: E14; 2: 5318.64; 3: 5741.11"])
    }

    @Test func numberedWordsAreAboveFigures() async throws {
        let lines = try await lines([["Site", "Q1", "Q2", "Q3"], ["Ulm", "5", "6", "7"], ["Rome", "", "3", ""]])
        #expect(lines == ["Site: Ulm; Q1: 5; Q2: 6; Q3: 7", "Site: Rome; Q2: 3"])
    }

    @Test func codesAreAboveFigures() async throws {
        let lines = try await lines([
            ["Permit", "T-14", "S-18"], ["Time", "24 weeks", "9 weeks"], ["Fee", "645 USD", "910 USD"],
            ["Owner", "Ann", "Bob"],
        ])
        #expect(lines.first == "Permit: Time; T-14: 24 weeks; S-18: 9 weeks")
        #expect(lines.last == "Permit: Owner; T-14: Ann; S-18: Bob")
    }

    @Test func yearsAreAboveOtherFigures() async throws {
        let lines = try await lines([["Event", "2025", "2026"], ["Wedding", "1", "2"], ["Move", "", "1"]])
        #expect(lines == ["Event: Wedding; 2025: 1; 2026: 2", "Event: Move; 2026: 1"])
    }

    @Test func aSumIsBesideASeries() async throws {
        let lines = try await lines([
            ["Site", "2025", "2026", "Sum"], ["Ulm", "120", "130", "250"], ["Rome", "", "7", "7"],
        ])
        #expect(lines.last == "Site: Rome; 2026: 7; Sum: 7")
    }

    @Test func datesAreAboveFigures() async throws {
        let lines = try await lines([
            ["Site", "2026-01-01", "2026-02-01", "2026-03-01"], ["Ulm", "21", "20", "22"], ["Rome", "20", "", "21"],
        ])
        #expect(lines.last == "Site: Rome; 2026-01-01: 20; 2026-03-01: 21")
    }

    @Test func agesAreAboveShares() async throws {
        let lines = try await lines([
            ["Payer", "18-29", "30-44", "45+"], ["Staff", "3 %", "4 %", "5 %"], ["Firm", "5 %", "7 %", "9 %"],
        ])
        #expect(lines.last == "Payer: Firm; 18-29: 5 %; 30-44: 7 %; 45+: 9 %")
    }

    @Test func wordsAreAboveMarks() async throws {
        let lines = try await lines([
            ["Benefit", "Full-time", "Part-time", "Intern"], ["Car", "x"], ["Phone", "x", "x"], ["Gym", "", "", "x"],
        ])
        #expect(
            lines == [
                "Benefit: Car; Full-time: x", "Benefit: Phone; Full-time: x; Part-time: x", "Benefit: Gym; Intern: x",
            ]
        )
    }

    @Test func anEmptyCornerIsBesideYears() async throws {
        let lines = try await lines([["", "2020", "2026"], ["Ulm", "29", "30"], ["Rome", "", "26"]])
        #expect(lines == ["Ulm; 2020: 29; 2026: 30", "Rome; 2026: 26"])
    }

    @Test func yearsMayNameGroupsOfColumns() async throws {
        let lines = try await lines([
            ["", "2025", "", "2026", ""], ["Site", "Plan", "Actual", "Plan", "Actual"], ["Ulm", "10", "12", "11", ""],
            ["Rome", "5", "6", "7", ""],
        ])
        #expect(lines.last == "Site: Rome; 2025 Plan: 5; 2025 Actual: 6; 2026 Plan: 7")
    }

    /// Rows without names are told with a dash for each empty cell before another one.
    @Test(arguments: [
        ([["Ann", "yes", "no"], ["Bob", "", "yes"], ["Cy", "no", "no"]], "Bob; –; yes"),
        ([["Mon", "9-12", "13-17"], ["Tue", "", "13-17"], ["Wed", "9-12", "14-18"]], "Tue; –; 13-17"),
        ([["Ulm", "1", "2", "3"], ["Rome", "", "1", "4"], ["Oslo", "2", "2", "5"]], "Rome; –; 1; 4"),
        ([["Start", "2001", "2005"], ["Staff", "", "40"], ["Sites", "4", "6"]], "Staff; –; 40"),
        ([["Room", "A2.1", "B7.3"], ["Desk", "", "B7.4"], ["Lab", "A4.2", "B1.1"]], "Desk; –; B7.4"),
        ([["Open", "about 5", "about 8"], ["Closed", "", "9"], ["Shut", "4", "6"]], "Closed; –; 9"),
        ([["Ida", "Lyon", "Sales"], ["Bo", "", "IT"], ["Eva", "Rome", "IT"], ["Ugo", "Rome", "IT"]], "Bo; –; IT"),
        ([["", "Lyon", "Sales"], ["Bo", "", "IT"], ["Eva", "Rome", "Law"]], "Bo; –; IT"),
    ])
    func aRecordNamesNothing(rows: [[String]], line: String) async throws {
        #expect(try await lines(rows)[1] == line)
    }
}
