internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A share as a count of a total, with its 95 % confidence interval.
public struct Share: Sendable, Hashable {
    /// The count.
    public var count: Int
    /// The total.
    public var total: Int

    init(_ count: Int, of total: Int) {
        self.count = count
        self.total = total
    }

    /// Counts the checks that pass, of those that are not nil.
    init(_ checks: some Sequence<Bool?>) {
        let known = checks.compactMap(\.self)
        self.init(known.count { $0 }, of: known.count)
    }

    /// The share, from 0 to 1; nil of a total of 0.
    public var value: Double? { total > 0 ? Double(count) / Double(total) : nil }

    /// Wilson's 95 % confidence interval.
    var interval: ClosedRange<Double>? {
        guard let value else { return nil }
        let (n, z) = (Double(total), 1.959964)
        let middle = (value + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * sqrt(value * (1 - value) / n + z * z / (4 * n * n))
        return max(0, middle - half)...min(1, middle + half)
    }
}

extension Share: Encodable {
    private enum CodingKeys: String, CodingKey {
        case count, of, share, low, high
    }

    /// Encodes counts, share and interval; share and interval are left out of a total of 0.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(total, forKey: .of)
        guard let value, let interval else { return }
        try container.encode(Self.rounded(value), forKey: .share)
        try container.encode(Self.rounded(interval.lowerBound), forKey: .low)
        try container.encode(Self.rounded(interval.upperBound), forKey: .high)
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
