import Foundation
import GRDB
import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct ReadingTriesTests {
    private static let fatal = ExtractionError(code: .invalidFile, message: "The program ended.", endedReader: true)

    @Test func aFileThatEndsItsReaderIsTriedTwice() async throws {
        let reads = Counter()
        let hooks = EngineTestHooks(extract: { path, name async throws(ExtractionError) in
            guard name == "bomb.md" else { return try await ExtractedText.read(fileAt: path, filename: name) }
            reads.increment()
            throw Self.fatal
        })
        try await withEngine(hooks) { engine in
            let store = try await engine.store(["bomb.md": "x", "leave.md": Policies.leave])
            let bomb = try await engine.get("vector_stores/\(store.id)/files/\(store.files[0])")
            #expect(bomb["status"] == "failed")
            #expect(bomb["last_error"] == ["code": "invalid_file", "message": "The program ended."])
            #expect(reads.count == IndexQueue.maximumTries)
            #expect(try await engine.search(store.id, "parental leave").isEmpty == false)
        }
    }

    @Test func aFileWhoseReaderEndsOnceIsReadTheSecondTime() async throws {
        let reads = Counter()
        let hooks = EngineTestHooks(extract: { path, name async throws(ExtractionError) in
            if reads.increment() == 1 { throw Self.fatal }
            return try await ExtractedText.read(fileAt: path, filename: name)
        })
        try await withEngine(hooks) { engine in
            let store = try await engine.store(["leave.md": Policies.leave])
            #expect(try await engine.get("vector_stores/\(store.id)")["file_counts"]?["completed"] == 1)
        }
    }

    /// Leaves a file in the state in which an engine leaves it that is killed while it reads for the given time.
    private func kill(_ folder: String, tries: Int) async throws {
        let holder = try Processes.goneHolder()
        let database = try await EngineDatabase.open(at: "\(folder)/engine.sqlite")
        try await database.write { db in
            try db.execute(
                sql: "UPDATE indexing SET state = 'in_progress', holder = ?, lease_until = ?, attempts = ?",
                arguments: [holder.name, Int.max, tries]
            )
        }
        try database.close()
    }

    @Test func aFileThatEndedTwoEnginesFails() async throws {
        try await withTemporaryFolder { folder in
            let reads = Counter()
            let hooks = EngineTestHooks(extract: { path, name async throws(ExtractionError) in
                reads.increment()
                return try await ExtractedText.read(fileAt: path, filename: name)
            })
            let (store, file) = try await withEngine(in: folder, hooks) { engine in
                let store = try await engine.store(["leave.md": Policies.leave])
                return (store.id, store.files[0])
            }
            try await kill(folder, tries: 1)
            try await withEngine(in: folder, hooks) { engine in
                let indexed = try await engine.indexed(store)
                #expect(indexed["file_counts"]?["completed"] == 1)
                #expect(reads.count == 2)
            }
            try await kill(folder, tries: 2)
            try await withEngine(in: folder, hooks) { engine in
                #expect(try await engine.indexed(store)["file_counts"]?["failed"] == 1)
                #expect(reads.count == 2)
                let path = "vector_stores/\(store)/files"
                let error = try await engine.get("\(path)/\(file)")["last_error"]
                #expect(error?["code"] == "invalid_file")
                #expect(error?["message"]?.string?.hasPrefix("The program ended each of the 2 times") == true)

                // Whoever attaches it again has it tried again.
                try await engine.post(path, ["file_id": .string(file)])
                #expect(try await engine.indexed(store)["file_counts"]?["completed"] == 1)
            }
        }
    }

    @Test func aShutdownCountsAsNoTry() async throws {
        try await withTemporaryFolder { folder in
            let reading = Gate()
            let hooks = EngineTestHooks(extract: { _, _ in
                reading.open()
                await Gate().wait()
                return .paragraph("Never.")
            })
            for _ in 0..<3 {
                try await withEngine(in: folder, hooks) { engine in
                    let file = try await engine.upload("leave.md", Policies.leave).id
                    try await engine.post("vector_stores", ["file_ids": [.string(file)]])
                    await reading.wait()
                }
            }
            let database = try await EngineDatabase.open(at: "\(folder)/engine.sqlite")
            let tries = try await database.read { db in try Int.fetchAll(db, sql: "SELECT attempts FROM indexing") }
            try database.close()
            #expect(tries == [0, 0, 0])
        }
    }
}
