/// The beginning of a message in a WhatsApp export: date and time, in one of the forms of the two systems and of many
/// languages.
///
/// | System | Form |
/// | --- | --- |
/// | Android | `31.12.23, 21:41 - Ana: …`, `12/31/23, 9:41 PM - Ana: …`, `2023-12-31, 21:41 - Ana: …` |
/// | iOS | `[31.12.23, 21:41:07] Ana: …`, `[12/31/23, 9:41:07 PM] Ana: …` |
///
/// What day a date means depends on the phone's language, and nobody needs it: the messages of an export are in order.
enum WhatsAppHeader {
    /// Returns what follows the date and time; nil for a line that does not begin a message.
    static func content(of line: String) -> Substring? {
        let scalars = line.unicodeScalars.drop { $0.isDirectionMark || $0.value == 0xFEFF }
        let text = Substring(scalars)
        // No date and time is longer.
        let beginning = text.unicodeScalars.prefix(48)
        if beginning.first == "[" {
            guard let end = beginning.firstIndex(of: "]") else { return nil }
            guard isDateAndTime(text[text.unicodeScalars.index(after: text.startIndex)..<end]) else { return nil }
            return text[text.unicodeScalars.index(after: end)...].droppingSpace()
        }
        guard let end = Substring(beginning).firstRange(of: " - ") else { return nil }
        guard isDateAndTime(text[..<end.lowerBound]) else { return nil }
        return text[end.upperBound...]
    }

    /// Whether a text is a date followed by a time, as `31.12.23, 21:41` and `12/31/23, 9:41:07 PM` are.
    private static func isDateAndTime(_ text: Substring) -> Bool {
        var rest = text.unicodeScalars[...]
        guard let separator = rest.first(where: { !isDigit($0) }), "./-".unicodeScalars.contains(separator),
            let date = numbers(&rest, separatedBy: separator, atMost: 3), date.count == 3,
            date.count(where: { $0.count == 4 || $0.value > 31 }) <= 1, date.allSatisfy({ $0.count <= 4 })
        else { return false }
        // Some languages have a full stop, a comma or a word such as “um” between date and time.
        guard let time = rest.firstIndex(where: isDigit), rest[..<time].count <= 6,
            rest[..<time].contains(where: { $0.properties.isWhitespace }),
            rest[..<time].allSatisfy({ ".,".unicodeScalars.contains($0) || $0.properties.isWhitespace || isLetter($0) })
        else { return false }
        rest = rest[time...]
        guard let separator = rest.first(where: { !isDigit($0) }), ":.".unicodeScalars.contains(separator),
            let clock = numbers(&rest, separatedBy: separator, atMost: 3), (2...3).contains(clock.count),
            clock[0].value <= 24, clock.dropFirst().allSatisfy({ $0.count == 2 && $0.value < 60 })
        else { return false }
        // AM and PM, in the forms of many languages.
        return rest.count <= 12 && rest.allSatisfy { $0 == "." || $0.properties.isWhitespace || isLetter($0) }
    }

    /// Reads numbers and the separators between them.
    ///
    /// - Returns: How many digits each number has, and its value; nil where a number is missing.
    private static func numbers(
        _ text: inout Substring.UnicodeScalarView,
        separatedBy separator: Unicode.Scalar,
        atMost limit: Int
    ) -> [(count: Int, value: Int)]? {
        var found: [(count: Int, value: Int)] = []
        while true {
            let digits = text.prefix(while: isDigit)
            guard (1...4).contains(digits.count), let value = Int(String(digits)) else { return nil }
            found.append((digits.count, value))
            text = text[digits.endIndex...]
            guard found.count < limit, text.first == separator else { return found }
            text.removeFirst()
            // Some languages have spaces in dates: `31. 12. 2023`.
            while text.first == " " { text.removeFirst() }
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
}

extension Substring {
    fileprivate func droppingSpace() -> Substring { hasPrefix(" ") ? dropFirst() : self }
}
