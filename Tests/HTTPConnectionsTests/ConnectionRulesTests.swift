import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import HTTPConnections

/// A connection of bytes on one side and of requests and answers on the other.
private final class Connection {
    /// What came through to whoever answers.
    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        var heads: [HTTPRequestHead] = []
        var ends = 0
        var errors: [any Error] = []

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): heads.append(head)
            case .body: break
            case .end: ends += 1
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { errors.append(error) }
    }

    /// Closes one side only, as a socket does.
    private final class Socket: ChannelOutboundHandler {
        typealias OutboundIn = IOData
        var isOutputClosed = false

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            guard mode == .output else { return context.close(mode: mode, promise: promise) }
            isOutputClosed = true
            promise?.succeed()
        }
    }

    private let channel = EmbeddedChannel()
    private let socket = Socket()
    private let reader = Reader()

    init() throws {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(socket)
        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
        let rules = ConnectionRulesHandler { refusal in
            (["content-type": "text/plain"], ByteBuffer(string: refusal.code))
        }
        try pipeline.addHandler(rules)
        try pipeline.addHandler(reader)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    var heads: [HTTPRequestHead] { reader.heads }
    var ends: Int { reader.ends }
    var errors: [any Error] { reader.errors }
    var isOpen: Bool { channel.isActive }
    var isOutputClosed: Bool { socket.isOutputClosed }

    func send(_ text: String) throws {
        do { try channel.writeInbound(ByteBuffer(string: text)) } catch is HTTPParserError {}
    }

    func answer(_ body: String? = "ok", status: HTTPResponseStatus = .ok, fields: HTTPHeaders = [:]) throws {
        channel.write(
            HTTPServerResponsePart.head(.init(version: .http1_1, status: status, headers: fields)),
            promise: nil
        )
        if let body { channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: body))), promise: nil) }
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
    }

    func sendContinue() { channel.triggerUserOutboundEvent(ContinueResponse(), promise: nil) }

    func closeOutput() { channel.close(mode: .output, promise: nil) }

    func hangUp() { channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }

    func letTimePass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }

    /// All that was sent since the last time.
    func sent() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }
}

@Suite struct ConnectionRulesTests {
    private let get = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"

    @Test(arguments: [
        ("", 400, "invalid_host"), ("host: a\r\nhost: b\r\n", 400, "invalid_host"),
        ("host: a\r\nhost: a\r\n", 400, "invalid_host"),
        ("host: a b/c@d\r\n", 400, "invalid_host"), ("host: \r\n", 400, "invalid_host"),
        ("host: a\r\ntransfer-encoding: xchunked\r\n", 501, "unknown_transfer_coding"),
        ("host: a\r\ntransfer-encoding: gzip, chunked\r\n", 501, "unknown_transfer_coding"),
        ("host: a\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n", 400, "malformed_request"),
        ("host: a\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n", 400, "malformed_request"),
        ("host: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n", 400, "malformed_request"),
        ("host: a\r\nexpect: 200-ok\r\n", 417, "unknown_expectation"),
        ("host: a\r\n: b\r\n", 400, "malformed_request"),
    ])
    func refusesInvalidHeads(fields: String, status: Int, code: String) throws {
        let connection = try Connection()
        try connection.send("POST /chat HTTP/1.1\r\n\(fields)\r\n0\r\n\r\n")
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 \(status) "), "\(sent)")
        #expect(sent.contains("connection: close") && sent.hasSuffix(code), "\(sent)")
        #expect(connection.heads.isEmpty && connection.errors.isEmpty)
        try connection.send(get)
        #expect(connection.heads.isEmpty, "nothing after it is read")
    }

    @Test(arguments: [
        ("GET / HTTP/2.0\r\n\r\n", 505), ("CONNECT localhost:1 HTTP/1.1\r\nhost: localhost:1\r\n\r\n", 501),
        ("GET nonsense HTTP/1.1\r\nhost: a\r\n\r\n", 400), ("GET ftp://a/b HTTP/1.1\r\nhost: a\r\n\r\n", 400),
        ("GET http://a b/ HTTP/1.1\r\nhost: a\r\n\r\n", 400), ("nonsense\r\n\r\n", 400),
        ("POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n", 400),
    ])
    func refusesInvalidRequestLines(text: String, status: Int) throws {
        let connection = try Connection()
        try connection.send(text)
        #expect(try connection.sent().hasPrefix("HTTP/1.1 \(status) "))
        #expect(connection.heads.isEmpty)
    }

    @Test func hostOfAnAbsoluteTargetReplacesTheField() throws {
        let connection = try Connection()
        try connection.send("GET http://evil.example:80/files?a=b HTTP/1.1\r\nhost: localhost\r\n\r\n")
        try connection.send("GET HTTP://localhost HTTP/1.1\r\nhost: other\r\n\r\n")
        try connection.send("GET http://localhost?a HTTP/1.1\r\nhost: other\r\n\r\n")
        #expect(connection.heads.map(\.uri) == ["/files?a=b", "/", "/?a"])
        #expect(connection.heads.map { $0.headers["host"] } == [["evil.example:80"], ["localhost"], ["localhost"]])
        try connection.send("GET http://user@evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n")
        #expect(connection.heads.count == 3)
    }

