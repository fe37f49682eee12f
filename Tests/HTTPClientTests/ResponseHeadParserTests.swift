import HTTPTypes
import Testing

@testable import HTTPClient

@Suite
struct ResponseHeadParserTests {
    @Test
    func skipsInterimResponses() throws {
        let head = try parse("HTTP/1.1 100 Continue", "X-A: no", "", "HTTP/1.1 200 OK", "X-A: yes", "")
        #expect(head?.status.code == 200)
        let name = try #require(HTTPField.Name("X-A"))
        #expect(head?.headerFields[values: name] == ["yes"])
    }

    @Test
    func takesASwitchOfProtocolsForTheEnd() throws {
        #expect(try parse("HTTP/1.1 101 Switching Protocols", "")?.status.code == 101)
    }

    @Test
    func ignoresTrailers() throws {
        var parser = ResponseHeadParser()
        _ = try parser.receive(line: Array("HTTP/2 200 \r\n".utf8))
        #expect(try parser.receive(line: Array("\r\n".utf8))?.status.code == 200)
        #expect(try parser.receive(line: Array("x-a: 1\r\n".utf8)) == nil)
        #expect(try parser.receive(line: Array("\r\n".utf8)) == nil)
    }

    @Test(arguments: ["", ":", ": x", "no colon", "b\u{F6}se: 1", "a b: 1", ":status: 200", "\0: 1"])
    func leavesOutFieldsThatHTTPDoesNotAllow(line: String) throws {
        let head = try parse("HTTP/1.1 200 OK", line.isEmpty ? " " : line, "X-A: 1", "")
        #expect(head?.headerFields.count == 1)
    }

    @Test
    func keepsTheBytesOfAValue() throws {
        var parser = ResponseHeadParser()
        _ = try parser.receive(line: Array("HTTP/1.1 200 OK".utf8))
        _ = try parser.receive(line: Array("X-A: \t".utf8) + [0xE4, 0xFF] + Array(" \r\n".utf8))
        let head = try #require(try parser.receive(line: []))
        let bytes = head.headerFields.first?.withUnsafeBytesOfValue { Array($0) }
        #expect(bytes == [0xE4, 0xFF])
    }

    @Test(arguments: [
        "", " ", "HTTP", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1  200", "HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 -10 x",
        "HTTP/1.1 +20 x", "HTTP/1.1 099 x", "HTTP/1.1 2\u{660}0", "X-A: 1", "http/1.1 200 OK",
    ])
    func refusesAStatusLineThatIsNone(line: String) {
        #expect(throws: HTTPClientError.self) { try parse(line, "") }
    }

    @Test
    func boundsTheLinesOfAllHeadsTogether() throws {
        var parser = ResponseHeadParser()
        let error = #expect(throws: HTTPClientError.self) {
            while true {
                _ = try parser.receive(line: Array("HTTP/1.1 100 Continue\r\n".utf8))
                _ = try parser.receive(line: Array("\r\n".utf8))
            }
        }
        #expect(error?.code == .invalidResponse)
    }

    private func parse(_ lines: String...) throws -> HTTPResponse? {
        var parser = ResponseHeadParser()
        var head: HTTPResponse?
        for line in lines { head = try parser.receive(line: Array("\(line)\r\n".utf8)) ?? head }
        return head
    }
}
