import Foundation
import HTTPClient
import HTTPTypes
import Subprocess
import TestSupport
import Testing

/// Platforms that run the lines of a Procfile give the port to listen on as `PORT`, and no address.
@Suite struct HostingPlatformTests {
    private func line(_ name: String) throws -> String {
        let file = try String(contentsOfFile: "\(Installation.project)/scripts/deploy/Procfile", encoding: .utf8)
        let line = try #require(file.split(separator: "\n").first { $0.hasPrefix("\(name): ") })
        return String(line.dropFirst(name.count + 2))
    }

    private func environment(_ installation: Installation, _ values: [String: String]) -> Subprocess.Environment {
        let folder = URL(fileURLWithPath: Installation.program).deletingLastPathComponent().path
        let base = ["PATH": "\(folder):/usr/local/bin:/usr/bin:/bin", "HOME": installation.folder]
        let all = base.merging(installation.settings) { $1 }.merging(values) { $1 }
        return .custom(Dictionary(uniqueKeysWithValues: all.map { (.init(stringLiteral: $0), $1) }))
    }

    @Test func procfileListensOnEveryAddressAtTheGivenPort() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            let port = try await freePort()
            try await withRunningProgram(
                "/bin/sh",
                arguments: ["-c", try line("web")],
                environment: environment(installation, ["PORT": "\(port)", "AUTH_MODE": "api-key"]),
                untilReadyAt: "serving"
            ) { program in
                #expect(program.readyLine.contains("http://0.0.0.0:\(port)"))
                // Another of this machine's addresses than the one that is the default.
                try await API.with("127.0.0.2:\(port)") { api in
                    let reply = try await api.send(.get, "/healthz")
                    #expect(reply.status == 200)
                }
            }
        }
    }

    @Test func withoutHostListensOnLoopback() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            let port = try await freePort()
            try await withRunningProgram(
                "/bin/sh",
                arguments: ["-c", "exec policy-assistant serve"],
                environment: environment(installation, ["PORT": "\(port)"]),
                untilReadyAt: "serving"
            ) { program in
                #expect(program.readyLine.contains("http://127.0.0.1:\(port)"))
                try await API.with("127.0.0.2:\(port)") { api in
                    _ = await #expect(throws: HTTPClientError.self) { try await api.send(.get, "/healthz") }
                }
            }
        }
    }
}
