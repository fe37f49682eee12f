/// Parses an event stream as the WHATWG's HTML standard defines it, fed with bytes as they come.
///
/// Where the chunks are cut does not matter: not inside an event, a line, a CR LF, or a character. An event that the
/// stream's end cuts off is not an event. Memory is bounded by the size of one event.
struct ServerSentEventParser: Sendable {
    /// An event is larger than the parser was told to take.
    struct EventTooLarge: Error {}

    /// The pause before reconnecting that the stream asked for last.
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

    /// Takes the next bytes of the stream.
    ///
    /// - Returns: The events that these bytes complete, in order.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws(EventTooLarge) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let followsCarriageReturn = endedWithCarriageReturn
            endedWithCarriageReturn = byte == Self.carriageReturn
            switch byte {
            case Self.lineFeed where followsCarriageReturn:
                break  // The second half of one line end.
            case Self.lineFeed, Self.carriageReturn:
                if let event = endLine() { events.append(event) }
            default:
                guard line.count + data.count < maximumEventBytes else { throw EventTooLarge() }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        var line = line[...]
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.byteOrderMark) { line = line.dropFirst(Self.byteOrderMark.count) }
        }
        defer { self.line.removeAll(keepingCapacity: true) }
        if line.isEmpty { return endEvent() }

        let name = line.prefix { $0 != Self.colon }
        var value = line.dropFirst(name.count + 1)
        if value.first == Self.space { value = value.dropFirst() }
        takeField(String(decoding: name, as: UTF8.self), value)
        return nil
    }

    private mutating func takeField(_ name: String, _ value: ArraySlice<UInt8>) {
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
            break  // A comment (an empty name), or a field that the standard does not know.
        }
    }

    private mutating func endEvent() -> ServerSentEvent? {
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
