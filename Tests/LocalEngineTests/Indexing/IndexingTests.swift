import Foundation
import GRDB
import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct IndexingTests {
    /// Leaves a file that a holder had begun to read.
    private static func abandon(in folder: String, _ holder: LeaseHolder, _ time: TestTime) async throws -> String {
        let shut = EngineTestHooks(
            clock: time.clock,
            extract: { _, _ in
                await Gate().wait()
                return ExtractedText(text: "", passages: [])
            }
        )
        let store = try await withEngine(in: folder, shut) { engine in
            let file = try await engine.upload("leave.md", Policies.leave).id
            return try await engine.post("vector_stores", ["file_ids": [.string(file)]]).id
        }
        let database = try await EngineDatabase.open(at: "\(folder)/engine.sqlite")
        try await database.write { db in
            try db.execute(
                sql: "UPDATE indexing SET holder = ?, lease_until = ? WHERE state = 'in_progress'",
                arguments: [holder.name, time.now + IndexQueue.lease]
            )
        }
        try database.close()
        return store
    }

    @Test func takesUpWhatAKilledProcessWasReading() async throws {
        try await withTemporaryFolder { folder in
            let time = TestTime()
            let store = try await Self.abandon(in: folder, Processes.goneHolder(), time)
            try await withEngine(in: folder, EngineTestHooks(clock: time.clock)) { engine in
                let reply = try await engine.indexed(store)
                #expect(reply["file_counts"]?["completed"] == 1)
            }
        }
    }

    @Test func leavesALivingProcessItsWorkUntilTheLeaseEnds() async throws {
        try await withTemporaryFolder { folder in
            let time = TestTime()
            let store = try await Self.abandon(in: folder, .make(), time)
            let reads = Counter()
            let hooks = EngineTestHooks(
                clock: time.clock,
                extract: { path, name async throws(ExtractionError) in
                    reads.increment()
                    return try await ExtractedText.read(fileAt: path, filename: name)
                },
                housekeepingInterval: .milliseconds(1)
            )
            try await withEngine(in: folder, hooks) { engine in
                // Another file is read; the claimed one, which came first, is passed over.
                let other = try await engine.store(["travel.md": Policies.travel])
                #expect(try await engine.get("vector_stores/\(other.id)")["status"] == "completed")
                #expect(try await engine.get("vector_stores/\(store)")["status"] == "in_progress")
                #expect(reads.count == 1)
                time.advance(IndexQueue.lease)
                #expect(try await engine.indexed(store)["file_counts"]?["completed"] == 1)
            }
        }
    }

    @Test func readsNoMoreFilesAtOnceThanAllowed() async throws {
        let (running, most) = (Counter(), Counter())
        let hooks = EngineTestHooks(extract: { _, name in
            most.raise(to: running.increment())
            for _ in 0..<20 { await Task.yield() }
            running.decrement()
            return .paragraph(name)
        })
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, hooks, parallelism: 3) { engine in
                let texts = Dictionary(uniqueKeysWithValues: (0..<40).map { ("\($0).md", "x") })
                let store = try await engine.store(texts)
                #expect(try await engine.get("vector_stores/\(store.id)")["file_counts"]?["completed"] == 40)
                #expect((1...3).contains(most.count))
            }
        }
    }

    @Test func discardsTheTextOfADeletedFile() async throws {
        let (gate, reads) = (Gate(), Gate())
        let hooks = EngineTestHooks(extract: { _, _ in
            reads.open()
            await gate.wait()
            return .paragraph("Gone with the wind.")
        })
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, hooks, parallelism: 1) { engine in
                let file = try await engine.upload("a.md", "x").id
                try await engine.post("vector_stores", ["file_ids": [.string(file)]])
                await reads.wait()
                try await engine.delete("files/\(file)")
                gate.open()
                // The next file is read after it.
                let store = try await engine.store(["b.md": "x"])
                #expect(try await engine.search(store.id, "wind").count == 1)
            }
            let database = try await EngineDatabase.open(at: "\(folder)/engine.sqlite")
            let rows = try await database.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM indexing") }
            try database.close()
            #expect(rows == 1)
        }
    }
}
