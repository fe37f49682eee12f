import Testing

@testable import LocalEngine

@Suite struct JSONReaderTests {
    @Test func tellsEachLeafWithItsPath() throws {
        let document = try JSONReader.document(
            from:
                #" {"leave": {"days": 27, "rate": 3.50, "none": null}, "who": ["Ana\u0301", "\ud83d\ude00 \"x\"\n y", true]} "#
        )
        #expect(
            document.blocks.map(\.text) == [
                "leave.days: 27", "leave.rate: 3.50", "who[0]: Ana\u{301}", "who[1]: 😀 \"x\" y", "who[2]: true",
            ]
        )
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "\"open", "[1] 2", "nul", "01a", "\"\\u12\"", "\"\\", "{,}"])
    func refusesWhatIsNotJSON(text: String) {
        #expect(throws: ExtractionError.invalid("The file is not valid JSON.")) { try JSONReader.document(from: text) }
    }

    @Test func refusesDeepNesting() {
        let text = String(repeating: "[", count: 1_000_000)
        #expect(throws: ExtractionError.invalid("The JSON is nested too deeply.")) {
            try JSONReader.document(from: text)
        }
    }
}
