import TestSupport
import Testing

@testable import DocumentText

/// The text of a document is bounded, whatever its rows, values and passages repeat.
@Suite struct DocumentBoundTests {
    private static let long = String(repeating: "h", count: 100_000)

    private static func bytes(of document: ExtractedDocument) -> Int {
        document.blocks.reduce(0) { $0 + $1.text.utf8.count }
    }

    @Test(arguments: [
        ("t.html", "<table><tr><th>\(long)<th>b</tr>" + String(repeating: "<tr><td>x<td>y</tr>", count: 500)),
        ("t.md", "| \(long) | b |\n|---|---|\n" + String(repeating: "| x | y |\n", count: 500)),
        ("t.json", "{\"\(long)\":[" + String(repeating: "1,", count: 500) + "1]}"),
    ])
    func aLongHeaderIsToldOnceAndShortenedElsewhere(name: String, text: String) async throws {
        let document = try await extract(text.utf8, named: name)
        // Searching a short text for a long one takes as long as in a long text.
        let blocks = document.blocks.filter { $0.text.utf8.count >= Self.long.utf8.count }
        #expect(blocks.count { $0.text.contains(Self.long) } == 1)
        #expect(document.blocks.count > 500)
        #expect(Self.bytes(of: document) < 250_000)
    }

    @Test func shortensTheRepetitionsOfAMergedCell() async throws {
        let merged =
            "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>y</w:t></w:r></w:p></w:tc></w:tr>"
        let first = """
            <w:tr><w:tc><w:p><w:r><w:t>\(Self.long)</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1 euro</w:t></w:r></w:p></w:tc></w:tr>
            """
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:tbl>\(first)\(String(repeating: merged, count: 500))</w:tbl>")
        let document = try await extract(zip.bytes, named: "t.docx")
        #expect(document.blocks.count == 501)
        #expect(Self.bytes(of: document) < 250_000)
        #expect(document.blocks.last?.text.hasPrefix("hhhh") == true)
        #expect(document.blocks.last?.text.hasSuffix("…: y") == true)
    }

    @Test func needsNoMemoryForTheColumnsOfASpan() throws {
        let document = try HTMLReader.document(
            from: "<table><tr>" + String(repeating: "<td colspan=64>x", count: 20_000)
                + "<tr><th colspan=1000>a</table>"
        )
        #expect(document.blocks.count == 2)
    }

    @Test(arguments: [
        (
            "t.html",
            "<table><tr><th>\(String(repeating: "h", count: 190))" + String(repeating: "<tr><td>x", count: 8_000),
            "its table headers are repeated in each row"
        ),
        (
            "t.json",
            String(repeating: "[", count: 250) + String(repeating: "1,", count: 8_000) + "1"
                + String(repeating: "]", count: 250), "the path of each JSON value is repeated"
        ),
    ])
    func namesWhatIsRepeatedTooOften(name: String, text: String, reason: String) async throws {
        let limits = ExtractionLimits(documentBytes: 1 << 20)
        #expect(
            try await extractionFailure(text.utf8, named: name, limits: limits)
                == .invalid("The file becomes more than 1 MB of text: \(reason).")
        )
    }

    @Test func rejectsTextBeyondTheLimitWithoutRepetitions() async throws {
        let limits = ExtractionLimits(documentBytes: 1 << 20)
        let text = String(repeating: "word ", count: 250_000)
        let failure = try await extractionFailure(text.utf8, named: "t.md", limits: limits)
        #expect(failure == .invalid("The file holds more than 1 MB of text."))
    }

    /// A cell of many lines is joined once, not again for each line.
    @Test func readsACellOfManyLinesInOnePass() throws {
        let lines =
            "Key            Value\nDays           one\n" + String(repeating: "               more\n", count: 20_000)
        let document = try LayoutReader.document(from: lines)
        #expect(document.blocks.count == 2)
        #expect(document.blocks.last?.text.wordCount == 20_002)
    }

    @Test(.timeLimit(.minutes(1))) func joinsAWordOfManyLines() throws {
        let text = String(repeating: "some-\n", count: 40_000)
        let blocks = try LayoutReader.document(from: text).blocks
        #expect(blocks.count == 1)
        #expect((blocks.first?.text.utf8.count ?? 0) > 40_000 * 4)
    }
}
