import Foundation
import Logging
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct SocketTests {
    private static func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require((attributes[.posixPermissions] as? NSNumber)?.intValue)
    }

    /// Leaves the file of a socket that nobody listens on, as a killed process does.
    static func abandonSocket(at path: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])", path,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func isPrivateAndGoesWithTheEngine() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder, socket: "run/a") { _ in
                let modes = try ["run", "run/a", "engine-files"].map { try Self.mode("\(folder)/\($0)") }
                #expect(modes == [0o700, 0o600, 0o700])
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/run/a"))
        }
    }

    @Test func replacesWhatADeadEngineLeft() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/a"
            try Self.abandonSocket(at: path)
            try await withEngine(in: folder) { engine in
                let reply = try await engine.get("models")
                #expect(reply.status == 200)
            }
        }
    }

    @Test func isNotTakenFromALivingEngine() async throws {
        try await withTemporaryFolder { folder in
            try await withEngine(in: folder) { engine in
                await #expect { try await withEngine(in: folder) { _ in } } throws: {
                    ($0 as? LocalEngineError)?.code == .alreadyListening
                }
                let reply = try await engine.get("models")
                #expect(reply.status == 200)
            }
        }
    }

    @Test func refusesAFolderThatOthersCanEnter() async throws {
        try await withTemporaryFolder { folder in
            let open = "\(folder)/open"
            try FileManager.default.createDirectory(
                atPath: open,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o755]
            )
            await #expect { try await withEngine(in: folder, socket: "open/a") { _ in } } throws: {
                ($0 as? LocalEngineError)?.code == .insecureFolder
            }
        }
    }

    @Test(arguments: [
        LocalEngine.Address.tcp(host: "0.0.0.0", port: 0), .tcp(host: "example.com", port: 80), .tcp(port: 70_000),
    ])
    func listensWithoutAKeyOnTheLoopbackInterfaceOnly(address: LocalEngine.Address) {
        let configuration = LocalEngine.Configuration(databasePath: "engine.sqlite", address: address)
        #expect { try LocalEngine(configuration: configuration, logger: Logger(label: "engine")) } throws: {
            ($0 as? LocalEngineError)?.code == .invalidConfiguration
        }
    }

    @Test func reportsTheChosenPort() async throws {
        try await withTemporaryFolder { folder in
            let configuration = LocalEngine.Configuration(
                databasePath: "\(folder)/engine.sqlite",
                address: .tcp(port: 0)
            )
            try await withLocalEngine { onListening in
                try LocalEngine(configuration: configuration, logger: Logger(label: "engine"), onListening: onListening)
            } _: { address in
                guard case .tcp(_, let port) = address else {
                    Issue.record("\(address)")
                    return
                }
                #expect(port > 0)
            }
        }
    }
}
