/// Reads JSON (RFC 8259) from bytes, one value after the other, in one pass and without a tree.
///
/// The caller says what it expects next; what it has no use for is skipped, and not decoded. A copy of a reader remembers
/// a place, to read a value that was skipped.
///
/// ```swift
/// import JSON
///
/// func numberOfDays(in bytes: [UInt8]) throws(JSONError) -> Int? {
///     var json = JSONReader(bytes)
///     var days: Int?
///     try json.readObject { name, json throws(JSONError) in
///         switch name {
///         case "days": days = try json.readIntegerIfPresent()
///         default: try json.skip()
///         }
///     }
///     try json.finish()
///     return days
/// }
/// ```
///
/// Of fields with the same name, the last one counts where the caller lets it. A byte-order mark at the start is skipped.
/// Texts are valid UTF-8, and every surrogate is one of a pair.
public struct JSONReader: Sendable {
    /// How deep arrays and objects may nest.
    public static let maximumDepth = 512

    let bytes: [UInt8]
    /// The position of the next byte to read.
    var position = 0
    /// How many arrays and objects are open.
    var depth = 0

    /// Creates a reader at the start of a text.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    // MARK: Structure

    /// Reads an object.
    ///
    /// - Parameter readField: Gets the name of each field, and has to read or skip its value.
    /// - Throws: ``JSONError``, and that of `readField`.
    public mutating func readObject(
        _ readField: (_ name: JSONName, _ json: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try expect(.openingBrace)
        try enter()
        if takes(.closingBrace) { return leave() }
        repeat {
            guard next == .quote else { throw malformed }
            let name = JSONName(try readName())
            guard takes(.colon) else { throw malformed }
            try readField(name, &self)
        } while takes(.comma)
        guard takes(.closingBrace) else { throw malformed }
        leave()
    }

    /// Reads one field of an object; of `null`, none.
    ///
    /// - Parameters:
    ///   - wanted: The name of the field.
    ///   - readValue: Has to read or skip the field's value.
    /// - Throws: ``JSONError``, and that of `readValue`.
    public mutating func readField(
        _ wanted: StaticString,
        _ readValue: (_ json: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try !readsNull() else { return }
        try readObject { name, json throws(JSONError) in
            if wanted ~= name { try readValue(&json) } else { try json.skip() }
        }
    }

    /// Reads an array.
    ///
    /// - Parameter readElement: Has to read or skip one element.
    /// - Throws: ``JSONError``, and that of `readElement`.
    public mutating func readArray(
        _ readElement: (_ json: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try expect(.openingBracket)
        try enter()
        if takes(.closingBracket) { return leave() }
        repeat { try readElement(&self) } while takes(.comma)
        guard takes(.closingBracket) else { throw malformed }
        leave()
    }

    /// Reads an array of values of one type.
    public mutating func readArray<Element: JSONReadable>(of _: Element.Type) throws(JSONError) -> [Element] {
        var elements: [Element] = []
        try readArray { json throws(JSONError) in elements.append(try Element(reading: &json)) }
        return elements
    }

    /// Ends the text: only white space may follow.
    public mutating func finish() throws(JSONError) {
        guard next == nil else { throw malformed }
    }

    // MARK: Values

    /// Reads `null`, if that is the next value.
    public mutating func readsNull() throws(JSONError) -> Bool {
        guard next == UInt8(ascii: "n") else { return false }
        try read("null")
        return true
    }

    /// Reads a text.
    public mutating func readText() throws(JSONError) -> String {
        guard next == .quote else { throw mismatch }
        return try readString()
    }

    /// Reads `true` or `false`.
    public mutating func readBoolean() throws(JSONError) -> Bool {
        switch next {
        case UInt8(ascii: "t"):
            try read("true")
            return true
        case UInt8(ascii: "f"):
            try read("false")
            return false
        default:
            throw mismatch
        }
    }

    /// Reads a number without a fraction, such as `12`, `12.0` or `1.2e1`.
    public mutating func readInteger() throws(JSONError) -> Int {
        let (start, isInteger) = try readNumberToken()
        let text = bytes[start..<position]
        if isInteger, text.count < 19 {
            let digits = text.first == .minus ? text.dropFirst() : text
            let magnitude = digits.reduce(0) { $0 * 10 + Int($1 & 0xF) }
            return text.first == .minus ? -magnitude : magnitude
        }
        let word = String(decoding: text, as: UTF8.self)
        guard let number = isInteger ? Int(word) : Double(word).flatMap(Int.init(exactly:)) else {
            throw .mismatched(at: start)
        }
        return number
    }

    /// Reads a number; one that is too large is infinite to no reader, but of another type.
    public mutating func readNumber() throws(JSONError) -> Double {
        let (start, _) = try readNumberToken()
        guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite else {
            throw .mismatched(at: start)
        }
        return number
    }

    // MARK: Values that may be null

    /// Reads a text, or `null` as nil.
    public mutating func readTextIfPresent() throws(JSONError) -> String? {
        try readsNull() ? nil : try readText()
    }

    /// Reads a number without a fraction, or `null` as nil.
    public mutating func readIntegerIfPresent() throws(JSONError) -> Int? {
        try readsNull() ? nil : try readInteger()
    }

    /// Reads `true` or `false`, or `null` as nil.
    public mutating func readBooleanIfPresent() throws(JSONError) -> Bool? {
        try readsNull() ? nil : try readBoolean()
    }

    /// Reads a value of a type, or `null` as nil.
    public mutating func readIfPresent<Value: JSONReadable>(_: Value.Type) throws(JSONError) -> Value? {
        try readsNull() ? nil : try Value(reading: &self)
    }

    /// Reads an array of values of one type, or `null` as nil.
    public mutating func readArrayIfPresent<Element: JSONReadable>(
        of type: Element.Type
    ) throws(JSONError) -> [Element]? {
        try readsNull() ? nil : try readArray(of: type)
    }

    /// Reads a number without a fraction, or skips a value of another type.
    ///
    /// - Returns: Nil where it is no such number.
    public mutating func readIntegerOrSkip() throws(JSONError) -> Int? {
        var value = try skipped()
        return try? value.readInteger()
    }

    /// Reads a text, or skips a value of another type.
    ///
    /// - Returns: Nil where it is not a text.
    public mutating func readTextOrSkip() throws(JSONError) -> String? {
        guard next == .quote else {
            try skip()
            return nil
        }
        return try readString()
    }

    // MARK: Errors

    /// The error that the next value is of another type than was expected; that it is no JSON, at the text's end.
    public var mismatch: JSONError {
        var copy = self
        guard let byte = copy.next, byte.beginsJSONValue else { return copy.malformed }
        return .mismatched(at: copy.position)
    }

    var malformed: JSONError { .malformed(at: position) }

    // MARK: Bytes

    /// The next byte that is not white space; nil at the end.
    var next: UInt8? {
        mutating get {
            while position < bytes.count {
                let byte = bytes[position]
                guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
                position += 1
            }
            return nil
        }
    }

    /// Takes the next byte, if it is this one.
    mutating func takes(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard takes(byte) else { throw mismatch }
    }

    mutating func enter() throws(JSONError) {
        guard depth < Self.maximumDepth else { throw malformed }
        depth += 1
    }

    mutating func leave() {
        depth -= 1
    }

    mutating func read(_ word: StaticString) throws(JSONError) {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count else { throw malformed }
        let expected = unsafe UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard unsafe bytes[position..<end].elementsEqual(expected) else { throw malformed }
        position = end
    }
}

extension UInt8 {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let openingBrace = UInt8(ascii: "{")
    static let closingBrace = UInt8(ascii: "}")
    static let openingBracket = UInt8(ascii: "[")
    static let closingBracket = UInt8(ascii: "]")
    static let colon = UInt8(ascii: ":")
    static let comma = UInt8(ascii: ",")
    static let minus = UInt8(ascii: "-")

    fileprivate var beginsJSONValue: Bool {
        switch self {
        case .quote, .openingBrace, .openingBracket, .minus, UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"),
            UInt8(ascii: "f"), UInt8(ascii: "n"):
            true
        default:
            false
        }
    }
}
