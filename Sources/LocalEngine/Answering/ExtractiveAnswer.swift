/// An answer that consists of quotations, with its evidence.
struct ExtractiveAnswer: Sendable {
    /// A passage that the answer cites.
    struct Citation: Sendable, Hashable {
        let passage: ScoredPassage
        /// Its range in the text, in Unicode scalars.
        let index: Int
        /// The part of the passage that is cited beside the text; nil where the text itself quotes the passage.
        var quote: String?

        /// Cites a passage behind the statement that an answer rests on, but before a full stop.
        ///
        /// A statement that is cut is not in the text; then the citation is at its end.
        init(_ passage: ScoredPassage, behind statement: String, in text: String) {
            let cited = text.ranges(of: statement).last.map { text[..<$0.upperBound] } ?? text[...]
            let count = cited.unicodeScalars.count
            self.init(passage: passage, index: cited.last.map { ".!?".contains($0) } == true ? count - 1 : count)
        }

        /// Cites a passage at a place in the text.
        init(passage: ScoredPassage, index: Int, quote: String? = nil) {
            self.passage = passage
            self.index = index
            self.quote = quote
        }
    }

    /// The answer: quotations, verbatim but for white space, or the sentence that says that nothing was found.
    ///
    /// Where passages are cited beside the text, it ends with an empty line, and their citations are at its end.
    var text: String
    /// The passages that are quoted in the text, then those that are cited beside it.
    var citations: [Citation] = []
    /// The confidence of the answer.
    var confidence: AnswerConfidence
    /// The queries of the search.
    var queries: [String]
    /// The passages that the search found, best first; all cited ones are among them.
    var results: [ScoredPassage]

    /// What the search found, with what is cited beside the text in front: the cited passage, and the parts of the others.
    ///
    /// In this order, the first result of a citation's passage is the part that it cites.
    var evidence: [ScoredPassage] {
        guard citations.contains(where: { $0.quote != nil }) else { return results }
        let cited = citations.map { citation in
            var passage = citation.passage
            passage.text = citation.quote ?? passage.text
            return passage
        }
        var evidence = cited + results.filter { passage in !citations.contains { $0.passage == passage } }
        var least = 1.0
        for place in evidence.indices {
            least = min(least, evidence[place].score)
            evidence[place].score = least
        }
        return evidence
    }
}

/// The confidence that an answer answers its question.
///
/// Clients find it in the `metadata` of a response and of an assistant's message, under the key ``metadataKey``.
enum AnswerConfidence: String, Sendable, Hashable {
    /// The quotations answer the question.
    case sure
    /// The quotations may not answer the question, and the text says so.
    case unsure
    /// Nothing is quoted.
    case none

    /// The key of the confidence in metadata.
    static let metadataKey = "confidence"
}

extension ScoredPassage {
    /// Returns the passage, or a part of it, with the rows of its tables as they are in the file.
    ///
    /// The whole passage's text with these rows is `whole`; nil if it has none.
    func quotable(in whole: String?) -> ScoredPassage {
        guard let whole, !whole.contains(text) else { return self }
        var passage = self
        passage.text = text.contains("\n") ? whole : Self.standing(of: text, in: whole)
        return passage
    }

    /// The text in the file for a line that describes a row, or for the line's beginning; the line itself if there is none.
    private static func standing(of told: String, in whole: String) -> String {
        let words = Set(Words.all(in: told))
        let rows = whole.split(separator: "\n").filter { words.isSuperset(of: Words.all(in: String($0))) }
        if !rows.isEmpty { return rows.joined(separator: "\n") }
        let marks = told.ranges(of: ": ") + told.ranges(of: "; ")
        let rests = marks.map { told[$0.upperBound...] }.filter { whole.contains($0) }
        return rests.max { $0.utf8.count < $1.utf8.count }.map { String($0) } ?? told
    }
}
