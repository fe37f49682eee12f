internal import Synchronization

/// What a turn leaves upstream beside its thread, noted as soon as upstream tells of it.
final class TurnTraces: Sendable {
    private let traces = Mutex<[TurnTrace]>([])
    private let onTrace: @Sendable (TurnTrace) -> Void

    /// - Parameter onTrace: Is told of each response at once; it must not block.
    init(onTrace: @escaping @Sendable (TurnTrace) -> Void = { _ in }) {
        self.onTrace = onTrace
    }

    /// The responses of the thread that the turn has come to, if there are any.
    var last: TurnTrace? { traces.withLock(\.last) }

    /// Notes a response; one that is noted already is noted once.
    func note(_ response: String, in thread: ThreadRecord) {
        let isNew = traces.withLock { traces in
            guard let place = traces.firstIndex(where: { $0.thread.id == thread.id }) else {
                traces.append(TurnTrace(thread: thread, responses: [response]))
                return true
            }
            guard !traces[place].responses.contains(response) else { return false }
            traces[place].responses.append(response)
            return true
        }
        if isNew { onTrace(TurnTrace(thread: thread, responses: [response])) }
    }

    /// Hands over the responses of a thread that the turn goes on without.
    func take(of threadID: String) -> [String] {
        traces.withLock { traces in
            guard let place = traces.firstIndex(where: { $0.thread.id == threadID }) else { return [] }
            return traces.remove(at: place).responses
        }
    }
}
