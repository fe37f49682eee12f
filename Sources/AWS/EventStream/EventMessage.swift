/// A message of `application/vnd.amazon.eventstream`.
///
/// ```
/// total length (4) | headers' length (4) | CRC-32 of these (4) | headers | payload | CRC-32 of all before (4)
/// header: name's length (1) | name | type (1) | value, with a length (2) where the type has none of its own
/// ```
///
/// Numbers are big-endian. Source: "Event stream encoding" in the Amazon Transcribe Developer Guide.
struct EventMessage: Sendable, Hashable {
    var headers: [Header]
    var payload: [UInt8]

    /// A header of a message.
    struct Header: Sendable, Hashable {
        var name: String
        var value: Value

        init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The value of a header.
    enum Value: Sendable, Hashable {
        case bool(Bool)
        /// A whole number in 1, 2, 4 or 8 bytes.
        case integer(Int64, bytes: Int)
        case bytes([UInt8])
        case text(String)
        /// The milliseconds since 1970.
        case timestamp(Int64)
        /// The 16 bytes of a UUID.
        case uuid([UInt8])
    }

    /// The text of the header of this name; nil if there is none, or it is no text.
    subscript(name: String) -> String? {
        guard let header = headers.first(where: { $0.name == name }), case .text(let text) = header.value else {
            return nil
        }
        return text
    }

    /// The length of a message without headers and payload.
    static let frameLength = 16
    /// The length of the part that tells the other lengths, with its checksum.
    static let preludeLength = 12
}

extension EventMessage {
    /// The message as it is sent.
    var encoded: [UInt8] {
        let headers = headers.flatMap(\.encoded)
        var bytes = UInt32(Self.frameLength + headers.count + payload.count).bigEndianBytes
        bytes += UInt32(headers.count).bigEndianBytes
        bytes += CRC32.value(of: bytes).bigEndianBytes
        bytes += headers
        bytes += payload
        return bytes + CRC32.value(of: bytes).bigEndianBytes
    }
}

extension EventMessage.Header {
    /// The header as it is sent and signed; name and value have to fit their lengths of 1 and 2 bytes.
    var encoded: [UInt8] {
        let name = Array(name.utf8)
        return [UInt8(name.count)] + name + value.encoded
    }
}

extension EventMessage.Value {
    fileprivate var encoded: [UInt8] {
        switch self {
        case .bool(let value): [value ? 0 : 1]
        case .integer(let value, bytes: 1): [2] + value.bigEndianBytes.suffix(1)
        case .integer(let value, bytes: 2): [3] + value.bigEndianBytes.suffix(2)
        case .integer(let value, bytes: 4): [4] + value.bigEndianBytes.suffix(4)
        case .integer(let value, _): [5] + value.bigEndianBytes
        case .bytes(let value): [6] + UInt16(value.count).bigEndianBytes + value
        case .text(let value): [7] + UInt16(value.utf8.count).bigEndianBytes + Array(value.utf8)
        case .timestamp(let value): [8] + value.bigEndianBytes
        case .uuid(let value): [9] + value
        }
    }
}

extension FixedWidthInteger {
    /// The bytes, the highest first.
    fileprivate var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
    }
}
