extension JSONReader {
    /// Reads a text whose opening quote is next.
    mutating func readString() throws(JSONError) -> String {
        let start = position
        let bytes = try readTextBytes()
        do {
            return String(copying: try UTF8Span(validating: bytes.span))
        } catch {
            throw .malformed(at: start)
        }
    }

    /// Reads a field's name, whose opening quote is next, in UTF-8 without escapes.
    mutating func readName() throws(JSONError) -> ArraySlice<UInt8> {
        let start = position
        let name = try readTextBytes()
        guard name.allSatisfy({ $0 < 0x80 }) || String(validating: name, as: UTF8.self) != nil else {
            throw .malformed(at: start)
        }
        return name
    }

    /// Reads a text whose opening quote is next, as bytes without escapes, which may be invalid UTF-8.
    mutating func readTextBytes() throws(JSONError) -> ArraySlice<UInt8> {
        let start = position + 1
        guard try skipText() else { return bytes[start..<position - 1] }
        return try Self.withoutEscapes(bytes[start..<position - 1])
    }

    /// Skips a text whose opening quote is next.
    ///
    /// - Returns: Whether it has escapes.
    @discardableResult
    mutating func skipText() throws(JSONError) -> Bool {
        position += 1
        var hasEscapes = false
        while true {
            position = bytes.endOfPlainText(from: position)
            guard position < bytes.count else { throw malformed }
            switch bytes[position] {
            case .quote:
                position += 1
                return hasEscapes
            case .backslash:
                hasEscapes = true
                try skipEscape()
            default:
                throw malformed
            }
        }
    }

    private mutating func skipEscape() throws(JSONError) {
        guard position + 1 < bytes.count else { throw malformed }
        switch bytes[position + 1] {
        case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard bytes[position...].codeUnit != nil else { throw malformed }
            position += 6
        default:
            throw malformed
        }
    }

    /// Replaces the escapes of a text, which are known to be well-formed.
    private static func withoutEscapes(_ text: ArraySlice<UInt8>) throws(JSONError) -> ArraySlice<UInt8> {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var rest = text
        while let backslash = rest.firstIndex(of: .backslash) {
            plain += rest[..<backslash]
            rest = rest[backslash...]
            if let unit = rest.codeUnit {
                rest = rest.dropFirst(6)
                plain += try scalar(from: unit, &rest).utf8
            } else {
                plain.append(unescaped(rest[backslash + 1]))
                rest = rest.dropFirst(2)
            }
        }
        return plain[...] + rest
    }

    /// Returns the scalar of a code unit; takes the second surrogate of a pair from the rest of the text.
    private static func scalar(
        from unit: UInt16,
        _ rest: inout ArraySlice<UInt8>
    ) throws(JSONError) -> Unicode.Scalar {
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), let second = rest.codeUnit, UTF16.isTrailSurrogate(second) else {
            throw .malformed(at: rest.startIndex)
        }
        rest = rest.dropFirst(6)
        return UTF16.decode(UTF16.EncodedScalar([unit, second]))
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }
}

extension ArraySlice<UInt8> {
    /// The code unit of an escape such as `\u00e9` at the start; nil for any other text.
    fileprivate var codeUnit: UInt16? {
        guard count >= 6, self[startIndex] == .backslash, self[startIndex + 1] == UInt8(ascii: "u") else { return nil }
        var unit: UInt16 = 0
        for byte in self[(startIndex + 2)..<(startIndex + 6)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt16(byte & 0xF)
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                unit = unit << 4 | UInt16(byte & 0xF + 9)
            default: return nil
            }
        }
        return unit
    }
}

extension [UInt8] {
    /// The position of the first byte from `start` on that is a quote, a backslash or a control character; the end where
    /// there is none.
    ///
    /// Eight bytes are looked at a time.
    func endOfPlainText(from start: Int) -> Int {
        let bytes = unsafe span.bytes
        var position = start
        while position + 8 <= bytes.byteCount {
            let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let ends = word.bytesEqual(to: .quote) | word.bytesEqual(to: .backslash) | word.bytesBelowSpace
            if ends != 0 { return position + ends.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < count {
            let byte = self[position]
            if byte == .quote || byte == .backslash || byte < 0x20 { return position }
            position += 1
        }
        return position
    }
}

/// Eight bytes at once. In each result the highest bit of a byte is set where the byte has the property; where it has, the
/// bits of the bytes above it say nothing.
extension UInt64 {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highestBits: UInt64 = 0x8080_8080_8080_8080

    fileprivate func bytesEqual(to byte: UInt8) -> UInt64 {
        let difference = self ^ (UInt64(byte) &* Self.ones)
        return (difference &- Self.ones) & ~difference & Self.highestBits
    }

    fileprivate var bytesBelowSpace: UInt64 { (self &- 0x20 &* Self.ones) & ~self & Self.highestBits }
}
