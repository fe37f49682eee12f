/// The escapes of Office for characters that XML does not have, such as `_x000D_` for a carriage return.
enum OfficeEscapes {
    private static let length = "_x000D_".utf8.count

    /// The text with a blank for each escaped control character, and the mark itself for an escaped mark.
    static func decode(_ text: String) -> String {
        guard text.contains("_x00") else { return text }
        var decoded = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "_x00")?.lowerBound {
            decoded += rest[..<start]
            rest = rest[start...]
            guard let character = character(of: rest.prefix(length)) else {
                decoded.append(rest.removeFirst())
                continue
            }
            decoded += character
            rest = rest.dropFirst(length)
        }
        return decoded + rest
    }

    private static func character(of escape: Substring) -> String? {
        guard escape.last == "_", escape.count == length, let value = UInt32(escape.dropFirst(2).dropLast(), radix: 16)
        else { return nil }
        if value < 0x20 { return " " }
        return value == 0x5F ? "_" : nil
    }
}
