import TestSupport
import Testing

/// The sync as a real process is killed, and run again.
@Suite struct SyncKillTests {
    /// The messages of a sync to its servers at the boundaries of its steps.
    private static func boundaries(_ api: UpstreamAPI) -> [String] {
        let steps = [
            #""SADD","uploads""#, "POST /v1/files ", "/file_batches HTTP", "/file_batches/", "synced_at",
            "DELETE /v1/\(api.threadsPath)/", "flushed_revision", "/search HTTP", "proved_revision",
            "DELETE /v1/vector_stores/", "DELETE /v1/files/", #""SREM","trash""#,
        ]
        switch api {
        case .responses: return steps + ["retiring_at", #"{"attributes""#]
        case .assistants:
            return steps + ["POST /v1/vector_stores HTTP", "next_vector_store_id", #""SREM","trash_stores""#]
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func killedAtTheBoundaryOfAnyStepItIsResumed(api protocolSpoken: UpstreamAPI) async throws {
        try await Kills.with(over: protocolSpoken) { kills, api in
            for boundary in Self.boundaries(protocolSpoken) {
                // A thread that only the sync will delete.
                _ = try await api.ask(ChangingFolder.question, as: "ben")
                let isKilledBefore = try await kills.kill { $0.direction == .request && $0.text.contains(boundary) }
                #expect(isKilledBefore, "before \(boundary)")
                _ = try await api.ask(ChangingFolder.question, as: "ben")
                let seen = Gate()
                let isKilledAfter = try await kills.kill { passage in
                    if seen.isOpen { return passage.direction == .answer }
                    if passage.direction == .request, passage.text.contains(boundary) { seen.open() }
                    return false
                }
                #expect(isKilledAfter, "after \(boundary)")
            }
        }
    }

    @Test func killedAtAnyInstantItIsResumed() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (seed, api) in [1: UpstreamAPI.responses, 2: .assistants] as [UInt64: UpstreamAPI] {
                group.addTask { try await killAtRandom(over: api, times: 50, seed: seed) }
            }
            try await group.waitForAll()
        }
    }

    private func killAtRandom(over api: UpstreamAPI, times: Int, seed: UInt64) async throws {
        try await Kills.with(over: api) { kills, _ in
            var passages = try await kills.passagesOfAWholeRun()
            var random = SeededGenerator(seed)
            var killed = 0
            while killed < times {
                let instant = Int.random(in: 1...passages, using: &random)
                if try await kills.kill(at: { $0.number >= instant }) {
                    killed += 1
                } else {
                    // The run has sent fewer messages, as less had changed or it polled less often.
                    passages = max(1, instant - 1)
                }
            }
        }
    }

    @Test(
        arguments: ["POST /v1/vector_stores HTTP", "next_vector_store_id", "/file_batches HTTP", "synced_at"],
        UpstreamAPI.allCases
    )
    func aFirstSyncThatIsKilledLeavesNoStoreBehind(_ boundary: String, api: UpstreamAPI) async throws {
        for isBefore in [true, false] {
            try await TappedInstallation.with(over: api, documents: Documents.all, isHeldToContract: false) {
                installation in
                let seen = Gate()
                let isKilled = try await installation.syncKilled { passage in
                    if seen.isOpen { return passage.direction == .answer }
                    guard passage.direction == .request, passage.text.contains(boundary) else { return false }
                    seen.open()
                    return isBefore
                }
                #expect(isKilled)
                let result = try await installation.syncing.run(["sync"])
                #expect(result.status == 0, "\(result.errors)")
                let faults = try await Agreement(of: installation).faults()
                #expect(faults == [])
            }
        }
    }
}

/// One kill after another, each in the middle of another change.
private struct Kills {
    private let installation: TappedInstallation
    private var folder: ChangingFolder

    /// How long the user waits between questions, so that the killed process has the processors for itself.
    private static let pace = Duration.milliseconds(250)

    /// Runs `body` with an installation to kill syncs of, while a user asks the same question again and again.
    static func with(over api: UpstreamAPI, _ body: (inout Kills, API) async throws -> Void) async throws {
        try await TappedInstallation.with(over: api, documents: [:], isHeldToContract: false) { installation in
            let folder = try ChangingFolder(in: installation.syncing)
            var kills = Kills(installation: installation, folder: folder)
            try await kills.syncs()
            try await installation.answering.serving { api in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let isOver = Gate()
                    group.addTask {
                        while !isOver.isOpen {
                            let answer = try await api.ask(ChangingFolder.question, as: "ana")
                            #expect(answer.answer.contains(ChangingFolder.answer))
                            try await Task.sleep(for: pace)
                        }
                    }
                    try await body(&kills, api)
                    isOver.open()
                    try await group.waitForAll()
                }
            }
        }
    }

    /// Changes the folder, kills a sync at the moment, runs another, and makes sure that all agree.
    mutating func kill(at isMoment: @escaping @Sendable (Wiretap.Passage) -> Bool) async throws -> Bool {
        try folder.change()
        let isKilled = try await installation.syncKilled(at: isMoment)
        try await syncs()
        let faults = try await Agreement(of: installation).faults()
        try #require(faults == [])
        return isKilled
    }

    /// The number of messages of a sync that is not killed.
    mutating func passagesOfAWholeRun() async throws -> Int {
        try folder.change()
        installation.tap.arm { _ in false }
        try await syncs()
        return installation.tap.count
    }

    private func syncs() async throws {
        let result = try await installation.syncing.run(["sync"])
        try #require(result.status == 0, "\(result.errors)")
    }
}
