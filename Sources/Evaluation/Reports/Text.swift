internal import FoundationEssentials

/// Words and numbers as reports write them.
enum Text {
    /// A share in per cent: whole, but for those that would read as all or nothing.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        let whole = percent.rounded()
        guard percent != whole, whole < 1 || whole > 99 || abs(percent - whole) > 0.05 else { return "\(Int(whole)) %" }
        return "\((percent * 10).rounded() / 10) %"
    }

    static func interval(_ range: ClosedRange<Double>) -> String {
        "\(Int((range.lowerBound * 100).rounded())) to \(Int((range.upperBound * 100).rounded())) %"
    }

    static func seconds(_ seconds: Double) -> String {
        seconds < 1 ? "\(Int((seconds * 1000).rounded())) ms" : "\((seconds * 100).rounded() / 100) s"
    }

    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    static func probability(_ probability: Double) -> String {
        probability < 0.001 ? "less than 0.001" : "\((probability * 1000).rounded() / 1000)"
    }
}
