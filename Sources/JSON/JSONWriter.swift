/// Writes JSON into one buffer, as it is described.
///
/// ```swift
/// import JSON
///
/// var json = JSONWriter()
/// json.writeObject { json in
///     json.writeName("days")
///     json.write(27)
/// }
/// print(String(decoding: json.bytes, as: UTF8.self))  // {"days":27}
/// ```
///
/// Slashes are not escaped, and neither are characters beyond ASCII.
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// Creates a writer with an empty buffer.
    ///
    /// - Parameter capacity: For how many bytes there is room at first.
    public init(capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    // MARK: Structure

    /// Writes an object.
    ///
    /// - Parameter writeFields: Writes each field: its name, and a value.
    /// - Throws: What `writeFields` throws.
    public mutating func writeObject<Failure: Error>(
        _ writeFields: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        separate()
        bytes.append(.openingBrace)
        try writeFields(&self)
        bytes.append(.closingBrace)
    }

    /// Writes an array.
    ///
    /// - Parameters:
    ///   - elements: The elements.
    ///   - writeElement: Writes one of them.
    /// - Throws: What `writeElement` throws.
    public mutating func writeArray<Element, Failure: Error>(
        _ elements: [Element],
        _ writeElement: (Element, inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        separate()
        bytes.append(.openingBracket)
        for element in elements { try writeElement(element, &self) }
        bytes.append(.closingBracket)
    }

    /// Writes the name of a field, which consists of ASCII without quotes and backslashes.
    public mutating func writeName(_ name: StaticString) {
        separate()
        bytes.append(.quote)
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(.quote)
        bytes.append(.colon)
    }

    // MARK: Values

    /// Writes a text.
    public mutating func write(_ text: String) {
        separate()
        bytes.append(.quote)
        var text = text
        text.withUTF8 { unsafe append(escaping: $0) }
        bytes.append(.quote)
    }

    /// Writes a number.
    public mutating func write(_ number: Int) {
        separate()
        var digits = String(number)
        digits.withUTF8 { unsafe bytes.append(contentsOf: $0) }
    }

    /// Writes `true` or `false`.
    public mutating func write(_ boolean: Bool) {
        separate()
        bytes.append(contentsOf: boolean ? [0x74, 0x72, 0x75, 0x65] : [0x66, 0x61, 0x6C, 0x73, 0x65])
    }

    /// Writes a value that is JSON already.
    public mutating func write(json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    // MARK: Fields

    /// Writes a field with a text; none for nil.
    public mutating func writeField(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        writeName(name)
        write(text)
    }

    /// Writes a field with a number; none for nil.
    public mutating func writeField(_ name: StaticString, _ number: Int?) {
        guard let number else { return }
        writeName(name)
        write(number)
    }

    /// Writes a field with `true` or `false`; none for nil.
    public mutating func writeField(_ name: StaticString, _ boolean: Bool?) {
        guard let boolean else { return }
        writeName(name)
        write(boolean)
    }

    // MARK: Bytes

    /// Writes a comma behind a value.
    private mutating func separate() {
        switch bytes.last {
        case nil, .openingBrace, .openingBracket, .colon: break
        default: bytes.append(.comma)
        }
    }

    private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for position in text.indices {
            let byte = unsafe text[position]
            guard byte == .quote || byte == .backslash || byte < 0x20 else { continue }
            unsafe bytes.append(contentsOf: text[start..<position])
            append(escapeOf: byte)
            start = position + 1
        }
        unsafe bytes.append(contentsOf: text[start...])
    }

    private mutating func append(escapeOf byte: UInt8) {
        bytes.append(.backslash)
        switch byte {
        case .quote, .backslash: bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 0xF)])
        }
    }
}
