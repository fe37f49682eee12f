/// The fields of a message in Protocol Buffers' wire format.
///
/// The format is described at https://protobuf.dev/programming-guides/encoding.
@safe
struct ProtobufFields: Sequence, IteratorProtocol {
    /// A field of a message.
    enum Value {
        /// An integer.
        case number(UInt64)
        /// The place of four bytes in the file.
        case fourBytes(Int)
        /// The place of a text, some bytes or a message in the file.
        case bytes(Range<Int>)
    }

    private let data: UnsafeRawBufferPointer
    private var position: Int
    private let end: Int
    /// Whether the message ends inside a field, or has one that cannot be read.
    private(set) var isMalformed = false

    /// Prepares to read the message that takes up a part of some bytes.
    init(_ data: UnsafeRawBufferPointer, in range: Range<Int>) {
        unsafe self.data = unsafe data
        position = range.lowerBound
        end = range.upperBound
    }

    /// Returns the next field with its number; nil at the end of the message.
    mutating func next() -> (field: Int, value: Value)? {
        while position < end {
            guard let tag = varint() else { return malformed() }
            let field = Int(truncatingIfNeeded: tag >> 3)
            switch tag & 7 {
            case 0:
                guard let number = varint() else { return malformed() }
                return (field, .number(number))
            case 1:
                guard skip(8) != nil else { return malformed() }
            case 2:
                guard let length = varint(), let start = skip(Int(clamping: length)) else { return malformed() }
                return (field, .bytes(start..<position))
            case 5:
                guard let start = skip(4) else { return malformed() }
                return (field, .fourBytes(start))
            default: return malformed()
            }
        }
        return nil
    }

    private mutating func malformed() -> (field: Int, value: Value)? {
        isMalformed = true
        position = end
        return nil
    }

    private mutating func skip(_ count: Int) -> Int? {
        guard count <= end - position else { return nil }
        defer { position += count }
        return position
    }

    private mutating func varint() -> UInt64? {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < end else { return nil }
            let byte = unsafe data[position]
            position += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        return nil
    }
}
