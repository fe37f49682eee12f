internal import DocumentText

/// What is quoted to answer one question of a message.
struct QuestionAnswer {
    let question: String
    /// The query of the search.
    let query: String
    /// What is quoted; nil if nothing is.
    var choice: StatementChoice?
    /// Whether it answers the question without doubt.
    var isSure = false
    /// The passages that the search found, best first; those that are quoted are among them.
    var results: [ScoredPassage]
    /// The exceptions beside what is quoted.
    var exceptions: SectionExceptions?

    /// The passages that are quoted.
    var passages: [ScoredPassage] { [choice?.passage, exceptions?.passage].compactMap { $0 } }

    /// Appends what is quoted to a text, after doubt if there is any, or else that nothing was found.
    ///
    /// - Returns: The citations of what is quoted, at their places in the text.
    func write(to text: inout String, _ phrases: AnswerPhrases, isSure: Bool) -> [ExtractiveAnswer.Citation] {
        guard let choice else {
            text += phrases.notFound
            return []
        }
        text += (isSure ? "" : phrases.doubt + "\n\n") + choice.text
        var citations = [
            ExtractiveAnswer.Citation(choice.passage, behind: choice.bestStatement, in: text)
        ]
        if let exceptions {
            text += "\n\n" + exceptions.text
            citations.append(.init(passage: exceptions.passage, index: text.unicodeScalars.count))
        }
        return citations
    }

    /// What further passages say, best first.
    func furtherQuotations(least: Double) -> [FurtherQuotation] {
        guard let choice else { return [] }
        return FurtherQuotation.choose(from: choice.weighed, besides: passages.map(\.id), least: least)
    }
}
