import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A server that may have few files open.
@Suite(.timeLimit(.minutes(3))) struct DescriptorTests {
    /// Runs a server under a shell's limit.
    private func serving(
        _ limit: String,
        _ installation: Installation,
        _ body: (_ port: Int, RunningProgram) async throws -> Void
    ) async throws {
        try await withRunningProgram(
            "/bin/sh",
            arguments: ["-c", "\(limit) && echo process $$ && exec \(Installation.program) serve --port 0"],
            environment: installation.environment,
            untilReadyAt: "serving"
        ) { program in
            let port = try #require(program.readyLine.firstMatch(of: /127\.0\.0\.1:([0-9]+)/).flatMap { Int($0.1) })
            try await body(port, program)
        }
    }

    /// Opens so many connections one inside the other, and runs `body` while they are open.
    private func opening<Result>(_ count: Int, _ port: Int, _ body: () async throws -> Result) async throws -> Result {
        guard count > 0 else { return try await body() }
        return try await withRawConnection(toPort: port) { _ in try await opening(count - 1, port, body) }
    }

    private func status(_ port: Int) async throws -> String {
        try await withRawConnection(toPort: port) { connection in
            try await connection.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            return await String(connection.rest().dropFirst(9).prefix(3))
        }
    }

    @Test func theSoftLimitIsRaised() async throws {
        try await withInstallation { installation, _ in
            try await serving("ulimit -Sn 200", installation) { port, program in
                let answer = try await opening(300, port) { try await status(port) }
                #expect(answer == "200")
                #expect(!program.output.contains { $0.contains("MAX_CONNECTIONS") })
            }
        }
    }

    @Test func connectionsAreBoundByTheHardLimit() async throws {
        try await withInstallation { installation, _ in
            try await serving("ulimit -n 200", installation) { port, program in
                let told = program.output.filter {
                    $0.contains("MAX_CONNECTIONS is 10000") && $0.contains("200 open files")
                }
                #expect(told.count == 1, "\(program.output)")
                try await opening(100, port) {
                    try await eventually { program.output.contains { $0.contains("all connections are in use") } }
                }
                try await eventually { try await status(port) == "200" }
                #expect(!program.output.contains { $0.contains("too many files are open") })
            }
        }
    }

    @Test func laterShortageIsLoggedOnceAndRefusesClients() async throws {
        try await withInstallation { installation, _ in
            try await serving("true", installation) { port, program in
                _ = try await status(port)
                let line = try #require(program.output.first { $0.hasPrefix("process ") })
                let process = try #require(Int(line.dropFirst(8)))
                let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
                try await limit(process, to: "\(open):")
                let answers = try await withThrowingTaskGroup(of: String.self) { group in
                    // The server may have closed a refused connection before the request is written.
                    for _ in 0..<20 { group.addTask { (try? await self.status(port)) ?? "closed" } }
                    return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
                }
                #expect(answers["503"] ?? 0 > 0, "\(answers)")
                // Once in a shortage, of which there may be several here, as descriptors come and go.
                #expect((1...3).contains(program.output.count { $0.contains("too many files are open") }))
                try await limit(process, to: "4096:")
                try await eventually { try await status(port) == "200" }
            }
        }
    }

    /// Sets the limits of a process that runs.
    private func limit(_ process: Int, to limits: String) async throws {
        let result = try await Subprocess.run(
            .name("prlimit"),
            arguments: ["--pid", "\(process)", "--nofile=\(limits)"],
            output: .discarded,
            error: .discarded
        )
        #expect(result.terminationStatus == .exited(0))
    }
}
