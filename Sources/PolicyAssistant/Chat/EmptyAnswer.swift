extension StringProtocol {
    /// The text without the empty lines at its end, on which only citations stand.
    ///
    /// Blanks before the first of the line ends stay, so that a text that comes in pieces can be told as far as it goes.
    var withoutEmptyEnd: SubSequence {
        let end = unicodeScalars.lastIndex { !$0.properties.isWhitespace }
        let rest = end.map { unicodeScalars.index(after: $0) } ?? startIndex
        guard let lineEnd = unicodeScalars[rest...].firstIndex(where: { $0 == "\n" || $0 == "\r" }) else {
            return self[...]
        }
        return self[..<lineEnd]
    }
}
