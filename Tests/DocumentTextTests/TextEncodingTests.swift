import Foundation
import Testing

@testable import DocumentText

@Suite struct TextEncodingTests {
    private static let sentence = "Die Kündigungsfrist beträgt drei Monate – zum Ende des „Quartals“, 50 € Gebühr."

    private static func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
        Array(try #require(text.data(using: encoding)))
    }

    @Test(arguments: ["frist.txt", "frist.md", "frist.html", "frist.py"])
    func readsWindows1252(name: String) async throws {
        let document = try await extract(Self.bytes(Self.sentence, .windowsCP1252), named: name)
        #expect(document.blocks.map(\.text) == [Self.sentence])
    }

    @Test(arguments: [
        "<meta charset=\"windows-1252\">", "<meta charset=latin1>",
        "<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>",
    ])
    func readsAPageInTheWesternEncodingThatItDeclares(declaration: String) async throws {
        let page = "<html><head>\(declaration)</head><body><p>\(Self.sentence)</p></body></html>"
        let document = try await extract(Self.bytes(page, .windowsCP1252), named: "frist.html")
        #expect(document.blocks.map(\.text) == [Self.sentence])
        // A copy that was saved as UTF-8 is read as what it is.
        #expect(try await extract(page.utf8, named: "frist.html") == document)
    }

    @Test(arguments: [
        ("shift_jis", String.Encoding.shiftJIS, "有給休暇は二十日です。"), ("iso-2022-jp", .iso2022JP, "有給休暇は二十日です。"),
        ("windows-1251", .windowsCP1251, "Отпуск длится 28 дней."),
        ("iso-8859-2", .isoLatin2, "Urlop trwa dwadzieścia sześć dni."),
    ])
    func readsAPageInTheEncodingThatItDeclares(label: String, encoding: String.Encoding, text: String) async throws {
        let page = "<?xml version='1.0'?><html><head><meta charset='\(label)'></head><body><p>\(text)</p></body></html>"
        let document = try await extract(Self.bytes(page, encoding), named: "page.html")
        #expect(document.blocks.map(\.text) == [text])
    }

    @Test(arguments: [
        String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
    ])
    func readsWideTextWithAndWithoutAMark(encoding: String.Encoding) async throws {
        let marked = try await extract(Self.bytes("\u{FEFF}" + Self.sentence, encoding), named: "a.txt")
        #expect(marked.blocks.map(\.text) == [Self.sentence])
        let unmarked = try await extract(Self.bytes(Self.sentence, encoding), named: "a.txt")
        #expect(unmarked.blocks.map(\.text) == [Self.sentence])
    }

    @Test func readsAPageInUTF8WithAFewOtherBytes() async throws {
        let rules = String(repeating: "<p>\(Self.sentence)</p>", count: 20)
        let start = Array("<html><head><meta charset=utf-8></head><body><p>K".utf8)
        let page = start + [0xFC] + Array("che.</p>\(rules)".utf8)
        let document = try await extract(page, named: "page.html")
        #expect(document.blocks.first?.text == "K\u{FFFD}che.")
        #expect(document.blocks.dropFirst().allSatisfy { $0.text == Self.sentence })
        #expect(try await extractionFailure(page, named: "page.txt")?.code == .invalidFile)
    }

    @Test(
        arguments: [
            [0xFF, 0xFE, 0x41], [0xFF, 0xFE, 0x00, 0xD8], [0x41, 0x00, 0x42], [0x89, 0x50, 0x4E, 0x47, 1, 2],
        ] as [[UInt8]]
    )
    func rejectsWhatIsNoText(bytes: [UInt8]) async throws {
        #expect(try await extractionFailure(bytes, named: "a.txt")?.code == .invalidFile)
    }

    @Test func namesTheDeclaredEncodingThatIsNotTrue() async throws {
        let page = Array("<meta charset='shift_jis'><p>".utf8) + [0x81, 0x20, 0xFF]
        #expect(
            try await extractionFailure(page, named: "a.html")
                == .invalid("The file declares the encoding shift_jis, but is not text in it.")
        )
    }
}
