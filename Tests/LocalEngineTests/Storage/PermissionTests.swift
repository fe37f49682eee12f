import Foundation
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct PermissionTests {
    private static let files = ["engine.sqlite", "engine.sqlite-wal", "engine.sqlite-shm", "engine.sqlite.lock"]

    /// The permissions of files and folders below a folder that other users of the machine have.
    private static func openToOthers(in folder: String) throws -> [String] {
        let paths = try #require(FileManager.default.subpaths(atPath: folder)) + ["."]
        return try paths.filter { path in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
            return try #require((attributes[.posixPermissions] as? NSNumber)?.intValue) & 0o077 != 0
        }
    }

    @Test func otherUsersCanReadNothingOfANewEngine() async throws {
        try await withTemporaryFolder { folder in
            // One that another program has made, with the usual permissions.
            let data = "\(folder)/new/data"
            try await withEngine(in: data, socket: "engine.sock") { engine in
                let file = try await engine.upload("leave.md", Policies.leave)
                #expect(file.status == 200)
                let names = try FileManager.default.contentsOfDirectory(atPath: data)
                for name in Self.files { #expect(names.contains(name)) }
                #expect(try Self.openToOthers(in: data).isEmpty)
            }
        }
    }

    @Test func whatIsOpenIsClosedAtTheStart() async throws {
        try await withTemporaryFolder { folder in
            let data = "\(folder)/data"
            try await withEngine(in: data, socket: "engine.sock") { _ in }
            for path in ["", "/engine-files"] { try Self.open("\(data)\(path)", 0o755) }
            for name in ["/engine.sqlite", "/engine.sqlite.lock"] { try Self.open("\(data)\(name)", 0o644) }
            try #require(try Self.openToOthers(in: data).count == 4)
            // The socket is elsewhere: its folder has to be closed beforehand.
            try await withTemporaryFolder { elsewhere in
                try await withLocalEngine(databasePath: "\(data)/engine.sqlite", socketPath: "\(elsewhere)/a") {
                    let open = try Self.openToOthers(in: data)
                    #expect(open.isEmpty)
                }
            }
        }
    }

    @Test func aSharedFolderStaysOpenAndItsFilesOfTheEngineAreClosed() async throws {
        try await withTemporaryFolder { folder in
            let data = "\(folder)/data"
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
            try "of another".write(toFile: "\(data)/notes.txt", atomically: true, encoding: .utf8)
            try Self.open(data, 0o755)
            try Self.open("\(data)/notes.txt", 0o644)
            try await withLocalEngine(databasePath: "\(data)/engine.sqlite", socketPath: "\(folder)/a") {
                let open = try Self.openToOthers(in: data)
                #expect(Set(open) == [".", "notes.txt"])
            }
        }
    }

    @Test(arguments: [
        ("/proc/none", "cannot be made"), ("/proc/none/deeper", "cannot be made"), ("/etc/hostname", "is a file"),
    ])
    func namesAFolderThatCannotBeCreated(_ folder: String, _ problem: String) async throws {
        await #expect {
            _ = try await EngineDatabase.open(at: "\(folder)/engine.sqlite")
        } throws: { error in
            let error = error as? LocalEngineError
            return error?.code == .storageUnusable && error?.detail.contains("“\(folder)” \(problem)") == true
                && error?.detail.contains("NSCocoa") == false
        }
    }

    @Test func namesAFileThatIsNotADatabase() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/engine.sqlite"
            try String(repeating: "no database ", count: 100).write(toFile: path, atomically: true, encoding: .utf8)
            await #expect { _ = try await EngineDatabase.open(at: path) } throws: { error in
                let error = error as? LocalEngineError
                return error?.code == .storageUnusable && error?.detail.contains("“\(path)” cannot be used") == true
            }
        }
    }

    private static func open(_ path: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}
