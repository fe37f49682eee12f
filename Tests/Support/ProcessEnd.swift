internal import Foundation
internal import Synchronization

/// What is to be done when the test process ends, by itself or because a test failed; not when it crashes.
enum ProcessEnd {
    private static let actions = Mutex<[@Sendable () -> Void]>([])
    private static let isRegistered: Void = {
        atexit {
            for action in ProcessEnd.actions.withLock(\.self) { action() }
        }
    }()

    /// Registers something to be done.
    static func perform(_ action: @escaping @Sendable () -> Void) {
        _ = isRegistered
        actions.withLock { $0.append(action) }
    }
}
