import Foundation
import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

/// The text of a file is read once and kept as long as the file.
@Suite struct KeptTextTests {
    @Test func isServedWithoutReadingTheFileAgain() async throws {
        let reads = Counter()
        let hooks = EngineTestHooks(extract: { path, name async throws(ExtractionError) in
            reads.increment()
            return try await ExtractedText.read(fileAt: path, filename: name)
        })
        try await withTemporaryFolder { folder in
            let (store, file) = try await withEngine(in: folder, hooks) { engine in
                let store = try await engine.store(["leave.md": Policies.leave])
                let content = "vector_stores/\(store.id)/files/\(store.files[0])/content"
                for _ in 0..<3 { #expect(try await engine.get(content).list.first?["text"] == .string(Policies.leave)) }
                return (store.id, store.files[0])
            }
            let kept = "\(folder)/engine-files/\(file).text"
            // Whatever sweeps the folder leaves it.
            try await withEngine(in: folder, hooks) { engine in
                #expect(try await engine.get("vector_stores/\(store)/files/\(file)/content").list.count == 1)
                #expect(reads.count == 1)
                #expect(FileManager.default.fileExists(atPath: kept))
                let mode = try FileManager.default.attributesOfItem(atPath: kept)[.posixPermissions] as? Int
                #expect(mode == 0o600)
                try await engine.delete("files/\(file)")
                #expect(!FileManager.default.fileExists(atPath: kept))
            }
        }
    }

    /// As an earlier version left it, which kept no texts.
    @Test func isReadAgainOnceIfItWasNotStored() async throws {
        let reads = Counter()
        let hooks = EngineTestHooks(extract: { path, name async throws(ExtractionError) in
            reads.increment()
            return try await ExtractedText.read(fileAt: path, filename: name)
        })
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, hooks) { engine in
                let store = try await engine.store(["leave.md": Policies.leave])
                try FileManager.default.removeItem(atPath: "\(folder)/engine-files/\(store.files[0]).text")
                let path = "vector_stores/\(store.id)/files/\(store.files[0])/content"
                await withTaskGroup(of: String?.self) { group in
                    for _ in 0..<20 { group.addTask { try? await engine.get(path).list.first?["text"]?.string } }
                    for await text in group { #expect(text == Policies.leave) }
                }
                #expect(reads.count == 2)
            }
        }
    }
}
