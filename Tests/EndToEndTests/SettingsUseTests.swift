import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite struct SettingsUseTests {
    /// An installation in whose folder there is nothing, and whose settings name no documents and no instructions.
    private func withBareInstallation<Result>(
        settings: [String: String] = [:],
        _ body: (Installation) async throws -> Result
    ) async throws -> Result {
        try await withInstallation(documents: Documents.all) { installation, _ in
            var installation = installation
            for name in ["ASSETS_DIR", "INSTRUCTIONS_FILE"] { installation.settings[name] = nil }
            installation.settings.merge(settings) { $1 }
            return try await body(installation)
        }
    }

    @Test func commandsCheckOnlyTheirOwnSettings() async throws {
        // Of the server's settings, and of the documents', none can be used.
        let wrong = ["PORT": "eighty", "ASSETS_DIR": "/nowhere", "INSTRUCTIONS_FILE": "/nowhere.md"]
        try await withBareInstallation(settings: wrong) { installation in
            for command in [["keys", "list"], ["users", "list"], ["status"], ["flush"]] {
                let result = try await installation.run(command)
                #expect(result.status == 0, "\(command): \(result.errors)")
            }
            try await installation.servingEngine { port in #expect(port > 0) }
            var served = installation
            served.settings["PORT"] = nil
            #expect(try await served.run(["openapi"]).status == 0)
            let doctor = try await served.run(["doctor"])
            #expect(doctor.status == 1)
            #expect(doctor.output.contains(/FAULT  documents: .*\/nowhere.*ASSETS_DIR/))
            #expect(doctor.output.contains("FAULT  instructions: /nowhere.md"))
        }
    }

    @Test func syncNeedsOnlyTheFolderOfDocuments() async throws {
        try await withBareInstallation { installation in
            let absent = try await installation.run(["sync"])
            #expect(absent.status == 78)
            #expect(absent.errors.contains("ASSETS_DIR:"))
            var synced = installation
            synced.settings["ASSETS_DIR"] = installation.assets
            #expect(try await synced.sync().receipt.added.count == Documents.all.count)
            let answer = try await installation.run(["ask", "How many days of annual leave do I get?"])
            #expect(answer.output.contains("27 days"), "\(answer.errors)")
        }
    }

    @Test func namedSettingsFileMustExist() async throws {
        try await withBareInstallation { installation in
            let result = try await installation.run(["status", "--env-file", "nowhere.env"])
            #expect(result.status == 78)
            #expect(result.errors.contains("nowhere.env: does not exist"))
        }
    }

    @Test func unusableDataFolderIsReportedByItsSetting() async throws {
        try await withInstallation(documents: Documents.all, settings: ["DATA_DIR": "/proc/none"]) { installation, _ in
            let commands = [
                ["sync"], ["ask", "Why?"], ["serve", "--port", "0"], ["flush"], ["engine", "--port", "0"],
            ]
            for command in commands {
                let result = try await installation.run(command)
                #expect(result.status == 78)
                #expect(result.errors.contains("DATA_DIR: “/proc/none” cannot be made: No such file or directory"))
                #expect(!result.errors.contains("NSCocoa"))
            }
            let doctor = try await installation.run(["doctor"])
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("FAULT  configuration: DATA_DIR: “/proc/none”"))
            #expect(doctor.output.contains("ok     documents"))
            // What asks no engine needs no data of it.
            #expect(try await installation.run(["status"]).status == 0)
        }
    }

    @Test func unreadableInstructionsAreReportedToCallersAndByTheDoctor() async throws {
        try await withBareInstallation { installation in
            let path = "\(installation.folder)/instructions.md"
            try "Answer from the files.".write(toFile: path, atomically: true, encoding: .utf8)
            var installation = installation
            installation.settings["ASSETS_DIR"] = installation.assets
            installation.settings["INSTRUCTIONS_FILE"] = path
            _ = try await installation.sync()
            try await installation.serving { api in
                _ = try await api.ask("How many days of annual leave do I get?", as: "ana")
                try Data("Antworte h\u{F6}flich.".unicodeScalars.map { UInt8($0.value) })
                    .write(to: URL(fileURLWithPath: path))
                let reply = try await api.send(.post, "/chat", body: #"{"user_id": "ana", "message": "Why?"}"#)
                let problem = try reply.decoded(ProblemDocument.self)
                #expect(problem.status == 503)
                #expect(problem.code == "file_unreadable")
                #expect(problem.detail.contains("INSTRUCTIONS_FILE") && problem.detail.contains("UTF-8"))
                #expect(!problem.detail.contains(installation.folder))
            }
            let doctor = try await installation.run(["doctor"])
            #expect(doctor.output.contains("FAULT  instructions: \(path)"))
            let start = try await installation.run(["serve", "--port", "0"])
            #expect(start.status == 78)
            #expect(start.errors.contains("INSTRUCTIONS_FILE:") && start.errors.contains("UTF-8"))
        }
    }

    @Test func socketOfAKilledProcessIsRemovedByTheNext() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            let sockets = {
                try FileManager.default.contentsOfDirectory(atPath: installation.folder)
                    .filter { $0.hasPrefix("policy-assistant-") }
            }
            try await installation.runningReplica { replica in
                #expect(try sockets().count == 1)
                // Another process does not take it for left.
                _ = try await installation.run(["flush"])
                #expect(try sockets().count == 1)
                await replica.program.kill()
            }
            #expect(try sockets().count == 1)
            _ = try await installation.run(["flush"])
            #expect(try sockets().isEmpty)
        }
    }
}
