public import Foundation

/// What an evaluation found: the measures, and each question with its answers.
public struct EvaluationResult: Sendable, Encodable {
    /// What was evaluated, and when.
    public struct Subject: Sendable, Encodable {
        /// The version of this program.
        public var program: String
        /// When the evaluation ended, in ISO 8601.
        public var madeAt: String
        /// What answered.
        public var answeredBy: String
        /// The name of the file of questions.
        public var file: String
        /// How often each question was asked.
        public var repeats: Int

        /// Creates the description.
        public init(program: String, madeAt: String, answeredBy: String, file: String, repeats: Int) {
            self.program = program
            self.madeAt = madeAt
            self.answeredBy = answeredBy
            self.file = file
            self.repeats = repeats
        }
    }

    /// What was evaluated, and when.
    public let subject: Subject
    /// What is measured.
    public let measures: Measures
    /// The same by the kinds that the questions name.
    public let kinds: [KindMeasures]
    /// How many times an error came in place of an answer.
    public let errors: Int
    /// How long an answer takes: the median, in seconds.
    public let medianSeconds: Double
    /// The time that 95 of 100 answers do not take longer than, in seconds.
    public let p95Seconds: Double
    /// How many questions of the file are drafts, and were not asked.
    public let drafts: Int
    /// What of the file is passed over.
    public let notes: [String]
    /// What is different from an earlier result, where one is given.
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

    /// The result as JSON, which a later evaluation takes as its baseline.
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
