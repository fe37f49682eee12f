extension JSONReader {
    /// Reads a text, at whose first quotation mark the reader is.
    mutating func text() throws(ExportError) -> String {
        let start = position
        _ = try bytes.next()
        var text: [UInt8] = []
        while true {
            switch try bytes.next() {
            case nil: throw Self.endless(start)
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw ExportError(.malformed, "A text begins here that is not UTF-8.", at: start)
                }
                return valid
            case UInt8(ascii: "\\"): text += try escaped()
            case .some(0x00..<0x20): throw malformed("A text has a control character before this, which JSON forbids.")
            case let byte?:
                text.append(byte)
                text += bytes.nextPlainBytes()
            }
            guard text.count <= Self.maximumTextBytes else {
                throw ExportError(.tooLarge, "A text has more than \(Self.maximumTextBytes >> 20) MiB.", at: start)
            }
        }
    }

    /// Reads a text that nobody needs, of any length.
    mutating func skipText() throws(ExportError) {
        let start = position
        _ = try bytes.next()
        while true {
            switch try bytes.next() {
            case nil: throw Self.endless(start)
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"): _ = try bytes.next()
            default: _ = bytes.nextPlainBytes()
            }
        }
    }

    private static func endless(_ start: ExportError.Position) -> ExportError {
        ExportError(.malformed, "A text begins here and has no end; is the file complete?", at: start)
    }

    /// Reads the rest of an escape, in UTF-8.
    private mutating func escaped() throws(ExportError) -> [UInt8] {
        switch try bytes.next() {
        case UInt8(ascii: "n"): [0x0A]
        case UInt8(ascii: "t"): [0x09]
        case UInt8(ascii: "r"): [0x0D]
        case UInt8(ascii: "b"): [0x08]
        case UInt8(ascii: "f"): [0x0C]
        case UInt8(ascii: "u"): try escapedUnits()
        case UInt8(ascii: "\""): [UInt8(ascii: "\"")]
        case UInt8(ascii: "\\"): [UInt8(ascii: "\\")]
        case UInt8(ascii: "/"): [UInt8(ascii: "/")]
        default: throw malformed("A text has an escape before this that JSON does not have.")
        }
    }

    /// Reads an escaped code unit, and the other half of a surrogate pair; a half without the other becomes U+FFFD.
    private mutating func escapedUnits() throws(ExportError) -> [UInt8] {
        var units = [try escapedUnit()]
        while UTF16.isLeadSurrogate(units[units.count - 1]), try bytes.peek() == UInt8(ascii: "\\") {
            _ = try bytes.next()
            guard try bytes.peek() == UInt8(ascii: "u") else { return Self.utf8(units) + (try escaped()) }
            _ = try bytes.next()
            units.append(try escapedUnit())
        }
        return Self.utf8(units)
    }

    private static func utf8(_ units: [UInt16]) -> [UInt8] { Array(String(decoding: units, as: UTF16.self).utf8) }

    private mutating func escapedUnit() throws(ExportError) -> UInt16 {
        var digits: [UInt8] = []
        for _ in 0..<4 { if let byte = try bytes.next() { digits.append(byte) } }
        let text = String(decoding: digits, as: UTF8.self)
        guard digits.count == 4, !text.hasPrefix("+"), let unit = UInt16(text, radix: 16) else {
            throw malformed("A text has an escape \\u before this without four hexadecimal digits.")
        }
        return unit
    }
}
