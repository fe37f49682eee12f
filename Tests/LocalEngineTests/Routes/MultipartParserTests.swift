import NIOCore
import Testing

@testable import LocalEngine

@Suite struct MultipartParserTests {
    private static let body = """
        --b0\r
        Content-Disposition: form-data; name="purpose"\r
        \r
        assistants\r
        --b0 \t\r
        content-disposition: form-data; name="file"; filename="Reise \u{2014} \u{FC}ber.md"\r
        Content-Type: text/markdown\r
        \r
        one\r
        --b\r\r
        two\r
        \r
        --b0--\r
        ignored
        """

    private static let events: [String] = [
        "purpose", "assistants", "end", "file Reise \u{2014} \u{FC}ber.md", "one\r\n--b\r\r\ntwo\r\n", "end",
    ]

    @Test(arguments: [1, 2, 3, 7, 64, 100_000])
    func readsABodyInPiecesOfAnySize(size: Int) throws {
        var parser = MultipartParser(boundary: "b0")
        #expect(try Self.read(&parser, Self.body, pieces: size) == Self.events)
        try parser.finish()
    }

    @Test func readsAnEmptyPartAndABoundaryThatOthersBeginWith() throws {
        let body = "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b--"
        var parser = MultipartParser(boundary: "b")
        #expect(try Self.read(&parser, body, pieces: 1) == ["a", "end"])
        try parser.finish()
    }

    @Test func keepsLessThanADelimiterOfAPartsData() throws {
        var parser = MultipartParser(boundary: "boundary")
        let head = "--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
        _ = try parser.feed(ByteBuffer(string: head))
        let events = try parser.feed(ByteBuffer(string: String(repeating: "x", count: 1000) + "\r\n--bound"))
        #expect(events == [.data(ByteBuffer(string: String(repeating: "x", count: 1000)))])
        #expect(try parser.feed(ByteBuffer(string: "less")) == [.data(ByteBuffer(string: "\r\n--boundless"))])
    }

    @Test(arguments: [
        "", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--",
        "no boundary at all",
    ])
    func noticesABodyThatEndsEarly(body: String) throws {
        var parser = MultipartParser(boundary: "b")
        _ = try Self.read(&parser, body, pieces: 3)
        #expect(throws: MultipartError.endedEarly) { try parser.finish() }
    }

    @Test(arguments: [
        ("--b\r\n\r\nvalue", "a part has no name"),
        ("--b\r\nContent-Type: text/plain\r\n\r\nvalue", "a part has no name"),
        ("--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nvalue", "a part has no name"),
        ("--bonfire\r\n\r\n", "a boundary is not alone on its line"),
        (String(repeating: "x", count: 2000), "the body does not begin with its boundary"),
        ("--b\r\nX: " + String(repeating: "x", count: 9000), "a part has too many headers"),
        ("--b\r\nX: " + String(repeating: "x", count: 9000) + "\r\n\r\n", "a part has too many headers"),
        ("--b" + String(repeating: " ", count: 9000), "a boundary's line has no end"),
        (
            String(repeating: "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", count: 33),
            "it has too many parts"
        ),
    ])
    func refusesAHostileBody(body: String, fault: String) {
        for size in [5, 100_000] {
            var parser = MultipartParser(boundary: "b")
            #expect(throws: MultipartError.malformed(fault)) { try Self.read(&parser, body, pieces: size) }
        }
    }

    @Test(arguments: [
        (#"form-data; name="file"; filename="a \"b\" \\ c.md""#, #"a "b" \ c.md"#),
        (#"form-data; filename="C:\x\a.md"; name="file""#, #"C:\x\a.md"#),
        (#"form-data;filename=plain.md ; name="file""#, "plain.md"),
        (#"form-data; name=file; filename="a;b=c.md"; x"#, "a;b=c.md"),
        ("form-data; name=\"file\"; filename=\"\u{301}e.md\"", "\u{301}e.md"),
        (#"form-data; name="file"; filename="x"; filename*=UTF-8''%C3%BCber.md"#, "\u{FC}ber.md"),
    ])
    func readsFileNames(header: String, filename: String) throws {
        let headers = try MultipartHeaders(parsing: Array("Content-Disposition: \(header)\r\n".utf8))
        #expect(headers.name == "file")
        #expect(headers.filename == filename)
    }

    /// Feeds a body in pieces, and joins the data of each part.
    private static func read(_ parser: inout MultipartParser, _ body: String, pieces size: Int) throws -> [String] {
        var events: [String] = []
        var data = ""
        var bytes = ByteBuffer()
        let all = Array(body.utf8)
        for start in stride(from: 0, to: all.count, by: size) {
            for event in try parser.feed(ByteBuffer(bytes: all[start..<min(start + size, all.count)])) {
                switch event {
                case .part(let headers):
                    events.append(([headers.name] + [headers.filename].compactMap(\.self)).joined(separator: " "))
                case .data(let piece):
                    bytes.writeImmutableBuffer(piece)
                case .end:
                    data = String(buffer: bytes)
                    if !data.isEmpty { events.append(data) }
                    events.append("end")
                    bytes.clear()
                }
            }
        }
        return events
    }
}
