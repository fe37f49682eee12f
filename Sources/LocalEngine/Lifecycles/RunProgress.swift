internal import Synchronization

/// The events of a run's answer while a model writes it.
final class RunProgress: Sendable {
    private struct State {
        var chunks: RunTextChunks
        var annotations = 0
        var step: RunStep?
    }

    private let prepared: PreparedRun
    private let search: RunStep?
    private let events: RunEvents
    private let now: @Sendable () -> Int
    private let state: Mutex<State>

    /// Creates the events of a run that is in progress.
    ///
    /// - Parameters:
    ///   - prepared: The run.
    ///   - search: The step of its file search; nil without one.
    ///   - events: Creates the events.
    ///   - now: The time.
    init(_ prepared: PreparedRun, search: RunStep?, _ events: RunEvents, now: @escaping @Sendable () -> Int) {
        self.prepared = prepared
        self.search = search
        self.events = events
        self.now = now
        state = Mutex(State(chunks: RunTextChunks(number: prepared.messageCount)))
    }

    /// The step that creates the message, in progress; nil before the search has ended.
    var step: RunStep? { state.withLock(\.step) }

    /// Returns the events of what has become known.
    func events(of progress: AnswerProgress) throws -> [RunEvent] {
        let (run, now) = (prepared.run, now())
        switch progress {
        case .found(let found):
            let call = found.call(prepared.ids.call, ranking: prepared.search?.tool.ranking ?? [:])
            let search = try search.map {
                (step: try $0.calling(call).completed(found.usage(with: prepared.history), at: now), call: call)
            }
            let step = RunStep.messageCreation(prepared.ids.message, of: run, now: now)
            state.withLock { $0.step = step }
            return events.message(run.begunMessage(prepared.ids.message, now: now), after: search, in: step)
        case .text(let piece):
            let (chunks, before) = state.withLock { state in
                let (chunks, before) = (state.chunks.add(piece), state.annotations)
                state.annotations += piece.citations.count
                return (chunks, before)
            }
            return events.text(chunks, of: prepared.ids.message, after: before)
        }
    }
}
