import Testing

@testable import OpenAI

@Suite struct ServerSentEventParserTests {
    /// A stream, and its events by the standard.
    struct Sample: CustomTestStringConvertible {
        let testDescription: String
        let stream: String
        let events: [ServerSentEvent]

        init(_ description: String, _ stream: String, _ events: ServerSentEvent...) {
            testDescription = description
            self.stream = stream
            self.events = events
        }
    }

    private static func event(_ data: String, type: String = "message", id: String = "") -> ServerSentEvent {
        ServerSentEvent(type: type, data: data, lastID: id)
    }

    static let samples = [
        Sample("one line", "data: a\n\n", event("a")),
        Sample("a named event", "event: delta\ndata: {\"x\":1}\n\n", event("{\"x\":1}", type: "delta")),
        Sample("the name after the data", "data: a\nevent: delta\n\n", event("a", type: "delta")),
        Sample("a name holds for one event", "event: x\ndata: a\n\ndata: b\n\n", event("a", type: "x"), event("b")),
        Sample("a name without data", "event: x\n\ndata: b\n\n", event("b")),
        Sample("several lines", "data: a\ndata\ndata: b\n\n", event("a\n\nb")),
        Sample("empty data", "data\n\ndata:\n\n", event(""), event("")),
        Sample("two empty lines of data", "data\ndata\n\n", event("\n")),
        Sample("only the first space goes", "data:  a\ndata:b\n\n", event(" a\nb")),
        Sample("a colon in the value", "data: a: b\n\n", event("a: b")),
        Sample("CR", "data: a\rdata: b\r\rdata: c\r\r", event("a\nb"), event("c")),
        Sample("CR LF", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", event("a\nb"), event("c")),
        Sample("line ends of all kinds", "data: a\r\ndata: b\rdata: c\n\r\n", event("a\nb\nc")),
        Sample("a byte order mark", "\u{FEFF}data: a\n\n", event("a")),
        Sample("a byte order mark later is text", "data: a\n\n\u{FEFF}data: b\n\ndata: c\n\n", event("a"), event("c")),
        Sample("a byte order mark before an empty line", "\u{FEFF}\ndata: a\n\n", event("a")),
        Sample("comments", ": ping\n\n:\ndata: a\n: between\ndata: b\n\n", event("a\nb")),
        Sample("unknown fields", "nonsense: 1\nDATA: x\ndata : y\ndata: a\n\n", event("a")),
        Sample("an ID stays", "id: 7\ndata: a\n\ndata: b\n\n", event("a", id: "7"), event("b", id: "7")),
        Sample("an empty ID clears it", "id: 7\ndata: a\n\nid\ndata: b\n\n", event("a", id: "7"), event("b")),
        Sample("an ID of an event without data", "id: 7\n\ndata: b\n\n", event("b", id: "7")),
        Sample(
            "an ID with a NUL is ignored",
            "id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n",
            event("a", id: "7"),
            event("b", id: "7")
        ),
        Sample("an event cut off by the end", "data: a\n\ndata: b\n", event("a")),
        Sample("a line cut off by the end", "data: a\n\ndata: b", event("a")),
        Sample("characters of all lengths", "data: aé€😀\n\n", event("aé€😀")),
        Sample("empty lines only", "\n\n\r\n\r\r"),
        Sample("nothing", ""),
    ]

    @Test(arguments: samples)
    func readsAStreamFedWhole(_ sample: Sample) throws {
        var parser = ServerSentEventParser()
        #expect(try parser.feed(sample.stream.utf8) == sample.events)
    }

    @Test(arguments: samples)
    func readsAStreamFedByteByByte(_ sample: Sample) throws {
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        for byte in sample.stream.utf8 { events += try parser.feed(CollectionOfOne(byte)) }
        #expect(events == sample.events)
    }

    @Test(arguments: samples)
    func readsAStreamCutInTwoAnywhere(_ sample: Sample) throws {
        let bytes = Array(sample.stream.utf8)
        for cut in bytes.indices {
            var parser = ServerSentEventParser()
            let events = try parser.feed(bytes[..<cut]) + parser.feed(bytes[cut...])
            #expect(events == sample.events, "cut at \(cut)")
        }
    }

    @Test func returnsAnEventWithItsLastByte() throws {
        var parser = ServerSentEventParser()
        #expect(try parser.feed("data: a\r\n".utf8).isEmpty)
        // A CR ends the line by itself: the LF may never arrive.
        #expect(try parser.feed("\r".utf8) == [Self.event("a")])
        #expect(try parser.feed("\ndata: b\n\n".utf8) == [Self.event("b")])
    }

    @Test func replacesInvalidUTF8() throws {
        var parser = ServerSentEventParser()
        let events = try parser.feed(Array("data: a".utf8) + [0xFF] + Array("b\n\n".utf8))
        #expect(events == [Self.event("a\u{FFFD}b")])
    }

    @Test func keepsTheReconnectionTime() throws {
        var parser = ServerSentEventParser()
        _ = try parser.feed("retry: 2500\n".utf8)
        #expect(parser.reconnectionTime == .milliseconds(2_500))
        _ = try parser.feed("retry: 1s\nretry: -1\nretry:\nretry: 99999999999999999999\n".utf8)
        #expect(parser.reconnectionTime == .milliseconds(2_500))
    }

    @Test func refusesALineThatIsTooLong() throws {
        var parser = ServerSentEventParser(maximumEventBytes: 16)
        _ = try parser.feed("data: 1234567890".utf8)
        #expect(throws: ServerSentEventParser.EventTooLarge.self) { try parser.feed("1".utf8) }
    }

    @Test func refusesAnEventOfTooManyLines() throws {
        var parser = ServerSentEventParser(maximumEventBytes: 64)
        #expect(throws: ServerSentEventParser.EventTooLarge.self) {
            for _ in 0..<100 { _ = try parser.feed("data\ndata: x\n".utf8) }
        }
    }

    @Test func boundsEachEventAndNotTheStream() throws {
        var parser = ServerSentEventParser(maximumEventBytes: 16)
        for _ in 0..<100 { #expect(try parser.feed("data: 1234567\n\n".utf8).count == 1) }
    }
}
