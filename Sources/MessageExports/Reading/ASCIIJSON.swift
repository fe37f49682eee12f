extension String {
    /// The text as JSON in ASCII: `"caf\u00e9"`.
    var asciiJSON: String {
        var json: [UInt8] = [UInt8(ascii: "\"")]
        for unit in utf16 {
            switch unit {
            case 0x22: json += "\\\"".utf8
            case 0x5C: json += "\\\\".utf8
            case 0x0A: json += "\\n".utf8
            case 0x0D: json += "\\r".utf8
            case 0x09: json += "\\t".utf8
            case 0x20..<0x7F: json.append(UInt8(unit))
            default:
                let digits = String(unit, radix: 16)
                json += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            }
        }
        json.append(UInt8(ascii: "\""))
        return String(decoding: json, as: UTF8.self)
    }
}

/// The JSON object of some fields with texts, on one line and in ASCII.
func jsonLine(_ fields: KeyValuePairs<String, String>) -> String {
    "{\(fields.map { "\($0.key.asciiJSON): \($0.value.asciiJSON)" }.joined(separator: ", "))}"
}
