import Foundation
import Redis
import Subprocess
import TestSupport
import Testing

/// The options of the command `sync`.
@Suite struct SyncCommandTests {
    @Test func removesMostDocumentsOnlyWhenAllowed() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try installation.remove("travel.txt")
            try installation.remove("notice.md")
            let refused = try await installation.run(["sync"])
            #expect(refused.status == 5)
            #expect(refused.errors.contains("2 of 3 documents") && refused.errors.contains("--allow-mass-removal"))
            #expect(try await installation.uploadedFiles().count == 3)
            let (receipt, result) = try await installation.sync("--allow-mass-removal")
            #expect(result.status == 0)
            #expect(receipt.removed == ["notice.md", "travel.txt"])
            try installation.remove("leave/annual-leave.md")
            #expect(try await installation.sync("--allow-mass-removal").receipt.removed.count == 1)
            #expect(try await installation.uploadedFiles().isEmpty)
        }
    }

    @Test func strictlyTakesAllFilesOrNone() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            try installation.write("a,b", to: "table.numbers")
            let refused = try await installation.run(["sync", "--strict"])
            #expect(refused.status == 5)
            #expect(refused.errors.contains("table.numbers"))
            try await server.withClient(database: 1) { redis in
                let corpus = try await redis.send(.exists("corpus"))
                #expect(corpus.integer == 0)
            }
            try installation.write("*.numbers\n", to: ".policyignore")
            let (receipt, result) = try await installation.sync("--strict")
            #expect(result.status == 0)
            #expect(receipt.ignored.map(\.path) == ["table.numbers"])
        }
    }

    /// Names of files and answers are text: a terminal executes nothing in them, and a program reads them exactly.
    @Test func nothingThatADocumentHoldsReachesTheTerminalAsACommand() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            let names = ["a\u{1B}[2Jb.md", "two\nadded     lines.md", "in\u{202E}fdp.md", "csi\u{9B}31m.md"]
            let text = "# Towels\n\nFresh towels\u{1B}]0;owned\u{7} hang in the blue cabinet of the gym.\n"
            for name in names { try installation.write(text, to: name) }
            try installation.write(text, to: "towels.md")
            for command in [
                ["sync", "--dry-run"], ["sync", "--strict"], ["sync"], ["doctor"],
                ["ask", "Where do fresh towels hang in the gym?"],
            ] {
                let result = try await installation.run(command)
                let shown = result.output + result.errors
                #expect(!shown.unicodeScalars.contains { $0 != "\n" && (0x00...0x1F).contains($0.value) })
                #expect(!shown.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}" })
                #expect(!shown.contains("\nadded     lines.md"))
            }
            let listed = try await installation.run(["sync"]).output
            #expect(listed.contains(#"left out  a\u{1B}[2Jb.md: "#))
            let (receipt, result) = try await installation.sync()
            #expect(Set(receipt.leftOut.map(\.path)) == Set(names).subtracting(["in\u{202E}fdp.md"]))
            #expect(!result.output.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
        }
    }

    @Test func waitsForAnotherSyncWithTheOption() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            try await server.withClient(database: 1) { redis in
                _ = try await redis.send(.set("lock:sync", "0123 other-host 4711 2026-11-21T03:36:00Z"))
                try await installation.starting(["sync", "--wait"], untilReadyAt: "waiting for another sync") {
                    program in
                    #expect(program.readyLine.contains("host other-host, process 4711, since 2026-11-21T03:36:00Z"))
                    _ = try await redis.send(.del("lock:sync"))
                    #expect(await program.ended()?.isSuccess == true)
                }
                #expect(try await redis.send(.hget("corpus", "revision")).string == "1")
            }
        }
    }

    @Test func anEmptiedDocumentLeavesTheOldOneInForce() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try installation.write("", to: "notice.md")
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 3)
            #expect(receipt.failed.map(\.path) == ["notice.md"])
            #expect(receipt.removed.isEmpty && receipt.revision == 1)
        }
    }

    @Test func takesNamesAndContentsOfEveryKind() async throws {
        let names = [
            "two words.md", "🏖 Urlaub.md", "caf\u{E9}.md", "cafe\u{301}.md", "a/b/c/deep.md", "quote\"s.md", "100%.md",
        ]
        try await withInstallation { installation, _ in
            for name in names {
                try installation.write("# Same\n\nThis very same text lies in many files at once.\n", to: name)
            }
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0, "\(result.errors)")
            #expect(receipt.added.count == names.count)
            #expect(try await installation.uploadedFiles().count == names.count)
            #expect(try await installation.sync().receipt.unchanged == names.count)
        }
    }
}
