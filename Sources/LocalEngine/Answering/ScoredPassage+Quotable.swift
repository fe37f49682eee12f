extension ScoredPassage {
    /// Returns the passage, or a part of it, with the rows of its tables as they stand in the file.
    ///
    /// The whole passage's text with these rows is `whole`; nil if it has none.
    func quotable(in whole: String?) -> ScoredPassage {
        guard let whole, !whole.contains(text) else { return self }
        var passage = self
        passage.text = text.contains("\n") ? whole : Self.standing(of: text, in: whole)
        return passage
    }

    /// What stands in the file of a line that tells a row, or of the line's beginning; the line itself if nothing does.
    private static func standing(of told: String, in whole: String) -> String {
        let words = Set(Words.all(in: told))
        let rows = whole.split(separator: "\n").filter { words.isSuperset(of: Words.all(in: String($0))) }
        if !rows.isEmpty { return rows.joined(separator: "\n") }
        let marks = told.ranges(of: ": ") + told.ranges(of: "; ")
        let rests = marks.map { told[$0.upperBound...] }.filter { whole.contains($0) }
        return rests.max { $0.utf8.count < $1.utf8.count }.map { String($0) } ?? told
    }
}
