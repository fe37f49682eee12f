/// A minimum of a measure, for CI.
public struct Gate: Sendable, Hashable {
    let measure: String
    let least: Double

    /// Reads a gate: `0.8` for the share of right questions, or a measure's name, such as `fact=0.8`.
    ///
    /// - Returns: Nil if the measure is unknown, or the minimum is not from 0 to 1.
    public init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.count == 2 ? String(parts[0]) : "right"
        guard let bound = parts.last.flatMap({ Double($0) }), (0...1).contains(bound), Measures.names.contains(name)
        else { return nil }
        measure = name
        least = bound
    }

    /// The names of the measures for gates.
    public static var measures: [String] { Measures.names }

    /// Returns why a result does not pass; nil if it passes.
    public func failure(of result: EvaluationResult) -> String? {
        guard let share = result.measures.all.first(where: { $0.name == measure })?.share else { return nil }
        guard let value = share.value else {
            return "\(measure) is not measured: the file has no question for it."
        }
        guard value < least else { return nil }
        return "\(measure) is \(Text.percent(value)) (\(share.count) of \(share.total)), below \(Text.percent(least))."
    }
}
