import Testing

@testable import LocalEngine

@Suite struct PDFReaderTests {
    @Test func readsPagesWithHeadingsAndTables() async throws {
        let bytes = PDFFixture.bytes(pages: [
            [
                "Acme Ltd                          Page 1", "", "Travel policy", "", "1.1 Meals",
                "The allowance (abroad) is paid",
            ],
            [
                "Acme Ltd                          Page 2", "", "for each day.", "", "Country        Meals     Hotel",
                "Germany        64        150", "Norway         70        180",
            ],
        ])
        #expect(
            try await extract(bytes, named: "travel.pdf").blocks == [
                .heading(level: 1, text: "Travel policy"), .heading(level: 3, text: "1.1 Meals"),
                .paragraph("The allowance (abroad) is paid for each day."),
                .tableRow("Country: Germany; Meals: 64; Hotel: 150"),
                .tableRow("Country: Norway; Meals: 70; Hotel: 180"),
            ]
        )
    }

    @Test func refusesRandomBytes() async throws {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(try await extractionFailure(bytes, named: "a.pdf")?.code == .invalidFile)
    }

    @Test func saysThatAScanHasNoText() async throws {
        let failure = try await extractionFailure(PDFFixture.bytes(pages: [[]]), named: "scan.pdf")
        #expect(failure == .invalid("No text found in the file: it may be a scan."))
    }

    @Test func stopsAPDFThatTakesTooLong() async throws {
        let lines = Array(repeating: String(repeating: "word ", count: 20), count: 60)
        let bytes = PDFFixture.bytes(pages: Array(repeating: lines, count: 300))
        let limits = ExtractionLimits(helperTime: .milliseconds(1))
        let failure = try await extractionFailure(bytes, named: "a.pdf", limits: limits)
        #expect(failure?.message.hasPrefix("Reading the file took longer than") == true)
    }
}
