import Redis
import Subprocess
import TestSupport
import Testing

/// `policy-assistant sync --watch`: each change is synced, after any outage.
@Suite struct WatchTests {
    private static let watch = ["sync", "--watch", "--quiet-for", "0.2"]

    private func write(_ name: String, in installation: Installation) throws {
        try installation.write("# Parking\n\nThe car park opens at six in the morning.\n", to: name)
    }

    private func untilSynced(_ name: String, in server: RedisServer) async throws {
        try await server.withClient(database: 1) { redis in
            try await eventually { try await redis.send(.exists("file:\(name)")).integer == 1 }
        }
    }

    @Test func followsTheFolderThroughAnOutageOfRedis() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            try await installation.starting(Self.watch, untilReadyAt: "synced: revision 1") { program in
                try write("new/parking.md", in: installation)
                try await untilSynced("new/parking.md", in: server)
                await server.stop()
                try write("parking.md", in: installation)
                try await eventually { program.output.contains { $0.contains("Redis cannot be reached") } }
                try await server.start()
                try await untilSynced("parking.md", in: server)
                #expect(await program.terminate()?.isSuccess == true)
            }
        }
    }

    @Test func followsTheFolderThroughAnOutageOfUpstream() async throws {
        try await withInstallation(documents: Documents.all) { host, server in
            let port = try await freePort()
            let engine = ["engine", "--port", "\(port)"]
            var installation = host
            installation.settings["OPENAI_API_KEY"] = "sk-local"
            installation.settings["OPENAI_BASE_URL"] = "http://127.0.0.1:\(port)/v1"
            try await host.starting(engine, untilReadyAt: "engine serving") { first in
                try await installation.starting(Self.watch, untilReadyAt: "synced: revision 1") { program in
                    await first.kill()
                    try write("parking.md", in: installation)
                    try await eventually { program.output.contains { $0.contains("Upstream cannot be reached") } }
                    try await host.starting(engine, untilReadyAt: "engine serving") { _ in
                        try await untilSynced("parking.md", in: server)
                        #expect(await program.terminate()?.isSuccess == true)
                    }
                }
            }
        }
    }
}
