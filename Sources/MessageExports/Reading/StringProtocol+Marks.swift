extension StringProtocol {
    /// The text without white space at its ends.
    func trimmingBlanks() -> String {
        var scalars = Substring(self).unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }

    /// The text without direction marks.
    var withoutDirectionMarks: String {
        guard unicodeScalars.contains(where: \.isDirectionMark) else { return String(self) }
        return String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isDirectionMark }))
    }
}

extension Unicode.Scalar {
    /// Whether the character is invisible and sets the direction of text.
    var isDirectionMark: Bool {
        switch value {
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
