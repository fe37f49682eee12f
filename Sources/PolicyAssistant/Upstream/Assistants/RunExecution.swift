internal import OpenAI

/// A turn as a run upstream, which goes on by itself whether somebody listens or not: it can be found again, waited for
/// and ended.
struct RunExecution: Sendable {
    let openAI: OpenAIClient
    let threadID: String
    /// What no other run carries.
    private let token = RandomToken.make()

    /// The longest that a run lives upstream.
    private static let lifetime = Duration.seconds(600)
    /// How long the end of a turn may wait until its run's end is asked for.
    private static let farewell = Duration.seconds(2)
    private static let interval = Duration.milliseconds(250)

    init(openAI: OpenAIClient, threadID: String) {
        self.openAI = openAI
        self.threadID = threadID
    }

    var metadata: [String: String] { ["turn": token] }

    func owns(_ run: Run) -> Bool { run.metadata["turn"] == token }

    /// Finds the run of a turn whose beginning was not heard of; nil where there is none, or upstream does not say.
    func find() async -> Run? {
        let once = openAI.retrying(RetryPolicy(maximumRetries: 0))
        let newest = try? await once.runs.list(of: threadID, order: .descending, limit: 1).data.first
        return newest.flatMap { owns($0) ? $0 : nil }
    }

    /// Waits until the turn's run has ended.
    func end(of runID: String) async throws -> Run {
        try await openAI.runs.wait(for: runID, of: threadID, timeout: Self.lifetime, interval: Self.interval)
    }

    /// Returns what a run has said, oldest first.
    func messages(of runID: String) async throws -> [OpenAI.ThreadMessage] {
        try await openAI.messages.all(of: threadID, runID: runID, order: .ascending).collect()
    }

    /// Returns what the searches of a run found.
    func passages(of runID: String) async throws -> [UpstreamPassage] {
        try await openAI.runs.passages(of: runID, in: threadID)
    }

    /// Ends the run, if there is one, as nobody wants its answer any more: else the next question would wait for it.
    ///
    /// Does not depend on the calling task, which may be cancelled, and takes two seconds at most.
    ///
    /// - Parameter runID: The run; nil where it was not heard of.
    func abandon(_ runID: String?) async {
        await withoutCancellation {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let found = runID == nil ? await find()?.id : runID
                    guard let found else { return }
                    _ = try? await openAI.runs.cancel(found, of: threadID)
                }
                group.addTask { try? await Task.sleep(for: Self.farewell) }
                await group.next()
                group.cancelAll()
            }
        }
    }
}

/// Runs of others, or of turns long gone, that a thread is still busy with.
extension RunExecution {
    /// The run that a refusal speaks of; nil where it has ended meanwhile.
    func runInTheWay(_ refusal: OpenAIError) async throws -> Run? {
        guard let id = refusal.activeRunID else {
            let newest = try await openAI.runs.list(of: threadID, order: .descending, limit: 1).data.first
            return newest.flatMap { $0.status.isFinal ? nil : $0 }
        }
        var run: Run?
        try await ignoringAbsence { run = try await openAI.runs.retrieve(id, of: threadID) }
        return run
    }

    /// Waits for a run to end, and asks for its end when it takes too long or waits for what will not come.
    ///
    /// The thread may be busy for a moment still when this returns.
    func waitOut(_ run: Run, for patience: Duration) async throws {
        do throws(OpenAIError) {
            let seen = try await openAI.runs.wait(
                for: run.id,
                of: threadID,
                timeout: patience,
                interval: Self.interval
            )
            guard seen.status == .requiresAction else { return }
        } catch {
            guard error.code == .deadlinePassed else { throw error }
        }
        try await openAI.runs.cancel(run.id, of: threadID)
    }
}

extension RunsAPI {
    /// Returns what the searches of a run found; nothing where the run is gone.
    func passages(of runID: String, in threadID: String) async throws -> [UpstreamPassage] {
        var steps: [RunStep] = []
        try await ignoringAbsence {
            steps = try await self.steps(of: runID, in: threadID, include: [.runStepSearchContent]).collect()
        }
        return steps.flatMap(\.passages)
    }
}

extension RunStep {
    /// What the step's searches found.
    var passages: [UpstreamPassage] {
        guard case .toolCalls(let found) = work else { return [] }
        return found.map { UpstreamPassage($0) }
    }
}
