extension StringProtocol {
    /// The text on one line.
    ///
    /// Every run of white space is one blank, and none is left at the ends. What cannot be seen (soft hyphens, zero-width
    /// blanks, control characters, marks of writing direction) is gone. Ligatures and the shapes that Arabic letters take
    /// in print are their letters.
    package var onOneLine: String {
        var line = String.UnicodeScalarView()
        var blankIsDue = false
        for scalar in unicodeScalars {
            if scalar.isBlank {
                blankIsDue = !line.isEmpty
            } else if !scalar.isInvisible {
                if blankIsDue { line.append(" ") }
                blankIsDue = false
                if let letters = CompatibilityForms.letters(of: scalar) {
                    line.append(contentsOf: letters)
                } else {
                    line.append(scalar)
                }
            }
        }
        return String(line)
    }

    /// The number of words, where a word is what stands between blanks.
    package var wordCount: Int {
        var count = 0
        var inWord = false
        for byte in utf8 {
            let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isBlank && !inWord { count += 1 }
            inWord = !isBlank
        }
        return count
    }
}

extension Unicode.Scalar {
    /// White space of any width, also that which does not break.
    package var isBlank: Bool {
        switch value {
        case 0x20, 0x09...0x0D: true
        case 0x21...0x84: false
        default: properties.isWhitespace
        }
    }

    /// Whether the scalar leaves no mark in a text.
    ///
    /// A zero-width joiner does: it makes one sign of two.
    fileprivate var isInvisible: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
