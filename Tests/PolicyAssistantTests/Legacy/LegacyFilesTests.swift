import Foundation
import OpenAI
import Redis
import Testing

@testable import PolicyAssistant

@Suite struct LegacyFilesTests {
    private let text = "# Leave\n\nEmployees get 27 days of annual leave.\n"

    /// The files that upstream has.
    private func files(_ fixture: LegacyFixture) async throws -> Set<String> {
        Set(try await fixture.openAI.files.all().collect().map(\.id))
    }

    private func trash(_ fixture: LegacyFixture) async throws -> [String] {
        try await fixture.files.send(.smembers("trash")).array?.compactMap(\.string) ?? []
    }

    @Test(arguments: ["leave.md", "rules/leave.md"])
    func aFileWithTheDocumentsContentIsUsedByTheNextSync(path: String) async throws {
        try await withLegacyFixture(.responses) { fixture in
            try fixture.write(text, to: path)
            let file = try await fixture.upload(text, notedAs: "leave.md")
            #expect(try await fixture.run() == ["leave.md": .adopted])
            #expect(try await fixture.files.send(.exists("leave.md")).integer == 0)
            let receipt = try await fixture.assistant.sync.run()
            #expect(receipt.added == [path] && receipt.checks.failed.isEmpty)
            #expect(try await fixture.assistant.files.documents().map(\.fileID) == [file])
            #expect(try await files(fixture) == [file], "nothing was uploaded anew")
        }
    }

    @Test func anyOtherFileIsDeletedByTheNextSync() async throws {
        try await withLegacyFixture(.responses) { fixture in
            try fixture.write(text, to: "leave.md")
            try fixture.write(text, to: "twice/a.md")
            try fixture.write(text, to: "twice/b/a.md")
            let old = [
                try await fixture.upload(text + "More.", notedAs: "leave.md"),
                try await fixture.upload(text, notedAs: "gone.md"),
                try await fixture.upload(text, notedAs: "a.md"),
            ]
            let actions = try await fixture.run()
            #expect(actions == ["leave.md": .discarded, "gone.md": .discarded, "a.md": .discarded])
            #expect(Set(try await trash(fixture)) == Set(old))
            #expect(try await files(fixture) == Set(old), "until then")
            _ = try await fixture.assistant.sync.run()
            #expect(try await files(fixture).isDisjoint(with: old))
            #expect(try await trash(fixture).isEmpty)
        }
    }

    @Test func aDocumentThatWasChangedAfterTheUploadIsUploadedAnew() async throws {
        try await withLegacyFixture(.responses) { fixture in
            let file = try await fixture.upload(text, notedAs: "leave.md")
            let changed = text.replacing("27", with: "29")
            try changed.write(toFile: "\(fixture.settings.assetsDirectory)/leave.md", atomically: true, encoding: .utf8)
            #expect(try await fixture.run() == ["leave.md": .discarded])
            #expect(try await trash(fixture) == [file])
        }
    }

    @Test func aFileThatIsInUseStays() async throws {
        try await withLegacyFixture(.responses) { fixture in
            try fixture.write(text, to: "leave.md")
            let file = try await fixture.upload(text, notedAs: "leave.md", "Leave (copy).md")
            #expect(try await fixture.run() == ["leave.md": .adopted, "Leave (copy).md": .retired])
            #expect(try await trash(fixture).isEmpty)
            _ = try await fixture.assistant.sync.run()
            try await fixture.assistant.legacyImport.acknowledge()

            _ = try await fixture.files.send(.set("other.md", file))
            let late = try await fixture.upload(text, notedAs: "leave.md")
            #expect(try await fixture.run() == ["other.md": .retired, "leave.md": .discarded])
            #expect(try await trash(fixture) == [late], "the document is uploaded already")
        }
    }

    @Test func aFileThatUpstreamDoesNotKnowIsRetired() async throws {
        try await withLegacyFixture(.responses) { fixture in
            try fixture.write(text, to: "leave.md")
            _ = try await fixture.files.send(.set("leave.md", "file-unknown"))
            #expect(try await fixture.run() == ["leave.md": .retired])
            #expect(try await trash(fixture).isEmpty)
        }
    }

    @Test func aDryRunChangesNothing() async throws {
        try await withLegacyFixture(.responses) { fixture in
            try fixture.write(text, to: "leave.md")
            _ = try await fixture.upload(text, notedAs: "leave.md")
            _ = try await fixture.upload(text, notedAs: "gone.md")
            let before = try await fixture.contents(of: fixture.files)
            let actions = try await fixture.run { $0.isDryRun = true }
            #expect(actions == ["leave.md": .adopted, "gone.md": .discarded])
            #expect(try await fixture.contents(of: fixture.files) == before)
        }
    }

    @Test func whatASyncIsDoingIsNotInterferedWith() async throws {
        try await withLegacyFixture(.responses) { fixture in
            _ = try await fixture.upload(text, notedAs: "leave.md")
            _ = try await fixture.files.send(.set("lock:sync", "token elsewhere 1 now"))
            await #expect {
                _ = try await fixture.run()
            } throws: { error in
                (error as? PolicyAssistantError)?.code == .syncRunning
            }
            #expect(try await fixture.files.send(.exists("leave.md")).integer == 1)
        }
    }

    @Test func whoLostTheLockChangesNothing() async throws {
        try await withLegacyFixture(.responses) { fixture in
            let file = try await fixture.upload(text, notedAs: "leave.md")
            let keys = LegacyDatabase(redis: fixture.files, kind: .file)
            let outcome = LegacyOutcome(kind: .file, key: "leave.md", id: file, action: .discarded, reason: "")
            await #expect(throws: PolicyAssistantError.self) {
                _ = try await keys.settle(
                    outcome,
                    [.trashFile(id: file)],
                    holding: Lease(key: .syncLock, token: "guess", lossError: .syncLockLost)
                )
            }
            #expect(try await fixture.files.send(.exists("leave.md")).integer == 1)
            #expect(try await trash(fixture).isEmpty)
        }
    }
}
