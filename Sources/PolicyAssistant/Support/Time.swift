package import FoundationEssentials

extension Date {
    /// The present, without the fraction of the second, which ``timestamp`` does not show.
    package static var currentSecond: Date {
        Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded(.down))
    }

    /// Reads a time in ISO 8601, as ``timestamp`` writes it; nil for any other text.
    package init?(timestamp text: String) {
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        self = date
    }

    /// The time in ISO 8601, in UTC and whole seconds: `2026-11-21T03:36:00Z`.
    package var timestamp: String { formatted(.iso8601) }
}

extension Date? {
    /// The time in ISO 8601; empty where it is not known.
    package var timestamp: String { map(\.timestamp) ?? "" }
}

extension Duration {
    /// The whole milliseconds in this duration.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// The whole microseconds in this duration.
    package var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
