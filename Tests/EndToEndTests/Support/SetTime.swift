import Foundation
import Synchronization

/// A time of day that a test sets.
final class SetTime: Sendable {
    private let time: Mutex<Date>

    /// Creates a clock that stands at a time such as `2026-11-29T21:30:00Z`.
    init(_ text: String) throws {
        time = Mutex(try Date(text, strategy: .iso8601))
    }

    @Sendable func now() -> Date { time.withLock(\.self) }

    func set(_ text: String) throws {
        let date = try Date(text, strategy: .iso8601)
        time.withLock { $0 = date }
    }

    func advance(by seconds: Double) {
        time.withLock { $0 += seconds }
    }
}
