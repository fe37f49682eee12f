/// An answer made of quotations, with what it rests on.
struct ExtractiveAnswer: Sendable {
    /// The answer: quotations, verbatim but for white space, or the sentence that says that nothing was found.
    var text: String
    /// Which file each quotation is from; `index` counts Unicode scalars into `text`, before a final full stop.
    var citations: [(fileID: String, index: Int)]
    /// What was searched for.
    var queries: [String]
    /// What the search found, best first; it holds every passage that is quoted.
    var results: [ScoredPassage]
}
