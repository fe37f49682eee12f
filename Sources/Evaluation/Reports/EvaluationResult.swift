public import Foundation

/// The result of an evaluation: the measures, and each question with its answers.
public struct EvaluationResult: Sendable, Encodable {
    /// The subject and the time of the evaluation.
    public struct Subject: Sendable, Encodable {
        /// The version of this program.
        public var program: String
        /// When the evaluation ended, in ISO 8601.
        public var madeAt: String
        /// The source of the answers.
        public var answeredBy: String
        /// The name of the question file.
        public var file: String
        /// How often each question was asked.
        public var repeats: Int

        /// Creates a subject.
        public init(program: String, madeAt: String, answeredBy: String, file: String, repeats: Int) {
            self.program = program
            self.madeAt = madeAt
            self.answeredBy = answeredBy
            self.file = file
            self.repeats = repeats
        }
    }

    /// The subject and the time of the evaluation.
    public let subject: Subject
    /// The measures.
    public let measures: Measures
    /// The measures by the kinds of questions.
    public let kinds: [KindMeasures]
    /// The number of errors instead of answers.
    public let errors: Int
    /// The median duration of an answer, in seconds.
    public let medianSeconds: Double
    /// The 95th percentile of the duration of an answer, in seconds.
    public let p95Seconds: Double
    /// The number of drafts in the file, which were not asked.
    public let drafts: Int
    /// Remarks on parts of the file that are ignored.
    public let notes: [String]
    /// The comparison with an earlier result, if one is given.
    public let comparison: Comparison?
    /// The questions, in the order of the file.
    public let questions: [QuestionResult]

    /// Measures the answers to the questions of a file.
    public init(
        _ evaluated: [EvaluatedQuestion],
        of file: QuestionFile,
        subject: Subject,
        baseline: Baseline? = nil
    ) {
        self.subject = subject
        measures = Measures(evaluated)
        let kinds = evaluated.compactMap(\.question.kind).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        self.kinds = kinds.sorted().map { kind in
            KindMeasures(kind: kind, evaluated.filter { $0.question.kind == kind })
        }
        let attempts = evaluated.flatMap(\.attempts)
        errors = attempts.count { $0.judgement.outcome == .failed }
        let seconds = attempts.filter { $0.judgement.outcome != .failed }.map(\.seconds).sorted()
        medianSeconds = Self.quantile(0.5, of: seconds)
        p95Seconds = Self.quantile(0.95, of: seconds)
        drafts = file.drafts
        notes = file.notes
        let questions = evaluated.map(QuestionResult.init)
        self.questions = questions
        comparison = baseline.map { Comparison(questions, with: $0) }
    }

    /// The result as JSON, which can be the baseline of a later evaluation.
    public var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let seconds = sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
        return (seconds * 10_000).rounded() / 10_000
    }
}
