extension JSONReader {
    /// Skips a value of any type, whose syntax is checked as far as that takes no decoding.
    public mutating func skip() throws(JSONError) {
        switch next {
        case .quote: try skipText()
        case .openingBrace:
            try readObject { _, json throws(JSONError) in try json.skip() }
        case .openingBracket:
            try readArray { json throws(JSONError) in try json.skip() }
        case UInt8(ascii: "t"): try read("true")
        case UInt8(ascii: "f"): try read("false")
        case UInt8(ascii: "n"): try read("null")
        default: _ = try readNumberToken()
        }
    }

    /// Skips a value, and returns its JSON.
    public mutating func readJSON() throws(JSONError) -> ArraySlice<UInt8> {
        _ = next
        let start = position
        try skip()
        return bytes[start..<position]
    }

    /// Skips a value, and returns a reader at its start.
    public mutating func skipped() throws(JSONError) -> JSONReader {
        let reader = self
        try skip()
        return reader
    }

    /// Skips a number.
    ///
    /// - Returns: Where it starts, and whether it has neither a fraction nor an exponent.
    mutating func readNumberToken() throws(JSONError) -> (start: Int, isInteger: Bool) {
        guard let first = next, first == .minus || first.isDigit else { throw mismatch }
        let start = position
        if first == .minus { position += 1 }
        let firstDigit = position
        try skipDigits()
        guard position == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else { throw malformed }
        var isInteger = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if position < bytes.count, bytes[position] == .minus || bytes[position] == UInt8(ascii: "+") {
                position += 1
            }
            try skipDigits()
        }
        return (start, isInteger)
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = position
        while position < bytes.count, bytes[position].isDigit { position += 1 }
        guard position > start else { throw malformed }
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
