import DocumentText
import Foundation
import TestSupport
import Testing

@Suite struct CommandLineTests {
    @Test(arguments: [
        ("sync", ["ASSETS_DIR", "OPENAI_API"]), ("serve", ["PORT", "OPENAI_API"]), ("status", ["OPENAI_API"]),
        ("doctor", ["PORT", "OPENAI_API"]),
    ])
    func invalidConfigurationReportsEveryFaultFirst(_ command: String, _ names: [String]) async throws {
        let settings = ["PORT": "eighty", "ASSETS_DIR": "/nowhere", "OPENAI_API": "telepathy"]
        try await withInstallation(settings: settings) { installation, _ in
            let result = try await installation.run([command])
            #expect(result.status == 78)
            for name in settings.keys { #expect(result.errors.contains("\(name):") == names.contains(name)) }
            #expect(result.output.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: "\(installation.folder)/data"))
        }
    }

    @Test(arguments: ["serve", "doctor"])
    func rejectsTheAssistantsProtocolWhereItWasShutDown(_ command: String) async throws {
        let settings = ["OPENAI_API": "assistants", "OPENAI_API_KEY": "sk-never-used"]
        try await withInstallation(settings: settings) { installation, _ in
            let result = try await installation.run([command])
            #expect(result.status == 78)
            for word in ["OPENAI_API:", "2026-08-26", "OPENAI_API=responses"] { #expect(result.errors.contains(word)) }
        }
    }

    @Test func asksWithoutAServer() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            let answer = try await installation.run(["ask", "How many days of annual leave do I get?", "--user", "ana"])
            #expect(answer.status == 0)
            #expect(answer.output.contains("27 days"))
            #expect(answer.output.contains("Source: leave/annual-leave.md"))
            #expect(answer.errors.isEmpty)
            let json = try await installation.run(["ask", "How long is parental leave?", "--user", "ana", "--json"])
            let decoded = try JSONDecoder.snakeCase.decode(ChatAnswer.self, from: Data(json.output.utf8))
            #expect(decoded.answer.contains("18 weeks"))
        }
    }

    @Test func askNeedsSyncedDocuments() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            let answer = try await installation.run(["ask", "How long is parental leave?"])
            #expect(answer.status == 1)
            #expect(answer.errors.contains("policy-assistant sync"))
        }
    }

    @Test func statusShowsWhatIsSynced() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            #expect(try await installation.run(["status"]).output.contains("not synced yet"))
            _ = try await installation.sync()
            _ = try await installation.run(["ask", "How long is parental leave?"])
            let status = try await installation.run(["status"])
            #expect(status.status == 0)
            for text in ["embedded", "responses", "revision 1", "documents     3", "threads       1"] {
                #expect(status.output.contains(text))
            }
        }
    }

    @Test func doctorReportsWhatToFix() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            _ = try await installation.sync()
            let healthy = try await installation.run(["doctor"])
            #expect(healthy.status == 0, "\(healthy.output)")
            #expect(!healthy.output.contains("FAULT"))
            #expect(healthy.output.contains("reading documents: each in a process "))
            #expect(healthy.output.contains("warn   finding passages: by the words of the question; "))
            #expect(healthy.output.contains("reading .doc, .rtf, .odt, .dot and .ott files: "))
            #expect(healthy.output.contains("reading scanned pages of PDFs: "))
            await server.stop()
            let ill = try await installation.run(["doctor"])
            #expect(ill.status == 1)
            #expect(ill.output.contains("FAULT") && ill.output.contains("REDIS_ENDPOINT"))
        }
    }

    @Test func logsContainNoQuestionsAnswersOrUsers() async throws {
        let settings = ["LOG_FORMAT": "json", "LOG_LEVEL": "trace"]
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            _ = try await installation.sync()
            let result = try await installation.run(["ask", "How long is parental leave?", "--user", "ana.private"])
            #expect(result.status == 0)
            for secret in ["parental", "18 weeks", "ana.private"] {
                #expect(!result.errors.contains(secret))
            }
            for line in result.errors.split(separator: "\n") {
                #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)")
            }
        }
    }

    @Test func helpNamesTheCommands() async throws {
        try await withInstallation { installation, _ in
            let help = try await installation.run(["--help"])
            #expect(help.status == 0)
            for word in ["sync", "ask", "serve", "status", "doctor", "engine", "OPENAI_API_KEY", "Exit codes"] {
                #expect(help.output.contains(word))
            }
        }
    }

    @Test func invalidArgumentsHaveTheirOwnExitCode() async throws {
        try await withInstallation { installation, _ in
            for arguments in [["sync", "--concurrency", "0"], ["dance"]] {
                let result = try await installation.run(arguments)
                #expect(result.status == 64)
            }
        }
    }

    @Test(.enabled(if: OptionalProgram.writer.isInstalled, "LibreOffice Writer is not installed"))
    func readsAnOlderFormatInARestrictedProcess() async throws {
        try await withInstallation(documents: [:]) { installation, _ in
            let document = "\(installation.folder)/canteen.rtf"
            try Data("{\\rtf1 Guests pay 7.90 euros.\\par}".utf8).write(to: URL(filePath: document))
            let read = try await installation.run(["read", document])
            #expect(read.output == "Guests pay 7.90 euros.\n", "\(read)")
        }
    }

    @Test func readShowsADocumentWithoutAConfiguration() async throws {
        try await withInstallation(settings: ["PORT": "eighty"]) { installation, _ in
            let document = "\(installation.folder)/fees.md"
            try "# Fees\n\n| Kind | Euros |\n|--|--|\n| Bus | 9 |\n".write(
                toFile: document,
                atomically: true,
                encoding: .utf8
            )
            let text = try await installation.run(["read", document])
            #expect(text.status == 0)
            #expect(text.output == "# Fees\n\n[table: 1 row, columns: Kind | Euros]\n  Kind: Bus; Euros: 9\n")
            let json = try await installation.run(["read", document, "--json"])
            #expect(json.output.contains("\"header_rows\" : 1"))
            for missing in ["\(installation.folder)/none.md", installation.folder] {
                let failed = try await installation.run(["read", missing])
                #expect(failed.status == 1)
                #expect(failed.output.isEmpty && failed.errors.contains(missing))
            }
        }
    }
}
