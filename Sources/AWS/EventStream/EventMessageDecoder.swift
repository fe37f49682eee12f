/// Decodes messages of `application/vnd.amazon.eventstream` from bytes in pieces of any size.
///
/// It holds one message at most: lengths are checked, with their checksum, before anything waits for what they promise.
struct EventMessageDecoder {
    /// The maximum length of a message: of its headers 128 KiB, of its payload 24 MiB.
    static let maximumHeaderLength = 128 << 10
    static let maximumPayloadLength = 24 << 20

    private var received: [UInt8] = []

    /// Why bytes are no messages.
    enum Fault: Error, Equatable {
        case lengths
        case checksum
        case header
    }

    /// Whether a message has begun that is not complete.
    var isInsideMessage: Bool { !received.isEmpty }

    /// Adds bytes, and returns the messages that are complete by them.
    mutating func receive(_ bytes: [UInt8]) throws(Fault) -> [EventMessage] {
        received += bytes
        var messages: [EventMessage] = []
        var rest = received[...]
        while let message = try Self.message(&rest) { messages.append(message) }
        received = Array(rest)
        return messages
    }

    private static func message(_ bytes: inout ArraySlice<UInt8>) throws(Fault) -> EventMessage? {
        guard bytes.count >= EventMessage.preludeLength else { return nil }
        var prelude = bytes.prefix(EventMessage.preludeLength)
        let checksum = CRC32.value(of: prelude.prefix(8))
        let total = try prelude.take(UInt32.self)
        let headerLength = Int(try prelude.take(UInt32.self))
        guard try prelude.take(UInt32.self) == checksum else { throw .checksum }
        let payloadLength = Int(total) - EventMessage.frameLength - headerLength
        guard headerLength <= maximumHeaderLength, (0...maximumPayloadLength).contains(payloadLength) else {
            throw .lengths
        }
        guard bytes.count >= Int(total) else { return nil }

        var whole = bytes.prefix(Int(total))
        bytes.removeFirst(Int(total))
        var end = whole.suffix(4)
        guard CRC32.value(of: whole.dropLast(4)) == (try end.take(UInt32.self)) else { throw .checksum }
        whole = whole.dropFirst(EventMessage.preludeLength).dropLast(4)
        var headers = whole.prefix(headerLength)
        var message = EventMessage(headers: [], payload: Array(whole.dropFirst(headerLength)))
        while !headers.isEmpty { message.headers.append(try header(&headers)) }
        return message
    }

    private static func header(_ bytes: inout ArraySlice<UInt8>) throws(Fault) -> EventMessage.Header {
        let name = try text(bytes.take(count: Int(try bytes.take(UInt8.self))))
        let value: EventMessage.Value
        switch try bytes.take(UInt8.self) {
        case 0: value = .bool(true)
        case 1: value = .bool(false)
        case 2: value = .integer(Int64(try bytes.take(Int8.self)), bytes: 1)
        case 3: value = .integer(Int64(try bytes.take(Int16.self)), bytes: 2)
        case 4: value = .integer(Int64(try bytes.take(Int32.self)), bytes: 4)
        case 5: value = .integer(try bytes.take(Int64.self), bytes: 8)
        case 6: value = .bytes(try bytes.take(count: Int(try bytes.take(UInt16.self))))
        case 7: value = .text(try text(bytes.take(count: Int(try bytes.take(UInt16.self)))))
        case 8: value = .timestamp(try bytes.take(Int64.self))
        case 9: value = .uuid(try bytes.take(count: 16))
        default: throw .header
        }
        return EventMessage.Header(name, value)
    }

    private static func text(_ bytes: [UInt8]) throws(Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .header }
        return text
    }
}

extension ArraySlice<UInt8> {
    /// Removes and returns a big-endian number.
    fileprivate mutating func take<Number: FixedWidthInteger>(
        _ type: Number.Type
    ) throws(EventMessageDecoder.Fault) -> Number {
        try take(count: Number.bitWidth / 8).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    /// Removes and returns bytes.
    fileprivate mutating func take(count: Int) throws(EventMessageDecoder.Fault) -> [UInt8] {
        guard self.count >= count else { throw .header }
        defer { removeFirst(count) }
        return Array(prefix(count))
    }
}
