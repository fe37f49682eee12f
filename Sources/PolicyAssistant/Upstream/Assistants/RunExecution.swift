internal import OpenAI

/// The run of one turn, which goes on upstream also without a listener: it can be found again, waited for and cancelled.
struct RunExecution: Sendable {
    let openAI: OpenAIClient
    let threadID: String
    /// Whether an answer counts as whole that was cut at its maximum length.
    let acceptsCut: Bool
    /// A value in the run's metadata that no other run has.
    private let token = RandomToken.make()

    /// The longest that a run lives upstream.
    private static let lifetime = Duration.seconds(600)
    /// The longest that the cancellation of a run may take.
    private static let cancelTimeout = Duration.seconds(2)
    private static let interval = Duration.milliseconds(250)

    init(openAI: OpenAIClient, threadID: String, acceptsCut: Bool = false) {
        self.openAI = openAI
        self.threadID = threadID
        self.acceptsCut = acceptsCut
    }

    var metadata: [String: String] { ["turn": token] }

    func owns(_ run: Run) -> Bool { run.metadata["turn"] == token }

    /// Finds the run whose creation was not answered; nil where there is none, or upstream does not answer.
    func find() async -> Run? {
        let once = openAI.retrying(RetryPolicy(maximumRetries: 0))
        let newest = try? await once.runs.list(of: threadID, order: .descending, limit: 1).data.first
        return newest.flatMap { owns($0) ? $0 : nil }
    }

    /// Waits until the run has ended.
    func end(of runID: String) async throws -> Run {
        try await openAI.runs.wait(for: runID, of: threadID, timeout: Self.lifetime, interval: Self.interval)
    }

    /// The messages of a run, oldest first.
    func messages(of runID: String) async throws -> [OpenAI.ThreadMessage] {
        try await openAI.messages.all(of: threadID, runID: runID, order: .ascending).collect()
    }

    /// The passages that the searches of a run found.
    func passages(of runID: String) async throws -> [FileSearchResult] {
        try await openAI.runs.passages(of: runID, in: threadID)
    }

    /// Cancels the run, if there is one; the next question would wait for it.
    ///
    /// Does not depend on the calling task, which may be cancelled, and takes two seconds at most.
    ///
    /// - Parameter runID: The run; nil where its ID is not known.
    func cancel(_ runID: String?) async {
        await withoutCancellation {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let found = runID == nil ? await find()?.id : runID
                    guard let found else { return }
                    _ = try? await openAI.runs.cancel(found, of: threadID)
                }
                group.addTask { try? await Task.sleep(for: Self.cancelTimeout) }
                await group.next()
                group.cancelAll()
            }
        }
    }
}

/// Runs of other turns that block the thread.
extension RunExecution {
    /// The run that a refusal names, or else the newest; nil where it has ended meanwhile.
    func blockingRun(_ refusal: OpenAIError) async throws -> Run? {
        guard let id = refusal.activeRunID else {
            let newest = try await openAI.runs.list(of: threadID, order: .descending, limit: 1).data.first
            return newest.flatMap { $0.status.isFinal ? nil : $0 }
        }
        return try await ifKnown { () throws(OpenAIError) in try await openAI.runs.retrieve(id, of: threadID) }
    }

    /// Waits for a run to end, and cancels it where it takes too long or waits for the result of a function.
    ///
    /// The thread may still be busy for a moment when this returns.
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
    /// The passages that the searches of a run found; none where the run is gone.
    func passages(of runID: String, in threadID: String) async throws -> [FileSearchResult] {
        var steps: [RunStep] = []
        try await ignoringAbsence {
            steps = try await self.steps(of: runID, in: threadID, include: [.runStepSearchContent]).collect()
        }
        return steps.flatMap(\.passages)
    }
}

extension RunStep {
    /// The passages that the step's searches found.
    var passages: [FileSearchResult] {
        guard case .toolCalls(let found) = work else { return [] }
        return found
    }
}
