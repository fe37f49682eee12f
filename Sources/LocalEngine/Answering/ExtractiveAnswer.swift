/// An answer made of quotations, with what it rests on.
struct ExtractiveAnswer: Sendable {
    /// A passage that the answer rests on.
    struct Citation: Sendable, Hashable {
        let passage: ScoredPassage
        /// Where in the text it belongs, in Unicode scalars.
        let index: Int
        /// The part of the passage that is cited beside the text; nil where the text itself quotes the passage.
        var quote: String?
    }

    /// The answer: quotations, verbatim but for white space, or the sentence that says that nothing was found.
    ///
    /// Where passages are cited beside the text, it ends with an empty line, at whose end their citations stand.
    var text: String
    /// What is quoted in the text, each before a final full stop, and then what is cited beside it.
    var citations: [Citation] = []
    /// How sure the answer is.
    var confidence: AnswerConfidence
    /// What was searched for.
    var queries: [String]
    /// What the search found, best first; it holds every passage that is cited.
    var results: [ScoredPassage]

    /// What the search found, with what is cited beside the text in front: the cited passage, and the parts of the others.
    ///
    /// So whoever reads the results in order meets, for each citation, first what it means.
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
