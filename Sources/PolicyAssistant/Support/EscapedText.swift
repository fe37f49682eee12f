extension StringProtocol {
    /// The text with everything escaped that a terminal obeys or that changes the order of what it shows.
    ///
    /// Escaped are control characters, line separators, and the characters that turn text around: a file name or a
    /// text of somebody else's must not move the cursor, clear the screen, or begin a line of its own.
    ///
    /// - Parameter keepingLines: Whether line feeds and tabs stay as they are, as in a text of several lines.
    /// - Returns: The text on one line, or with the lines it had; `\u{1B}` stands for the character with that number.
    public func escapingControls(keepingLines: Bool = false) -> String {
        guard unicodeScalars.contains(where: \.isObeyedByTerminals) else { return String(self) }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n" where keepingLines, "\t" where keepingLines: text.unicodeScalars.append(scalar)
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.isObeyedByTerminals: text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The text on one line of bounded length, as a reason that somebody else worded can be shown within a sentence.
    ///
    /// Control characters and runs of blanks become single blanks.
    ///
    /// - Parameter limit: The maximum number of characters, counted in Unicode scalars; what is longer ends with an ellipsis.
    /// - Returns: The text.
    func onOneLine(upTo limit: Int) -> String {
        let words = unicodeScalars.split { $0.isObeyedByTerminals || $0.properties.isWhitespace }
        let text = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ").unicodeScalars
        guard text.count > limit else { return String(text) }
        return String(String.UnicodeScalarView(text.prefix(limit - 1))) + "…"
    }
}

extension Unicode.Scalar {
    /// Whether terminals do something else than show the character.
    public var isObeyedByTerminals: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Line and paragraph separators.
        case 0x2028, 0x2029: true
        // Embeddings, overrides and isolates of bidirectional text.
        case 0x202A...0x202E, 0x2066...0x2069: true
        // The byte-order mark, and what may be taken for one.
        case 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }
}
