public import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The comparison with an earlier result on the same questions.
public struct Comparison: Sendable, Hashable, Encodable {
    /// The number of questions in both results.
    public var compared: Int
    /// The questions that were right and no longer are.
    public var worse: [String]
    /// The questions that are right and were not.
    public var better: [String]
    /// The p-value of the difference: McNemar's exact test, two-sided.
    public var probability: Double
    /// The number of questions that only this result has.
    public var added: Int
    /// The number of questions that only the earlier result has.
    public var removed: Int

    /// The p-value below which a difference is significant.
    public static let significance = 0.05

    /// Whether significantly more questions became wrong than right.
    public var isSignificantlyWorse: Bool { worse.count > better.count && probability < Self.significance }

    init(_ questions: [QuestionResult], with baseline: Baseline) {
        var earlier: [[String]: [Bool?]] = [:]
        for question in baseline.questions {
            earlier[(question.before ?? []) + [question.question], default: []].append(question.right)
        }
        (compared, added, worse, better) = (0, 0, [], [])
        for question in questions {
            // Of several questions with the same text, the first is compared with the first.
            let key = question.before + [question.question]
            guard var verdicts = earlier[key], !verdicts.isEmpty else {
                added += 1
                continue
            }
            let wasRight = verdicts.removeFirst()
            earlier[key] = verdicts
            guard let wasRight, let isRight = question.right else { continue }
            compared += 1
            if wasRight, !isRight { worse.append(question.id) }
            if !wasRight, isRight { better.append(question.id) }
        }
        removed = earlier.values.reduce(0) { $0 + $1.count }
        probability = Self.probability(worse.count, better.count)
    }

    /// The p-value of McNemar's exact test, two-sided.
    ///
    /// - Parameters:
    ///   - first: The number of pairs that changed in one direction.
    ///   - second: The number of pairs that changed in the other direction.
    /// - Returns: The probability, at most 1.
    static func probability(_ first: Int, _ second: Int) -> Double {
        let total = first + second
        guard total > 0 else { return 1 }
        var tail = 0.0
        // The logarithm of the binomial coefficient, less that of the number of all outcomes.
        var logarithm = -Double(total) * log(2.0)
        for count in 0...min(first, second) {
            tail += exp(logarithm)
            logarithm += log(Double(total - count)) - log(Double(count + 1))
        }
        return min(1, 2 * tail)
    }
}

/// An earlier result, with the fields for a comparison.
public struct Baseline: Sendable, Decodable {
    struct Question: Sendable, Decodable {
        let question: String
        let before: [String]?
        let right: Bool?
    }

    let questions: [Question]

    /// Reads the JSON of a result.
    ///
    /// - Throws: `DecodingError` if it is not one.
    public init(json: Data) throws {
        self = try JSONDecoder().decode(Baseline.self, from: json)
    }
}
