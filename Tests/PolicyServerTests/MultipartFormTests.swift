import Foundation
import Testing

@testable import PolicyServer

@Suite struct MultipartFormTests {
    private func form(_ text: String, boundary: String = "b") -> MultipartForm? {
        MultipartForm(Data(text.utf8), boundary: boundary)
    }

    private func part(_ name: String, _ content: String, _ more: String = "") -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(content)\r\n"
    }

    @Test func readsFieldsAndFiles() throws {
        let file = part("file", "\r\n--not\0the end\r\n", "; filename=\"a.wav\"\r\ncontent-type: audio/wav")
        let read = try #require(form("preamble\r\n" + part("user_id", "ana") + file + "--b--\r\nepilogue"))
        #expect(read.parts.map(\.name) == ["user_id", "file"])
        #expect(read["user_id"]?.content == Data("ana".utf8))
        #expect(read["user_id"]?.mediaType == nil)
        #expect(read["file"]?.content == Data("\r\n--not\0the end\r\n".utf8))
        #expect(read["file"]?.mediaType == "audio/wav")
        #expect(read["other"] == nil)
    }

    @Test func anEmptyFormAndAnEmptyFieldAreForms() throws {
        #expect(form("--b--\r\n")?.parts.isEmpty == true)
        #expect(form(part("file", "") + "--b--")?["file"]?.content.isEmpty == true)
    }

    @Test(arguments: [
        "", "--b", "--b\r\n", "--c--\r\n", "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nno end",
        "--b\r\nno header\r\n\r\nx\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--bx\r\n--b--",
    ])
    func whatIsMalformedIsNone(text: String) {
        #expect(form(text) == nil)
    }

    @Test func fieldsAndHeadersAreBounded() {
        #expect(form(String(repeating: part("x", "y"), count: 33) + "--b--") == nil)
        #expect(form(part("x", "y", "; filename=\"\(String(repeating: "n", count: 5000))\"") + "--b--") == nil)
        #expect(form("--b--", boundary: "") == nil)
    }

    @Test func parametersMayHaveQuotes() {
        let field = "multipart/form-data; charset=utf-8; Boundary=\"a b\""
        #expect(MultipartForm.parameter("boundary", of: field) == "a b")
        #expect(MultipartForm.parameter("boundary", of: "multipart/form-data; boundary=ab") == "ab")
        #expect(MultipartForm.parameter("boundary", of: "multipart/form-data") == nil)
    }
}
