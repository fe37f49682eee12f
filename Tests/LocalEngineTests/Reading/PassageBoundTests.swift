import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct PassageBoundTests {
    @Test func aLongHeadingIsShortenedAboveEachPassage() throws {
        let sections = (0..<1_000).map { "## s\($0)\n\nThe limit is \($0) euros.\n\n" }.joined()
        let document = try MarkdownReader.document(
            from: "# " + String(repeating: "long ", count: 20_000) + "\n\n" + sections
        )
        let passages = try PassageSplitter.passages(of: document)
        #expect(passages.reduce(0) { $0 + $1.bytes } < 600_000)
        #expect(passages.allSatisfy { $0.bytes < 8_192 })
        #expect(passages.reduce(0) { $0 + $1.text.split(separator: " ").count { $0 == "long" } } == 20_000)
        #expect(passages.last?.headings.count == 2)
    }

    @Test func refusesTooManyPassages() throws {
        let document = ExtractedDocument(
            blocks: (0..<100).flatMap { [.heading(level: 1, text: "h\($0)"), .paragraph("x")] }
        )
        #expect(throws: ExtractionError.invalid("The file becomes more than 50 passages: its sections are too many.")) {
            try PassageSplitter.passages(of: document, limits: ExtractionLimits(passages: 50))
        }
        let reason = "The file becomes more than 0 MB of text: its headings are repeated for each passage."
        #expect(throws: ExtractionError.invalid(reason)) {
            try PassageSplitter.passages(of: document, limits: ExtractionLimits(passageBytes: 100))
        }
    }

    @Test func aCharacterOfManyScalarsIsCut() throws {
        let document = ExtractedDocument(blocks: [.paragraph("a" + String(repeating: "\u{301}", count: 50_000))])
        #expect(try PassageSplitter.passages(of: document).allSatisfy { $0.bytes < 8_192 })
    }
}
