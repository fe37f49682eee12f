#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What is different from an earlier result on the same questions.
public struct Comparison: Sendable, Hashable, Encodable {
    /// How many questions both results have.
    public var compared: Int
    /// The questions that were right and are not any more.
    public var worse: [String]
    /// The questions that are right and were not.
    public var better: [String]
    /// How likely it is that as lopsided a difference comes about by chance: McNemar's exact test, two-sided.
    public var probability: Double
    /// Questions of this result that the earlier one does not have.
    public var added: Int
    /// Questions of the earlier result that this one does not have.
    public var removed: Int

    /// A difference that is less likely by chance counts as one.
    public static let significance = 0.05

    /// Whether more questions turned wrong than right, and by more than chance explains.
    public var isSignificantlyWorse: Bool { worse.count > better.count && probability < Self.significance }

    init(_ questions: [QuestionResult], with baseline: Baseline) {
        var earlier: [[String]: [Bool?]] = [:]
        for question in baseline.questions {
            earlier[(question.before ?? []) + [question.question], default: []].append(question.right)
        }
        (compared, added, worse, better) = (0, 0, [], [])
        for question in questions {
            // Of several questions in the same words, the first is compared with the first.
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

    /// McNemar's exact test: how likely a fair coin falls as lopsidedly as this, on either side.
    ///
    /// - Parameters:
    ///   - first: How many pairs changed one way.
    ///   - second: How many changed the other way.
    /// - Returns: The probability, at most 1.
    static func probability(_ first: Int, _ second: Int) -> Double {
        let total = first + second
        guard total > 0 else { return 1 }
        var tail = 0.0
        // The logarithm of the number of ways to choose `count` of `total`, less that of all outcomes.
        var logarithm = -Double(total) * log(2.0)
        for count in 0...min(first, second) {
            tail += exp(logarithm)
            logarithm += log(Double(total - count)) - log(Double(count + 1))
        }
        return min(1, 2 * tail)
    }
}
