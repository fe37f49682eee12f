import NIOCore
import Testing

@testable import Redis

@Suite struct ReplyDecoderTests {
    /// Replies as they are on the wire, and what they mean.
    static let replies: [(wire: String, value: RedisValue)] = [
        ("+OK\r\n", .string("OK")),
        ("+\r\n", .string("")),
        (":0\r\n", .integer(0)),
        (":-9223372036854775808\r\n", .integer(.min)),
        ("$5\r\nhello\r\n", .string("hello")),
        ("$0\r\n\r\n", .string("")),
        ("$4\r\n\r\n\r\n\r\n", .string("\r\n\r\n")),
        ("$-1\r\n", .null),
        ("*-1\r\n", .null),
        ("*0\r\n", .array([])),
        ("*2\r\n$1\r\na\r\n:1\r\n", .array([.string("a"), .integer(1)])),
        ("*3\r\n*0\r\n*1\r\n*1\r\n$-1\r\n+x\r\n", .array([.array([]), .array([.array([.null])]), .string("x")])),
        ("*2\r\n-ERR no\r\n+OK\r\n", .array([.error(RedisError(.server, "no", serverCode: "ERR")), .string("OK")])),
        ("-NOSCRIPT No matching script.\r\n", .error(.init(.server, "No matching script.", serverCode: "NOSCRIPT"))),
    ]

    /// Decodes bytes that come in pieces of a size.
    private func decode(_ wire: String, pieces: Int, limit: Int = 1 << 20) throws(RedisError) -> [RedisValue] {
        var decoder = try ReplyDecoder(maximumReplyBytes: limit)
        var values: [RedisValue] = []
        var bytes = ByteBuffer(string: wire)
        while let piece = bytes.readSlice(length: min(pieces, bytes.readableBytes)), piece.readableBytes > 0 {
            try decoder.feed(piece)
            while let value = try decoder.next() { values.append(value) }
        }
        return values
    }

    @Test(arguments: replies)
    func decodesReplyWholeAndByteByByte(wire: String, value: RedisValue) throws {
        for pieces in [1, 2, 3, .max] {
            #expect(try decode(wire, pieces: pieces) == [value])
        }
    }

    @Test func decodesRepliesThatCameTogether() throws {
        let wire = Self.replies.map(\.wire).joined()
        for pieces in [1, 7, 100, .max] {
            #expect(try decode(wire, pieces: pieces) == Self.replies.map(\.value))
        }
    }

    @Test func keepsEveryByteOfAString() throws {
        var decoder = try ReplyDecoder(maximumReplyBytes: 1000)
        let value = (0...255).map { UInt8($0) }
        try decoder.feed(ByteBuffer(bytes: Array("$256\r\n".utf8) + value + Array("\r\n".utf8)))
        #expect(try decoder.next() == .bytes(value))
    }

    @Test func waitsForTheRestOfAReply() throws {
        for (wire, _) in Self.replies {
            #expect(try decode(String(wire.unicodeScalars.dropLast()), pieces: .max) == [])
        }
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\n", "*-2\r\n", "*x\r\n", "$x\r\n", "$-2\r\n", ":1x\r\n", "%1\r\n+a\r\n+b\r\n",
    ])
    func refusesWhatIsNotRESP2(wire: String) {
        for pieces in [1, .max] {
            let error = #expect(throws: RedisError.self) { try decode(wire, pieces: pieces) }
            #expect(error?.code == .protocolViolation)
        }
    }

    @Test func refusesNestingWithoutEnd() throws {
        let shallow = String(repeating: "*1\r\n", count: 7) + ":1\r\n"
        #expect(try decode(shallow, pieces: .max).count == 1)
        let error = #expect(throws: RedisError.self) { try decode(String(repeating: "*1\r\n", count: 100), pieces: 1) }
        #expect(error?.code == .protocolViolation)
    }

    @Test(arguments: ["*2147483647\r\n", "*500\r\n", "*1\r\n*500\r\n"])
    func refusesAnArrayThatCannotFitAtOnce(wire: String) {
        let error = #expect(throws: RedisError.self) { try decode(wire, pieces: .max, limit: 1000) }
        #expect(error?.code == .replyTooLarge)
    }

    @Test func refusesCountsThatOverflow() {
        // 2³² - 1 elements, which hiredis counts in 32 bits.
        #expect(throws: RedisError.self) { try decode("*4294967295\r\n", pieces: .max) }
    }

    @Test func refusesAReplyOverTheLimitBeforeItIsComplete() {
        let error = #expect(throws: RedisError.self) {
            try decode("$100000\r\n" + String(repeating: "x", count: 2000), pieces: 10, limit: 1000)
        }
        #expect(error?.code == .replyTooLarge)
    }

    @Test func refusesACompleteReplyOverTheLimit() throws {
        let reply = "$90\r\n" + String(repeating: "x", count: 90) + "\r\n"
        #expect(try decode(reply, pieces: .max, limit: 97).count == 1)
        let error = #expect(throws: RedisError.self) { try decode(reply, pieces: .max, limit: 96) }
        #expect(error?.code == .replyTooLarge)
    }

    @Test func takesManyRepliesThatTogetherAreOverTheLimit() throws {
        let wire = String(repeating: "*2\r\n$3\r\nabc\r\n:1\r\n", count: 500)
        for pieces in [1, 33, .max] {
            #expect(try decode(wire, pieces: pieces, limit: 50).count == 500)
        }
    }
}
