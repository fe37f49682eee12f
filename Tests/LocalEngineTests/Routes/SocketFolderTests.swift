import Foundation
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct SocketFolderTests {
    private static let later = Date.now.addingTimeInterval(3600)

    /// Leaves a folder as a killed process does.
    private static func abandon(_ name: String, in folder: String, mode: Int = 0o700, socket: Bool = true) throws
        -> String
    {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: mode]
        )
        if socket { try SocketTests.abandonSocket(at: "\(path)/engine.sock") }
        return path
    }

    @Test func isPrivateAndCanBeRemoved() async throws {
        try await withTemporaryFolder { directory in
            let folder = try SocketFolder(in: directory)
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            #expect(folder.path.hasPrefix("\(directory)/policy-assistant-"))
            folder.remove()
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test(arguments: ["/nowhere", "/proc", "/tmp/" + String(repeating: "long", count: 20)])
    func reportsWhereItCannotBe(_ directory: String) {
        #expect { try SocketFolder(in: directory) } throws: { error in
            let error = error as? LocalEngineError
            return error?.code == .storageUnusable && error?.detail.contains(directory) == true
        }
    }

    @Test func whatAKilledProcessLeftIsRemoved() async throws {
        try await withTemporaryFolder { directory in
            let dead = try Self.abandon("policy-assistant-dead01", in: directory)
            let empty = try Self.abandon("policy-assistant-empty1", in: directory, socket: false)
            await SocketFolder.sweep(in: directory)
            #expect(!FileManager.default.fileExists(atPath: dead))
            // It may be about to be locked by a process that has just made it.
            #expect(FileManager.default.fileExists(atPath: empty))
            await SocketFolder.sweep(in: directory, now: Self.later)
            #expect(!FileManager.default.fileExists(atPath: empty))
        }
    }

    @Test func leavesTheFoldersInUse() async throws {
        try await withTemporaryFolder { directory in
            let held = try SocketFolder(in: directory)
            // A process of an earlier version holds no lock, but listens.
            let unlocked = try Self.abandon("policy-assistant-older1", in: directory, socket: false)
            try await withEngine(in: directory, socket: "policy-assistant-older1/engine.sock") { _ in
                await SocketFolder.sweep(in: directory, now: Self.later)
                #expect(FileManager.default.fileExists(atPath: held.path))
                #expect(FileManager.default.fileExists(atPath: "\(unlocked)/engine.sock"))
            }
            held.remove()
        }
    }

    @Test func leavesTheSocketsOfOthers() async throws {
        try await withTemporaryFolder { directory in
            let paths = [
                try Self.abandon("policy-assistant-backup-2026", in: directory),
                try Self.abandon("another-program-abc123", in: directory),
                try Self.abandon("policy-assistant-open01", in: directory, mode: 0o755),
                try Self.abandon("policy-assistant-files1", in: directory),
            ]
            try "mine".write(toFile: "\(paths[3])/notes.txt", atomically: true, encoding: .utf8)
            let link = "\(directory)/policy-assistant-link01"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: paths[1])
            await SocketFolder.sweep(in: directory, now: Self.later)
            for path in paths { #expect(FileManager.default.fileExists(atPath: "\(path)/engine.sock"), "\(path)") }
            #expect(FileManager.default.fileExists(atPath: link))
        }
    }
}
