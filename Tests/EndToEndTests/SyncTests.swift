import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

@Suite struct SyncTests {
    @Test(arguments: UpstreamAPI.allCases)
    func aSecondSyncUploadsNothing(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, _ in
            let first = try await installation.sync()
            #expect(first.result.status == 0)
            #expect(first.receipt.added == ["leave/annual-leave.md", "notice.md", "travel.txt"])
            #expect(first.receipt.revision == 1)
            let second = try await installation.sync()
            #expect(second.result.status == 0)
            #expect(second.receipt.added.isEmpty && second.receipt.replaced.isEmpty)
            #expect(second.receipt.unchanged == 3)
            #expect(second.receipt.revision == 1)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func theReceiptHasTheWarningsOfDocuments(api: UpstreamAPI) async throws {
        let rows = (1...4).map { "<tr><td>Room \($0)<td>\($0)0 seats<td>Floor \($0)" }.joined()
        let documents = ["rooms.html": "<p>The rooms can be booked by all staff.<table>\(rows)</table>"]
        try await withConformingInstallation(over: api, documents: documents) { installation, _ in
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.warnings.map(\.path) == ["rooms.html"])
            #expect(receipt.warnings.first?.reason.hasPrefix("A table has no header row") == true)
            #expect(try await installation.sync().receipt.warnings.isEmpty, "it is told when a document is read")
        }
    }

    @Test func aNumberChangedInARealPolicyIsVerified() async throws {
        let policy = "\(Installation.project)/assets/policies/leave/annual-leave.md"
        let text = try String(contentsOfFile: policy, encoding: .utf8)
        try await withInstallation(documents: ["annual-leave.md": text]) { installation, _ in
            _ = try await installation.sync()
            let changed = text.replacing("receive 27 days of paid", with: "receive 29 days of paid")
            #expect(changed != text)
            try installation.write(changed, to: "annual-leave.md")
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0, "\(result.errors)")
            #expect(receipt.checks.passed == 1)
        }
    }

    @Test(arguments: [(options: [], checked: 200), (["--check-all"], 203)])
    func ofManyNewDocumentsSomeAreVerifiedOrAll(options: [String], checked: Int) async throws {
        let rules = (1...203).map { ("rule-\($0).md", "# Rule \($0)\n\nForms of section \($0) stay \($0) months.\n") }
        try await withInstallation(documents: Dictionary(uniqueKeysWithValues: rules)) { installation, _ in
            let checks = try await installation.sync(options).receipt.checks
            #expect(checks.passed == checked && checks.unchecked == 203 - checked)
            #expect(checks.failed.isEmpty && checks.skipped.isEmpty)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aChangedDocumentIsReplacedEverywhere(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, server in
            _ = try await installation.sync()
            try await installation.serving { api in
                let before = try await api.ask("How many days of annual leave do I get?", as: "ana")
                let others = try await api.ask("What is the meal allowance abroad?", as: "ben")
                let oldFiles: FileList = try await api.send(.get, "/files").decoded()

                try installation.write(Documents.leave(days: 31), to: "leave/annual-leave.md")
                let (receipt, result) = try await installation.sync()
                #expect(result.status == 0)
                #expect(receipt.replaced == ["leave/annual-leave.md"])
                #expect(receipt.added.isEmpty && receipt.removed.isEmpty)
                #expect(receipt.unchanged == 2)
                #expect(receipt.threadsFlushed == 2)
                #expect(receipt.filesDeleted == 1)

                let after = try await api.ask("How many days of annual leave do I get?", as: "ana")
                #expect(after.answer.contains("31 days") && !after.answer.contains("27"))
                #expect(after.threadId != before.threadId)
                #expect(after.revision == 2)
                #expect(try await api.ask("What is the meal allowance abroad?", as: "ben").threadId != others.threadId)

                let newFiles: FileList = try await api.send(.get, "/files").decoded()
                let changed = zip(oldFiles.files, newFiles.files).filter { $0.fileId != $1.fileId }
                #expect(changed.map(\.1.filename) == ["leave/annual-leave.md"])
                try await server.withClient(database: 1) { redis in
                    let trash = try await redis.send(.smembers("trash"))
                    #expect(trash.array?.isEmpty == true)
                }
                let upstream = try await installation.uploadedFiles()
                #expect(upstream == Set(newFiles.files.map(\.fileId)))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aRemovedDocumentIsForgotten(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try await installation.serving { api in
                #expect(try await api.ask("What is the meal allowance abroad?", as: "ana").answer.contains("64 euros"))
                try installation.remove("travel.txt")
                let (receipt, result) = try await installation.sync()
                #expect(result.status == 0)
                #expect(receipt.removed == ["travel.txt"])
                let answer = try await api.ask("What is the meal allowance abroad?", as: "ana")
                #expect(!answer.answer.contains("64"))
                #expect(!answer.citations.contains { $0.filename == "travel.txt" })
                let files: FileList = try await api.send(.get, "/files").decoded()
                #expect(!files.files.contains { $0.filename == "travel.txt" })
                #expect(try await installation.uploadedFiles() == Set(files.files.map(\.fileId)))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aRenamedDocumentIsNotUploadedAgain(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            let uploaded = try await installation.uploadedFiles()
            try installation.remove("travel.txt")
            try installation.write(Documents.travel, to: "expenses/travel.txt")
            _ = try await installation.sync()
            #expect(try await installation.uploadedFiles() == uploaded)
            try await installation.serving { api in
                let answer = try await api.ask("What is the meal allowance abroad?", as: "ana")
                #expect(answer.citations.first?.filename == "expenses/travel.txt")
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func filesThatCannotBeTakenAreNamedAndTheRestIsSynced(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, _ in
            try installation.write("", to: "empty.md")
            try installation.write("a,b", to: "table.numbers")
            var generator = SystemRandomNumberGenerator()
            try installation.write(
                Data((0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) }),
                to: "broken.pdf"
            )
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 3)
            #expect(receipt.added == ["leave/annual-leave.md", "notice.md", "travel.txt"])
            #expect(receipt.leftOut.map(\.path) == ["empty.md", "table.numbers"])
            #expect(receipt.failed.map(\.path) == ["broken.pdf"])
            #expect((receipt.leftOut + receipt.failed).allSatisfy { !$0.reason.isEmpty })
            try await installation.serving { api in
                #expect(try await api.ask("How long is parental leave?", as: "ana").answer.contains("18 weeks"))
                let files: FileList = try await api.send(.get, "/files").decoded()
                #expect(files.files.count == 3)
                #expect(try await installation.uploadedFiles() == Set(files.files.map(\.fileId)))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aVersionThatCannotBeIndexedLeavesTheOldOneInForce(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try installation.write(Data([0xFF, 0xFE, 0x00, 0xD8, 0x80]), to: "notice.md")
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 3)
            #expect(receipt.failed.map(\.path) == ["notice.md"])
            try await installation.serving { api in
                let answer = try await api.ask("How long is the notice period after probation?", as: "ana")
                #expect(answer.answer.contains("three months"))
                #expect(answer.revision == 1)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aDryRunReturnsThePlanAndChangesNothing(api: UpstreamAPI) async throws {
        // Without the proxy, as upstream receives nothing.
        try await withInstallation(over: api, documents: Documents.all) { installation, server in
            let (receipt, result) = try await installation.sync("--dry-run")
            #expect(result.status == 0)
            #expect(receipt.dryRun)
            #expect(receipt.added.count == 3)
            try await server.withClient(database: 1) { redis in
                let left = try await keys("*", redis)
                #expect(left.isEmpty)
            }
            #expect(try await installation.uploadedFiles().isEmpty)
        }
    }

    @Test func aSecondSyncAtOnceNamesTheFirst() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            try await server.withClient(database: 1) { redis in
                let token = "0123 other-host 4711 2026-11-21T03:36:00Z"
                _ = try await redis.send(.set("lock:sync", token, lifetime: .seconds(30)))
                let result = try await installation.run(["sync"])
                #expect(result.status == 75)
                #expect(result.errors.contains("other-host") && result.errors.contains("4711"))
                #expect(try await redis.send(.get("lock:sync")).string == token)
                #expect(try await keys("*", redis) == ["lock:sync"])
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aKilledSyncIsResumedWhereItStopped(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, server in
            _ = try await installation.sync()
            // The state after a sync that was killed when it had uploaded a file and begun to retire the old one.
            try await server.withClient(database: 1) { redis in
                _ = try await redis.send(.hset("file:notice.md", ["retiring_at": "2"]))
                _ = try await redis.send(
                    .hset(
                        "upload:notice.md",
                        ["sha256": "gone", "name": "notice.0123.md", "file_id": "file-gone"]
                    )
                )
                _ = try await redis.send(.sadd("uploads", ["notice.md"]))
                _ = try await redis.send(.set("lock:sync", "0123 \(ProcessInfo.processInfo.hostName) 999999999 then"))
                let (receipt, result) = try await installation.sync()
                #expect(result.status == 0)
                #expect(receipt.unchanged == 3)
                #expect(try await redis.send(.exists("upload:notice.md")).integer == 0)
                #expect(try await redis.send(.hget("file:notice.md", "retiring_at")).isNull)
                #expect(try await redis.send(.exists("lock:sync")).integer == 0)
            }
            try await installation.serving { api in
                let answer = try await api.ask("How long is the notice period after probation?", as: "ana")
                #expect(answer.answer.contains("three months"))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aLostVectorStoreIsCreatedAnew(api: UpstreamAPI) async throws {
        // Without the proxy: an engine that ran for it would keep the state open that is lost here.
        try await withInstallation(over: api, documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try FileManager.default.removeItem(atPath: "\(installation.folder)/data")
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.added.count == 3)
            #expect(receipt.revision == 2)
            try await installation.serving { api in
                let answer = try await api.ask("How long is parental leave?", as: "ana")
                #expect(answer.answer.contains("18 weeks"))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func anEmptyFolderStopsTheSync(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            for path in Documents.all.keys { try installation.remove(path) }
            let result = try await installation.run(["sync"])
            #expect(result.status == 5)
            #expect(result.errors.contains("Nothing was changed"))
            try await installation.serving { api in
                let answer = try await api.ask("How long is parental leave?", as: "ana")
                #expect(answer.answer.contains("18 weeks"))
            }
        }
    }
}
