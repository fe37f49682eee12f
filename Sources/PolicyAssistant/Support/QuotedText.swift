extension String {
    /// The text on one line, without quotation marks and without what Markdown reads as more than text.
    ///
    /// In instructions, a text of somebody else's then ends no quotation, begins no heading, and is not read as a sentence that
    /// the operator quotes.
    var quotable: String {
        let marks: Set<Unicode.Scalar> = ["\"", "“", "”", "„", "«", "»", "`"]
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if marks.contains(scalar) {
                text.append("'")
            } else if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                if text.last != " " { text.append(" ") }
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