    @Test func refusalWaitsForEarlierResponses() throws {
        let connection = try Connection()
        try connection.send(get + "GET / HTTP/1.1\r\n\r\n")
        #expect(try connection.sent().isEmpty)
        try connection.answer(fields: ["content-length": "2"])
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 200 ") && sent.contains("okHTTP/1.1 400 ") && sent.hasSuffix("invalid_host"))
    }

    @Test func sendsContinueOnce() throws {
        let connection = try Connection()
        let head = "POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-Continue\r\ncontent-length: 2\r\n\r\n"
        try connection.send(head)
        #expect(try connection.sent().isEmpty)
        connection.sendContinue()
        connection.sendContinue()
        #expect(try connection.sent() == "HTTP/1.1 100 Continue\r\n\r\n")
        try connection.send("{}")
        try connection.answer(fields: ["content-length": "2"])
        #expect(try !connection.sent().contains("close"))
        // Whoever does not wait is not asked.
        try connection.send(head + "{}")
        connection.sendContinue()
        #expect(try connection.sent().isEmpty)
    }

    @Test func finalResponseInsteadOfContinueCloses() throws {
        let connection = try Connection()
        try connection.send("POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n")
        try connection.answer(status: .unauthorized, fields: ["content-length": "2"])
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 401 ") && sent.contains("connection: close"))
        #expect(connection.errors.count == 1, "whoever might read the body hears that none comes")
    }

    @Test func responseToHTTP10HasNoChunksAndCloses() throws {
        let connection = try Connection()
        try connection.send("POST /chat HTTP/1.0\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n{}")
        connection.sendContinue()
        try connection.answer("data")
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.0 200 ") && sent.contains("connection: close") && sent.hasSuffix("\r\n\r\ndata"))
        #expect(!sent.contains("transfer-encoding"))
    }

    @Test func keepsHTTP10ConnectionsForKnownLengthsOnRequest() throws {
        for (fields, length, isKept) in [
            ("connection: keep-alive\r\n", "2", true), ("connection: keep-alive\r\n", nil, false), ("", "2", false),
        ] {
            let connection = try Connection()
            try connection.send("GET / HTTP/1.0\r\n\(fields)\r\n")
            try connection.answer(fields: length.map { ["content-length": $0] } ?? [:])
            #expect(try connection.sent().contains("connection: \(isKept ? "keep-alive" : "close")"))
            try connection.send("GET / HTTP/1.0\r\n\r\n")
            #expect(connection.heads.count == (isKept ? 2 : 1))
        }
    }

    @Test(arguments: ["connection: Close\r\n", "connection: x, close\r\n", "upgrade: h2c\r\nconnection: upgrade\r\n"])
    func closesOnTheClientsRequest(fields: String) throws {
        let connection = try Connection()
        try connection.send("GET / HTTP/1.1\r\nhost: a\r\n\(fields)\r\n\(get)")
        try connection.answer(fields: ["content-length": "2"])
        #expect(try connection.sent().contains("connection: close"))
        #expect(connection.heads.count == 1)
    }

    @Test(arguments: [
        "zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}xx\r\n0\r\n\r\n", "2\r\n{}\r\n0\r\ncontent-length: 5\r\n: x\r\n\r\n",
    ])
    func malformedBodyFailsItsReaderAndGetsAResponse(body: String) throws {
        let connection = try Connection()
        try connection.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n\(body)")
        #expect(connection.heads.count == 1 && connection.ends == 0)
        #expect(connection.errors.count == 1 && connection.errors.first is HTTPParserError)
        try connection.answer(status: .badRequest, fields: ["content-length": "2"])
        try connection.answer(status: .badRequest, fields: ["content-length": "2"])
        let sent = try connection.sent()
        #expect(sent.hasPrefix("HTTP/1.1 400 ") && sent.contains("connection: close") && sent.hasSuffix("\r\n\r\nok"))
    }

    @Test func closedConnectionLingersUntilTheClientCloses() throws {
        let (left, kept) = (try Connection(), try Connection())
        for connection in [left, kept] { try connection.send("GET / HTTP/1.1\r\n\r\n") }
        #expect(try left.sent().hasPrefix("HTTP/1.1 400 "))
        left.hangUp()
        #expect(!left.isOpen)
        #expect(kept.isOpen && kept.isOutputClosed)
        kept.letTimePass(.seconds(2))
        #expect(!kept.isOpen)
    }

    @Test func earlyResponseIsTheOnlyOne() throws {
        let connection = try Connection()
        try connection.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n")
        try connection.answer(fields: ["content-length": "2"])
        #expect(try connection.sent().hasPrefix("HTTP/1.1 200 "))
        try connection.send("2\r\n{}\r\n")
        #expect(connection.isOpen && !connection.isOutputClosed)
        try connection.send("zz\r\n")
        #expect(try connection.sent().isEmpty)
        #expect(connection.isOutputClosed && connection.errors.count == 1)
    }

    @Test func halfClosedConnectionsGetTheirResponses() throws {
        let connection = try Connection()
        try connection.send(get)
        connection.hangUp()
        try connection.answer(fields: ["content-length": "2"])
        connection.closeOutput()
        #expect(try connection.sent().hasSuffix("\r\n\r\nok"))
        #expect(!connection.isOpen)
    }
}
