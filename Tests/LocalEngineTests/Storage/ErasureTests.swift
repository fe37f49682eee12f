import Foundation
import TestSupport
import Testing

@testable import LocalEngine

/// What is deleted is not in the engine's files any more, not even between other content.
@Suite struct ErasureTests {
    private static let word = "xylophonist"
    private static let question = "How many days of annual leave does a \(word) get?"
    private let hooks = EngineTestHooks(housekeepingInterval: .milliseconds(10))

    /// Whether the question is in any of the database's files.
    private func isOnDisk(in folder: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("engine.sqlite") }
            .contains { name in
                let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                return data.firstRange(of: Data(Self.word.utf8)) != nil
            }
    }

    private func untilGone(in folder: String) async throws {
        while try isOnDisk(in: folder) { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test(.timeLimit(.minutes(1)))
    func aDeletedConversationAndItsResponsesLeaveNothing() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, hooks) { engine in
                let store = try await engine.store(["leave.md": Policies.leave])
                let conversation = try await engine.post("conversations").id
                let tools: JSONValue = [["type": "file_search", "vector_store_ids": [.string(store.id)]]]
                let asked: JSONValue = [
                    "model": "gpt-6-luna", "input": .string(Self.question), "conversation": .string(conversation),
                    "tools": tools,
                ]
                var responses: [String] = []
                for _ in 0..<3 { responses.append(try await engine.post("responses", asked).id) }
                #expect(try isOnDisk(in: folder))
                try await engine.delete("conversations/\(conversation)")
                #expect(try await engine.get("responses/\(responses[0])").status == 200, "it outlives its conversation")
                for response in responses {
                    try await engine.delete("responses/\(response)")
                    for path in ["responses/\(response)", "responses/\(response)/input_items"] {
                        #expect(try await engine.get(path).status == 404)
                    }
                }
                try await untilGone(in: folder)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aDeletedThreadLeavesNoMessagesRunsOrSteps() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, hooks) { engine in
                let store = try await engine.store(["leave.md": Policies.leave])
                let assistant = try await engine.assistant(store.id)
                let thread = try await engine.post("threads").id
                _ = try await engine.ask(Self.question, assistant, in: thread)
                #expect(try isOnDisk(in: folder))
                try await engine.delete("threads/\(thread)")
                try await untilGone(in: folder)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func anExpiredResponseLeavesNothing() async throws {
        let time = TestTime()
        try await withTemporaryFolder { folder in
            let hooks = EngineTestHooks(clock: time.clock, housekeepingInterval: .milliseconds(10))
            try await withEngine(in: folder, hooks) { engine in
                let id = try await engine.post("responses", ["model": "m", "input": .string(Self.question)]).id
                time.advance(ResponseRepository.retention)
                #expect(try await engine.get("responses/\(id)").status == 200)
                time.advance(1)
                try await untilGone(in: folder)
                #expect(try await engine.get("responses/\(id)").status == 404)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func whatWasDeletedBeforeAnAbruptEndIsErasedAtTheNextStart() async throws {
        try await withTemporaryFolder { folder in
            let asleep = EngineTestHooks(housekeepingInterval: .seconds(3600))
            try await withEngine(in: folder, asleep) { engine in
                let id = try await engine.post("responses", ["model": "m", "input": .string(Self.question)]).id
                try await engine.delete("responses/\(id)")
                #expect(try isOnDisk(in: folder), "the log holds it")
                // As if the process ended here: another opens the same files.
                try await withEngine(in: folder, hooks, socket: "b") { _ in try await untilGone(in: folder) }
            }
        }
    }
}
