/// An event of an event stream.
struct ServerSentEvent: Sendable, Hashable {
    /// The event's name; `message` if it has none.
    var type: String
    /// The event's data; its lines are joined by line feeds.
    var data: String
    /// The last event ID of the stream, this event's own included.
    var lastID: String
}

/// Parses an event stream as the WHATWG's HTML standard defines it, incrementally.
///
/// Chunks may end anywhere: inside an event, a line, a CR LF or a character. An event that the stream's end cuts off is
/// discarded. Memory is bounded by the size of one event.
struct ServerSentEventParser: Sendable {
    /// An event is larger than the parser's limit.
    struct EventTooLarge: Error {}

    /// The last reconnection time that the stream set.
    private(set) var reconnectionTime: Duration?

    private let maximumEventBytes: Int
    private var line: [UInt8] = []
    private var isFirstLine = true
    private var endedWithCarriageReturn = false
    private var type = ""
    private var data: [UInt8] = []
    private var hasData = false
    private var lastID = ""

    init(maximumEventBytes: Int = 16 << 20) {
        self.maximumEventBytes = maximumEventBytes
    }

    /// Parses the next bytes of the stream.
    ///
    /// - Returns: The events that these bytes complete, in order.
    mutating func feed(_ bytes: some Collection<UInt8>) throws(EventTooLarge) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(where: { $0 == Self.lineFeed || $0 == Self.carriageReturn }) {
            let (piece, lineEnd) = (rest[..<end], rest[end])
            rest = rest[rest.index(after: end)...]
            let isSecondHalf = endedWithCarriageReturn && lineEnd == Self.lineFeed && piece.isEmpty
            endedWithCarriageReturn = lineEnd == Self.carriageReturn
            if isSecondHalf { continue }
            try append(piece)
            if let event = endLine() { events.append(event) }
        }
        if !rest.isEmpty {
            endedWithCarriageReturn = false
            try append(rest)
        }
        return events
    }

    private mutating func append(_ piece: some Collection<UInt8>) throws(EventTooLarge) {
        guard piece.count <= maximumEventBytes - line.count - data.count else { throw EventTooLarge() }
        line += piece
    }

    private mutating func endLine() -> ServerSentEvent? {
        var line = line[...]
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.byteOrderMark) { line = line.dropFirst(Self.byteOrderMark.count) }
        }
        defer { self.line.removeAll(keepingCapacity: true) }
        if line.isEmpty { return dispatch() }

        let name = line.prefix { $0 != Self.colon }
        var value = line.dropFirst(name.count + 1)
        if value.first == Self.space { value = value.dropFirst() }
        processField(String(decoding: name, as: UTF8.self), value)
        return nil
    }

    private mutating func processField(_ name: String, _ value: ArraySlice<UInt8>) {
        switch name {
        case "event":
            type = String(decoding: value, as: UTF8.self)
        case "data":
            if hasData { data.append(Self.lineFeed) }
            data += value
            hasData = true
        case "id" where !value.contains(0):
            lastID = String(decoding: value, as: UTF8.self)
        case "retry" where value.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains):
            reconnectionTime = Int(String(decoding: value, as: UTF8.self)).map { .milliseconds($0) } ?? reconnectionTime
        default:
            break  // A comment (an empty name), or a field that the standard does not define.
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            type = ""
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        guard hasData else { return nil }
        return ServerSentEvent(
            type: type.isEmpty ? "message" : type,
            data: String(decoding: data, as: UTF8.self),
            lastID: lastID
        )
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let colon = UInt8(ascii: ":")
    private static let space = UInt8(ascii: " ")
}
