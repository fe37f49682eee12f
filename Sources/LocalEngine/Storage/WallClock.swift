internal import Foundation

/// Tells the time of day, in whole seconds since 1970, as the API counts it.
struct WallClock: Sendable {
    private let read: @Sendable () -> Int

    /// A clock that reads its time so.
    init(_ read: @escaping @Sendable () -> Int) {
        self.read = read
    }

    /// The machine's own clock.
    static let system = WallClock { Int(Date().timeIntervalSince1970) }

    /// The time now.
    var now: Int { read() }
}
