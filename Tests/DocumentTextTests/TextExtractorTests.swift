import Foundation
import Testing

@testable import DocumentText

@Suite struct TextExtractorTests {
    @Test(arguments: [
        ("a.txt", "Plain text here."), ("b.md", "**Plain** text here."), ("c.html", "<p>Plain text here."),
        ("D.JSON", "\"Plain text here.\""), ("e.py", "Plain text here."),
    ])
    func readsEachTextFormat(name: String, text: String) async throws {
        #expect(try await extract(text.utf8, named: name).blocks.map(\.text) == ["Plain text here."])
    }

    @Test(arguments: [String.Encoding.utf8, .utf16, .utf16LittleEndian, .utf16BigEndian])
    func readsUnicodeInAnyForm(encoding: String.Encoding) async throws {
        var bytes = Array(try #require("Äpfel für 5 €\r\nzwölf 😀".data(using: encoding)))
        if encoding == .utf16LittleEndian { bytes = [0xFF, 0xFE] + bytes }
        if encoding == .utf16BigEndian { bytes = [0xFE, 0xFF] + bytes }
        #expect(try await extract(bytes, named: "a.txt").blocks.map(\.text) == ["Äpfel für 5 € zwölf 😀"])
    }

    @Test(arguments: [
        (DocumentFormat.docx, ["a.docm", "a.dotx", "a.dotm"]), (.xlsx, ["a.xlsm", "a.xltx", "a.xltm"]),
        (.pptx, ["a.pptm", "a.potx", "a.potm", "a.ppsx", "a.ppsm"]),
    ])
    func readsDocumentsWithMacrosAndTemplatesAsOthers(format: DocumentFormat, names: [String]) throws {
        for name in names { #expect(try DocumentFormat(filename: name) == format) }
    }

    @Test(arguments: ["photo.png", "mail.msg", "README", ".md", "sheet.numbers"])
    func rejectsUnsupportedTypes(name: String) async throws {
        #expect(try await extractionFailure("text".utf8, named: name)?.code == .unsupportedFile)
    }

    @Test(arguments: ["a.txt", "a.md", "a.html", "a.py"])
    func rejectsAFileWithoutText(name: String) async throws {
        #expect(try await extractionFailure(" \n\t\n".utf8, named: name) == .invalid("No text found in the file."))
    }

    @Test func rejectsMoreTextThanTheLimit() async throws {
        let limits = ExtractionLimits(textBytes: 1 << 20)
        let failure = try await extractionFailure(
            repeatElement(0x61, count: 1 << 20 + 1),
            named: "a.txt",
            limits: limits
        )
        #expect(failure == .invalid("The file holds more than 1 MB of text."))
    }

    @Test(arguments: ["a.txt", "a.md"])
    func readsALineOfFiveMegabytes(name: String) async throws {
        let document = try await extract(repeatElement("word. Next ", count: 480_000).joined().utf8, named: name)
        #expect(document.blocks.count == 1)
    }

    @Test func reportsAMissingFile() async {
        await #expect(throws: ExtractionError.server("The stored file cannot be read.")) {
            try await TextExtractor().extract(fileAt: "/nonexistent/file", filename: "a.txt")
        }
    }
}
