/// The measures of an evaluation.
public struct Measures: Sendable, Hashable, Encodable {
    /// Questions whose answers all pass every check.
    public var right: Share
    /// Answers whose first citation is of a right document.
    public var fileFirst: Share
    /// Answers with a citation of a right document.
    public var fileCited: Share
    /// Answers whose own text has the fact.
    public var factAnswer: Share
    /// Answers that have the fact, quotes included.
    public var fact: Share
    /// Answers with citations to questions that have an answer.
    public var answered: Share
    /// Answers with citations that say that they may be wrong, to questions that have an answer.
    public var unsure: Share
    /// Out-of-scope questions that are refused.
    public var refused: Share
    /// Out-of-scope questions that are refused, or answered with doubt.
    public var refusedOrUnsure: Share
    /// Assertions that pass.
    public var assertions: Share
    /// Quotes that are verbatim in their documents.
    public var verbatim: Share
    /// Questions whose repeated answers agree.
    public var agreement: Share

    package init(_ questions: [EvaluatedQuestion]) {
        func judgements(_ expectation: EvaluationQuestion.Expectation) -> [Judgement] {
            questions.filter { $0.question.expectation == expectation }.flatMap { $0.attempts.map(\.judgement) }
        }
        let all = questions.flatMap { $0.attempts.map(\.judgement) }
        let (answers, refusals) = (judgements(.answer), judgements(.refusal))
        right = Share(questions.map(\.isRight))
        fileFirst = Share(all.map(\.isFileFirst))
        fileCited = Share(all.map(\.isFileCited))
        factAnswer = Share(all.map(\.isFactStated))
        fact = Share(all.map(\.isFactHeld))
        answered = Share(answers.map { $0.outcome == .answered || $0.outcome == .unsure })
        unsure = Share(answers.map { $0.outcome == .unsure })
        refused = Share(refusals.map { $0.outcome == .refused })
        refusedOrUnsure = Share(refusals.map { $0.outcome == .refused || $0.outcome == .unsure })
        assertions = Share(all.flatMap(\.assertions))
        verbatim = Share(all.flatMap(\.quotes))
        agreement = Share(questions.map(\.isAgreed))
    }

    /// A measure with its name for gates and JSON, and its title for people.
    struct Named: Sendable {
        let name: String
        let title: String
        let share: Share
    }

    /// The measures in the order of reports.
    var all: [Named] {
        Self.titles.map { name, title, path in Named(name: name, title: title, share: self[keyPath: path]) }
    }

    /// The names of the measures.
    static var names: [String] { titles.map(\.name) }

    private static var titles: [(name: String, title: String, path: KeyPath<Measures, Share>)] {
        [
            ("right", "right", \.right),
            ("file_first", "right document cited first", \.fileFirst),
            ("file_cited", "right document cited", \.fileCited),
            ("fact_answer", "fact in the answer", \.factAnswer),
            ("fact", "fact in the answer or its quotes", \.fact),
            ("answered", "answered", \.answered),
            ("unsure", "answered, but unsure", \.unsure),
            ("refused", "out of scope: refused", \.refused),
            ("refused_or_unsure", "out of scope: refused or unsure", \.refusedOrUnsure),
            ("assertions", "assertions passed", \.assertions),
            ("verbatim", "quotes word for word", \.verbatim),
            ("agreement", "repeats agree", \.agreement),
        ]
    }
}

/// The questions of one kind.
public struct KindMeasures: Sendable, Hashable, Encodable {
    /// The kind.
    public var kind: String
    /// Questions that are right, as in ``Measures/right``.
    public var right: Share
    /// Answers whose own text has the fact, and out-of-scope questions that are refused.
    public var strict: Share

    init(kind: String, _ questions: [EvaluatedQuestion]) {
        self.kind = kind
        right = Share(questions.map(\.isRight))
        strict = Share(
            questions.flatMap { question in
                question.attempts.map(\.judgement).map { judgement in
                    question.question.expectation == .refusal ? judgement.outcome == .refused : judgement.isFactStated
                }
            }
        )
    }
}
