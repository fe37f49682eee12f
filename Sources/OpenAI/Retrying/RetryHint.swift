import FoundationEssentials
import HTTPClient
import HTTPTypes

/// A server's advice about a retry.
public struct RetryHint: Sendable, Hashable {
    /// The pause that the server asks for, greater than zero.
    public var delay: Duration?
    /// Whether the server asks for a retry, regardless of the status.
    public var shouldRetry: Bool?

    /// Creates a hint.
    ///
    /// - Parameters:
    ///   - delay: The pause that the server asks for.
    ///   - shouldRetry: Whether the server asks for a retry.
    public init(delay: Duration? = nil, shouldRetry: Bool? = nil) {
        self.delay = delay
        self.shouldRetry = shouldRetry
    }

    /// Reads the hint from the headers `retry-after-ms`, `retry-after` and `x-should-retry`; invalid
    /// values are ignored.
    init(headers: HTTPFields, now: Date) {
        delay =
            Self.duration(headers["retry-after-ms"], unit: 0.001)
            ?? Self.duration(headers["retry-after"], unit: 1)
            ?? headers["retry-after"].flatMap(HTTPDate.parse).flatMap { Self.duration($0.timeIntervalSince(now)) }
        shouldRetry =
            switch headers["x-should-retry"]?.lowercased() {
            case "true": true
            case "false": false
            default: nil
            }
    }

    private static func duration(_ text: String?, unit: Double) -> Duration? {
        text.flatMap(Double.init).flatMap { duration($0 * unit) }
    }

    /// The duration, at most a year, if it is greater than zero.
    private static func duration(_ seconds: Double) -> Duration? {
        guard seconds > 0 else { return nil }
        return .seconds(min(seconds, 365 * 86_400))
    }
}
