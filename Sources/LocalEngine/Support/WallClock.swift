internal import Foundation

/// The time of day in whole seconds since 1970, as in the API.
struct WallClock: Sendable {
    private let read: @Sendable () -> Int

    /// Creates a clock that calls a function for its time.
    init(_ read: @escaping @Sendable () -> Int) {
        self.read = read
    }

    /// The machine's own clock.
    static let system = WallClock { Int(Date().timeIntervalSince1970) }

    /// The time now.
    var now: Int { read() }
}
