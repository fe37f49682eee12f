import Foundation
import TestSupport
import Testing

@testable import DocumentText

@Suite struct WorkingFolderTests {
    @Test func isCreatedOnceOnDemand() async throws {
        try await withTemporaryFolder { directory in
            let folder = WorkingFolder(in: directory)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
            let path = try folder.path()
            #expect(try folder.path() == path)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 1)
            folder.remove()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test func removesFoldersWithoutPermissions() async throws {
        try await withTemporaryFolder { directory in
            let folder = WorkingFolder(in: directory)
            let inner = "\(try folder.path())/a/b"
            try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
            try Data("text".utf8).write(to: URL(filePath: "\(inner)/file"))
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: inner)
            folder.remove()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test func reportsThatNoFolderCanBeCreated() {
        #expect(throws: ExtractionError.server("No temporary folder can be made to read the document in.")) {
            try WorkingFolder(in: "/no/such/folder").path()
        }
    }

    @Test func removesTheFoldersOfKilledProcesses() async throws {
        try await withTemporaryFolder { directory in
            let left = "\(directory)/policy-assistant-document-aB3dE6"
            let others = ["policy-assistant-aB3dE6", "policy-assistant-document-notes", "policy-assistant-document-"]
            for path in [left] + others.map({ "\(directory)/\($0)" }) {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
            try Data("text".utf8).write(to: URL(filePath: "\(left)/file"))
            let inUse = WorkingFolder(in: directory)
            let used = try #require(try inUse.path().split(separator: "/").last.map { String($0) })
            WorkingFolder.sweep(in: directory)
            #expect(FileManager.default.fileExists(atPath: left))
            WorkingFolder.sweep(in: directory, now: .now + 61)
            #expect(try Set(FileManager.default.contentsOfDirectory(atPath: directory)) == Set(others + [used]))
            inUse.remove()
        }
    }
}
