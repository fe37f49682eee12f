import Testing

@testable import DocumentText

@Suite struct CSVTablesTests {
    private func lines(_ text: String) async throws -> [String] {
        try await extract(text.utf8, named: "a.csv").blocks.map(\.text)
    }

    @Test(arguments: [
        "Hut,Beds\nLarch,12\nCloud,20\n\nFerry,Cabins\nGull,40\n",
        "Huts\nHut,Beds\nLarch,12\nCloud,20\n\nFerries\nFerry,Cabins\nGull,40\n",
        "Hut,Beds,,Ferry,Cabins\nLarch,12,,Gull,40\nCloud,20,,,\n",
    ])
    func readsSeveralTables(text: String) async throws {
        let lines = try await lines(text).filter { $0.contains(":") }
        #expect(lines == ["Hut: Larch; Beds: 12", "Hut: Cloud; Beds: 20", "Ferry: Gull; Cabins: 40"])
    }

    @Test func aTitleAboveNamesBeginsATable() async throws {
        let text = """
            Huts
            Hut,Beds,Fee
            Larch,12,30
            Cloud,20,45
            Ferries
            Ferry,Cabins,Crew
            Gull,40,9
            Tern,55,7
            """
        #expect(
            try await lines(text) == [
                "Huts", "Hut: Larch; Beds: 12; Fee: 30", "Hut: Cloud; Beds: 20; Fee: 45", "Ferries",
                "Ferry: Gull; Cabins: 40; Crew: 9", "Ferry: Tern; Cabins: 55; Crew: 7",
            ]
        )
    }

    @Test func linesGoOnBelowBlankOnes() async throws {
        let lines = try await lines("Hut,Beds\n\nLarch,12\n\nCloud,20\nGoat,8\n")
        #expect(lines == ["Hut: Larch; Beds: 12", "Hut: Cloud; Beds: 20", "Hut: Goat; Beds: 8"])
    }

    @Test func namesNoTextsByAnotherTable() async throws {
        let lines = try await lines("Hut,Warden\nLarch,Ida\nCloud,Bo\n\nFerry,Captain\nGull,Eva\n")
        #expect(!lines.contains("Hut: Ferry; Warden: Captain"))
        #expect(!lines.contains("Hut: Gull; Warden: Eva"))
    }

    @Test(arguments: ["", ":"])
    func labelsWithValuesAboveRepeatedNamesBeginATable(colon: String) async throws {
        let text = """
            Site\(colon),North
            Warden\(colon),Ida
            Hut,Beds,Fee,Dogs
            Larch,12,30,2
            Cloud,20,45,1
            Site\(colon),South
            Warden\(colon),Bo
            Hut,Beds,Fee,Dogs
            Goat,8,25,0
            """
        #expect(
            try await lines(text) == [
                "Site: North", "Warden: Ida", "Hut: Larch; Beds: 12; Fee: 30; Dogs: 2",
                "Hut: Cloud; Beds: 20; Fee: 45; Dogs: 1", "Site: South", "Warden: Bo",
                "Hut: Goat; Beds: 8; Fee: 25; Dogs: 0",
            ]
        )
    }

    @Test func aShortRecordAboveRepeatedNamesIsNoLabel() async throws {
        let lines = try await lines(
            "Hut,Beds,Fee,Dogs\nLarch,12,30,2\nCloud,20,,\nHut,Beds,Fee,Dogs\nGoat,8,25,0\n"
        )
        #expect(lines[1] == "Hut: Cloud; Beds: 20")
        #expect(lines.last == "Hut: Goat; Beds: 8; Fee: 25; Dogs: 0")
    }

    @Test func labelsAreForTheRowsBelow() async throws {
        let lines = try await lines("Hut,Beds,Fee\nNorth,,\nLarch,12,30\nCloud,20,45\nSouth,,\nLarch,7,25\n")
        #expect(lines.last == "South; Hut: Larch; Beds: 7; Fee: 25")
    }

    @Test(arguments: [
        ("Step 1;2.450,00\nStep 2;2.600,50\n", "Step 2: 2.600,50"), ("Ida,30 days\nBo,25 days\n", "Bo: 25 days"),
        ("Hut;Fee\nLarch;2.450,00\n", "Hut: Larch; Fee: 2.450,00"),
        ("Site;01.01.2026;01.02.2026\nUlm;21;20\n", "Site: Ulm; 01.01.2026: 21; 01.02.2026: 20"),
    ])
    func commasMayBeInFigures(text: String, line: String) async throws {
        #expect(try await lines(text).last == line)
    }

    @Test func namesMayBeOnTwoLines() async throws {
        let text = """
            Leave,,Full time,,Part time,
            Type,Code,Days,Paid,Days,Paid
            Wedding,W,2,yes,1,yes
            Move,M,1,no,1,no
            """
        #expect(
            try await lines(text).last
                == "Leave Type: Move; Leave Code: M; Full time Days: 1; Full time Paid: no; Part time Days: 1; Part time Paid: no"
        )
    }

    @Test func yearsNameTheColumns() async throws {
        #expect(try await lines("Type;2025;2026\nWedding;1;2\nMove;;1\n").last == "Type: Move; 2026: 1")
    }

    @Test func theFirstLineMayNameTheSeparator() async throws {
        #expect(try await lines("sep=;\nDesk;Call, free\nGate;0049-331\n").last == "Desk: Gate; Call, free: 0049-331")
    }

    @Test func pairsAboveATableHaveNoHeader() async throws {
        let text = "Report,Balances\nCreated,2026-03-01\nBy,Payroll\n\nWho,Days,Carried\nAna,12,3\nBo,7,0\n"
        #expect(
            try await lines(text) == [
                "Report: Balances", "Created: 2026-03-01", "By: Payroll", "Who: Ana; Days: 12; Carried: 3",
                "Who: Bo; Days: 7; Carried: 0",
            ]
        )
        #expect(
            try await lines("Grade,Days\nA,25\nB,29\n\nSite,Lot,Fee\nUlm,P2,30\nHof,P5,20\n").prefix(2)
                == ["Grade: A; Days: 25", "Grade: B; Days: 29"]
        )
    }

    @Test func readsTextsThatAreWrittenAsFormulas() async throws {
        let text = "Code;Rate\n=\"00123\";\"=\"\"1,5\"\"\"\n=\"00\";=A1\n"
        #expect(try await lines(text) == ["Code: 00123; Rate: 1,5", "Code: 00; Rate: =A1"])
    }

    @Test(arguments: [
        ("1 January,New Year\n3 April,Good Friday", ["1 January: New Year", "3 April: Good Friday"]),
        ("01.01.2026;Neujahr\n03.04.2026;Karfreitag", ["01.01.2026: Neujahr", "03.04.2026: Karfreitag"]),
        (
            "Grade,Leave (days),,\n,up to 2 years,3 to 7 years,from 8 years\nA,22,23,25\nB,24,26,28",
            [
                "Grade: A; Leave (days) up to 2 years: 22; Leave (days) 3 to 7 years: 23; Leave (days) from 8 years: 25",
                "Grade: B; Leave (days) up to 2 years: 24; Leave (days) 3 to 7 years: 26; Leave (days) from 8 years: 28",
            ]
        ),
        (
            "Service,Full pay,Half pay\n(years),(weeks),(weeks)\n0,2,3\n1,5,6",
            [
                "Service (years): 0; Full pay (weeks): 2; Half pay (weeks): 3",
                "Service (years): 1; Full pay (weeks): 5; Half pay (weeks): 6",
            ]
        ),
    ])
    func readsDatesAsRowsAndHeadersOfTwoRows(text: String, rows: [String]) throws {
        #expect(try CSVReader.document(from: text).blocks.map(\.text) == rows)
    }
}
