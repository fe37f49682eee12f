internal import Synchronization

/// The runs of the service's threads.
extension ScriptedOpenAI {
    /// Creates a run, unless another is active in the thread.
    func run(for call: Call, _ change: (inout ScriptedResponse) -> Void) -> ScriptedReply {
        var response = ScriptedResponse(to: call)
        change(&response)
        let (made, active) = state.withLock { state -> (ScriptedRun?, ScriptedRun?) in
            if let active = state.runs.first(where: { $0.isActive && $0.thread == call.conversation }) {
                return (nil, active)
            }
            let run = ScriptedRun(id: "run_\(state.runs.count + 1)", answering: call, with: response)
            state.runs.append(run)
            return (run, nil)
        }
        guard let made else { return .busy(thread: call.conversation, run: active?.id ?? "") }
        return made.stream { [self] in note(call.question, made.response.text, in: call.conversation) }
    }

    func runs(of thread: String) -> [ScriptedRun] {
        state.withLock { $0.runs.filter { $0.thread == thread } }
    }

    func run(_ id: String) -> ScriptedRun? {
        state.withLock { $0.runs.first { $0.id == id } }
    }

    /// Shows a run, of which one that nobody heard of ends once it is looked for.
    func seen(_ id: String) -> ScriptedRun? {
        state.withLock { state in
            guard let place = state.runs.firstIndex(where: { $0.id == id }) else { return nil }
            let run = state.runs[place]
            if case .lost = run.response.ending { state.runs[place].status = "completed" }
            return run
        }
    }

    func cancelled(_ id: String) -> ScriptedRun? {
        state.withLock { state in
            guard let place = state.runs.firstIndex(where: { $0.id == id }) else { return nil }
            if state.runs[place].isActive { state.runs[place].status = "cancelled" }
            return state.runs[place]
        }
    }
}
