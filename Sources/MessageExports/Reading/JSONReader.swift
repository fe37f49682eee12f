/// Reads JSON value by value, so that a file of any size takes the memory of one text.
struct JSONReader {
    var bytes: ByteReader

    /// The longest text that is read: 1 MiB in UTF-8.
    static let maximumTextBytes = 1 << 20
    /// How deep values may be nested.
    static let maximumDepth = 64

    init(_ bytes: ByteReader) {
        self.bytes = bytes
    }

    /// The place of the next byte.
    var position: ExportError.Position { bytes.position }

    /// Returns an error at the next byte.
    func malformed(_ message: String) -> ExportError {
        ExportError(.malformed, message, at: position)
    }

    // MARK: Objects and lists

    /// Reads an object; `body` gets the name of each field and reads its value.
    mutating func forEachField(
        _ body: (_ name: String, _ reader: inout JSONReader) throws(ExportError) -> Void
    ) throws(ExportError) {
        try expect("{", "An object is expected here.")
        guard try !skip("}") else { return }
        repeat {
            guard try peek() == UInt8(ascii: "\"") else { throw malformed("The name of a field is expected here.") }
            let name = try text()
            try expect(":", "A colon is expected here.")
            try body(name, &self)
        } while try skip(",")
        try expect("}", "A comma or the end of the object is expected here.")
    }

    /// Reads a list; `body` reads each element.
    mutating func forEachElement(
        _ body: (_ reader: inout JSONReader) throws(ExportError) -> Void
    ) throws(ExportError) {
        try expect("[", "A list is expected here.")
        guard try !skip("]") else { return }
        repeat { try body(&self) } while try skip(",")
        try expect("]", "A comma or the end of the list is expected here.")
    }

    /// Reads the end of the file.
    mutating func end() throws(ExportError) {
        guard try peek() == nil else { throw malformed("Nothing more is expected here.") }
    }

    // MARK: Values

    /// Reads a text; any other value is read and nil returned.
    mutating func textIfAny() throws(ExportError) -> String? {
        guard try peek() == UInt8(ascii: "\"") else {
            try skipValue()
            return nil
        }
        return try text()
    }

    /// Reads a whole number; any other value is read and nil returned.
    mutating func integerIfAny() throws(ExportError) -> Int64? {
        guard let first = try peek(), first == UInt8(ascii: "-") || Self.isDigit(first) else {
            try skipValue()
            return nil
        }
        let word = try word()
        return Int64(word) ?? Double(word).flatMap { abs($0) < 0x1p63 ? Int64($0) : nil }
    }

    /// Reads a value, and returns whether it is `true`.
    mutating func isTrue() throws(ExportError) -> Bool {
        guard try peek() == UInt8(ascii: "t") else {
            try skipValue()
            return false
        }
        return try word() == "true"
    }

    /// Reads a value, and returns whether it holds something: neither `null`, nor `false`, nor an empty list.
    mutating func isPresent() throws(ExportError) -> Bool {
        switch try peek() {
        case UInt8(ascii: "n"), UInt8(ascii: "f"):
            try skipValue()
            return false
        case UInt8(ascii: "["):
            var count = 0
            try forEachElement { reader throws(ExportError) in
                count += 1
                try reader.skipValue()
            }
            return count > 0
        default:
            try skipValue()
            return true
        }
    }

    /// Whether the next value begins with the character.
    mutating func isAt(_ character: Unicode.Scalar) throws(ExportError) -> Bool {
        try peek() == UInt8(ascii: character)
    }

    /// Reads a value that nobody needs.
    mutating func skipValue(depth: Int = 0) throws(ExportError) {
        guard depth < Self.maximumDepth else {
            throw malformed("Values are nested more than \(Self.maximumDepth) deep here.")
        }
        switch try peek() {
        case UInt8(ascii: "{"):
            try forEachField { _, reader throws(ExportError) in try reader.skipValue(depth: depth + 1) }
        case UInt8(ascii: "["):
            try forEachElement { reader throws(ExportError) in try reader.skipValue(depth: depth + 1) }
        case UInt8(ascii: "\""): try skipText()
        default: _ = try word()
        }
    }

    /// Reads a number, `true`, `false` or `null`.
    private mutating func word() throws(ExportError) -> String {
        let start = position
        var word: [UInt8] = []
        while let byte = try bytes.peek(), word.count < 64, Self.isPartOfWord(byte) {
            word.append(byte)
            _ = try bytes.next()
        }
        let text = String(decoding: word, as: UTF8.self)
        guard ["true", "false", "null"].contains(text) || word.contains(where: Self.isDigit) && Double(text) != nil
        else { throw ExportError(.malformed, "A value is expected here.", at: start) }
        return text
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "E")].contains(byte)
    }

    // MARK: Between values

    /// Returns the first byte of the next value or mark; nil at the end.
    private mutating func peek() throws(ExportError) -> UInt8? {
        while let byte = try bytes.peek() {
            guard [0x20, 0x0A, 0x0D, 0x09].contains(byte) else { return byte }
            _ = try bytes.next()
        }
        return nil
    }

    /// Reads a mark if it is the next one.
    private mutating func skip(_ mark: Unicode.Scalar) throws(ExportError) -> Bool {
        guard try peek() == UInt8(ascii: mark) else { return false }
        _ = try bytes.next()
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar, _ message: String) throws(ExportError) {
        guard try skip(mark) else { throw malformed(message) }
    }
}
