import Foundation
import GRDB
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct SharedDatabaseTests {
    @Test func twoEnginesStartAndWriteAtOnce() async throws {
        try await withTemporaryFolder { folder in
            async let first = Self.work(in: folder, socket: "a")
            async let second = Self.work(in: folder, socket: "b")
            let stores = try await [first, second]
            try await withEngine(in: folder, socket: "c") { engine in
                for store in stores {
                    let counts = try await engine.get("vector_stores/\(store)")["file_counts"]
                    #expect(counts?["completed"] == 20)
                    #expect(try await engine.search(store, "number 7").isEmpty == false)
                }
                #expect(try await engine.get("files").list.count == 40)
            }
        }
    }

    private static func work(in folder: String, socket: String) async throws -> String {
        try await withEngine(in: folder, socket: socket) { engine in
            let texts = (0..<20).map { ("\($0).md", "This is number \($0) of engine \(socket).") }
            return try await engine.store(Dictionary(uniqueKeysWithValues: texts)).id
        }
    }

    @Test func migratesOnceWhenManyOpenTheDatabaseAtOnce() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/engine.sqlite"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await EngineDatabase.open(at: path).close() }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func bothSeeWhatEitherDeletes() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder) { engine in
                try await withEngine(in: folder, socket: "b") { other in
                    let store = try await engine.store(["leave.md": Policies.leave])
                    #expect(try await other.search(store.id, "parental leave").isEmpty == false)
                    try await engine.delete("files/\(store.files[0])")
                    #expect(try await other.search(store.id, "parental leave").isEmpty)
                    #expect(try await other.get("files/\(store.files[0])").status == 404)
                }
            }
        }
    }
}
