import Synchronization
import TestSupport

/// Sits between a program and its servers, and holds everything up when a certain moment comes.
final class Wiretap: Sendable {
    /// Bytes on their way.
    struct Passage {
        let direction: ScriptedConnection.Direction
        let text: String
        /// How many went before since the tap was armed.
        let number: Int
    }

    /// What a test puts in place of what would pass.
    enum Fault: Error {
        /// The client gets this, and the server nothing.
        case answer(String)
        /// The connection ends.
        case cut

        /// An error of the service, which asks to try again at once.
        static let serverError = Fault.answer(
            "HTTP/1.1 500 Internal Server Error\r\nretry-after-ms: 20\r\nContent-Length: 2\r\n"
                + "Content-Type: application/json\r\nConnection: close\r\n\r\n{}"
        )

        static func json(_ text: String) -> Fault {
            .answer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(text.utf8.count)\r\n"
                    + "Connection: close\r\n\r\n\(text)"
            )
        }
    }

    private struct State {
        var count = 0
        var isMoment: (@Sendable (Passage) -> Bool)?
        var fault: (@Sendable (Passage) -> Fault?)?
        var reached = Gate()
        var released = Gate()
        var isReached = false
    }

    private let state = Mutex(State())

    /// How many passages there were since the tap was armed.
    var count: Int { state.withLock(\.count) }

    /// Begins to look for a moment.
    func arm(_ isMoment: @escaping @Sendable (Passage) -> Bool) {
        state.withLock { $0 = State(isMoment: isMoment) }
    }

    /// Lets faults happen from now on.
    func inject(_ fault: @escaping @Sendable (Passage) -> Fault?) {
        state.withLock { $0.fault = fault }
    }

    /// Waits until the moment has come; nothing passes from then on.
    func reachesMoment() async {
        await state.withLock(\.reached).wait()
    }

    /// Ends the connections that were held up.
    func release() {
        state.withLock(\.released).open()
    }

    /// Lets bytes pass, or holds them up for good, or puts a fault in their place.
    func pass(_ direction: ScriptedConnection.Direction, _ bytes: [UInt8]) async throws {
        let (held, fault) = state.withLock { state -> (Gate?, Fault?) in
            state.count += 1
            let passage = Passage(
                direction: direction,
                text: String(decoding: bytes, as: UTF8.self),
                number: state.count
            )
            if state.isReached || state.isMoment?(passage) == true {
                state.isReached = true
                state.reached.open()
                return (state.released, nil)
            }
            return (nil, state.fault?(passage))
        }
        if let fault { throw fault }
        guard let held else { return }
        await held.wait()
        throw Fault.cut
    }
}
