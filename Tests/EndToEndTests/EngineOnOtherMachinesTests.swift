import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Several replicas share one engine, over a network.
@Suite(.timeLimit(.minutes(3))) struct EngineOnOtherMachinesTests {
    private let key = "a-key-of-the-engine"

    @Test func theEngineOpensToOtherMachinesWithAKeyOnly() async throws {
        try await withInstallation { installation, _ in
            for host in ["0.0.0.0", "::", "[::]"] {
                let refused = try await installation.run(["engine", "--host", host, "--port", "0"])
                #expect(refused.status == 78)
                #expect(refused.errors.contains("ENGINE_API_KEY: is needed with --host"))
            }
            for host in ["127.0.0.1", "127.0.0.2", "localhost", "[::1]"] {
                try await installation.starting(
                    ["engine", "--host", host, "--port", "0"],
                    untilReadyAt: "engine serving"
                ) {
                    #expect(!$0.readyLine.contains(key))
                }
            }
        }
    }

    @Test(.networkNamespaces) func replicasOnTwoMachinesShareAnEngineOnAThird() async throws {
        try await withInstallation(documents: Documents.all, settings: ["ENGINE_API_KEY": key]) { engine, _ in
            try await NetworkNamespaces.with(count: 3) { namespaces in
                let ip = try #require(NetworkNamespaces.ip)
                var replica = engine
                replica.settings["ENGINE_API_KEY"] = nil
                replica.settings["OPENAI_BASE_URL"] = "http://\(NetworkNamespaces.address(of: 0)):8100/v1"
                replica.settings["OPENAI_API_KEY"] = key
                // No data of the engine is on the replicas' machines.
                replica.settings["DATA_DIR"] = "/proc/none"
                try await withRunningProgram(
                    ip,
                    arguments: namespaces.command(
                        [Installation.program, "engine", "--host", "0.0.0.0", "--port", "8100"],
                        in: 0
                    ),
                    environment: engine.environment,
                    untilReadyAt: "engine serving"
                ) { _ in
                    let sync = try await run(["sync"], of: replica, in: namespaces, 1)
                    #expect(sync.status == 0, "\(sync.errors)")
                    try await withServer(of: replica, in: namespaces, 1) {
                        try await withServer(of: replica, in: namespaces, 2) {
                            for index in [1, 2] {
                                let answer = try await chat(in: namespaces, index)
                                #expect(answer.contains("27 days"), "\(answer)")
                            }
                        }
                    }
                    var stranger = replica
                    stranger.settings["OPENAI_API_KEY"] = "another-key"
                    let refused = try await run(
                        ["ask", "How much leave?", "--user", "eve"],
                        of: stranger,
                        in: namespaces,
                        2
                    )
                    #expect(refused.status != 0)
                    #expect(!refused.output.contains("27 days"))
                }
            }
        }
    }

    /// Runs the program to its end in a namespace.
    private func run(
        _ words: [String],
        of installation: Installation,
        in namespaces: NetworkNamespaces,
        _ index: Int
    ) async throws -> ProgramResult {
        let result = try await Subprocess.run(
            .path(FilePath(NetworkNamespaces.ip ?? "ip")),
            arguments: Arguments(namespaces.command([Installation.program] + words, in: index)),
            environment: installation.environment,
            workingDirectory: FilePath(installation.folder),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        guard case .exited(let status) = result.terminationStatus else {
            throw ProgramFailure(program: "policy-assistant", output: "\(result.terminationStatus)")
        }
        return ProgramResult(status: status, output: result.standardOutput, errors: result.standardError)
    }

    private func withServer(
        of installation: Installation,
        in namespaces: NetworkNamespaces,
        _ index: Int,
        _ body: () async throws -> Void
    ) async throws {
        try await withRunningProgram(
            NetworkNamespaces.ip ?? "ip",
            arguments: namespaces.command([Installation.program, "serve"], in: index),
            environment: installation.environment,
            untilReadyAt: "serving"
        ) { _ in try await body() }
    }

    /// Asks the server in a namespace, from within it.
    private func chat(in namespaces: NetworkNamespaces, _ index: Int) async throws -> String {
        let question = #"{"user_id": "ana", "message": "How many days of annual leave do I get?"}"#
        let request = [
            "curl", "-s", "http://127.0.0.1:8000/chat", "-H", "content-type: application/json", "-d", question,
        ]
        let result = try await Subprocess.run(
            .path(FilePath(NetworkNamespaces.ip ?? "ip")),
            arguments: Arguments(namespaces.command(request, in: index)),
            output: .string(limit: 1 << 20),
            error: .discarded
        )
        return result.standardOutput
    }
}
