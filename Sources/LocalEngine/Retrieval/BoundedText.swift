extension String {
    /// The text, or its beginning and its end if it is longer than a question needs to be: 2048 bytes.
    ///
    /// What is done for a question grows with its words. A long one asks at its beginning or at its end.
    var boundedForSearch: String {
        let half = 1024
        guard utf8.count > 2 * half else { return self }
        let beginning = unicodeScalars[..<scalarStart(before: utf8.index(startIndex, offsetBy: half))]
        let end = unicodeScalars[scalarStart(before: utf8.index(endIndex, offsetBy: -half))...]
        return "\(Substring(beginning)) \(Substring(end))"
    }

    /// The start of the scalar that a place in the bytes is in.
    private func scalarStart(before place: Index) -> Index {
        var place = place
        while place > startIndex, utf8[place] & 0xC0 == 0x80 { place = utf8.index(before: place) }
        return place
    }
}
