import Testing

@testable import PolicyAssistant

/// Documents that upstream could not read are not uploaded again before they have changed.
@Suite struct RejectionTests {
    private func file(_ path: String, changed: String = "1.0", isRecent: Bool = false) -> ScannedDocument {
        let stamp = FileStamp(bytes: 4, modified: "1.0", changed: changed, inode: "7", isRecent: isRecent)
        return ScannedDocument(path: path, location: path, stamp: stamp)
    }

    private func rejection(_ path: String, sha256: String, isRecent: Bool = false) async throws -> Rejection {
        let document = SyncPlan.Document(file: file(path, isRecent: isRecent), sha256: sha256)
        return Rejection(of: document, because: "it may be a scan", try await settings())
    }

    private func settings(_ environment: [String: String] = [:]) async throws -> Settings {
        try await readSettings(environment)
    }

    private func plan(
        _ files: [ScannedDocument],
        _ rejections: [ExactPath: Rejection],
        contents: [String: String],
        rereadsAll: Bool = false
    ) -> (plan: SyncPlan, failed: [LeftOutDocument], read: [String]) {
        var read: [String] = []
        let (plan, failed) = SyncPlan.make(
            AssetScanner.Findings(files: files),
            records: [],
            .init(rereadsAll: rereadsAll, rejections: rejections)
        ) { file throws(PolicyAssistantError) in
            read.append(file.path)
            return contents[file.path] ?? ""
        }
        return (plan, failed, read)
    }

    @Test func anUnchangedFileIsNeitherReadNorUploadedAndStillNamed() async throws {
        let known = try await rejection("a.pdf", sha256: "s")
        let (plan, failed, read) = plan([file("a.pdf")], [ExactPath("a.pdf"): known], contents: [:])
        #expect(plan.isEmpty && read.isEmpty)
        #expect(failed == [LeftOutDocument(path: "a.pdf", reason: "it may be a scan")])
        #expect(plan.rejected == [ExactPath("a.pdf"): known])
    }

    @Test func aChangedFileIsUploaded() async throws {
        let known = try await rejection("a.pdf", sha256: "s")
        let (plan, failed, _) = plan(
            [file("a.pdf", changed: "2.0")],
            [ExactPath("a.pdf"): known],
            contents: ["a.pdf": "t"]
        )
        #expect(plan.added.map(\.sha256) == ["t"])
        #expect(failed.isEmpty && plan.rejected.isEmpty)
    }

    @Test func theSameContentAtAnotherPathIsNotUploadedEither() async throws {
        let known = try await rejection("a.pdf", sha256: "s")
        let (plan, failed, _) = plan(
            [file("b.pdf", changed: "2.0"), file("c.txt", changed: "2.0")],
            [ExactPath("a.pdf"): known],
            contents: ["b.pdf": "s", "c.txt": "s"]
        )
        #expect(failed.map(\.path) == ["b.pdf"])
        #expect(plan.added.map(\.file.path) == ["c.txt"], "another type is read in another way")
        #expect(plan.rejected[ExactPath("b.pdf")]?.changed == "2.0")
    }

    @Test func aFileThatWasJustChangedIsReadAgain() async throws {
        let known = try await rejection("a.pdf", sha256: "s", isRecent: true)
        let (plan, failed, read) = plan([file("a.pdf")], [ExactPath("a.pdf"): known], contents: ["a.pdf": "s"])
        #expect(read == ["a.pdf"])
        #expect(plan.isEmpty && failed.count == 1)
        #expect(plan.rejected[ExactPath("a.pdf")]?.changed == "1.0")
    }

    @Test func holdsForItsUpstreamAndProtocolOnly() async throws {
        let known = try await rejection("a.pdf", sha256: "s")
        #expect(known.holds(in: try await settings()))
        #expect(try await !known.holds(in: settings(["OPENAI_API": "assistants"])))
        let remote = ["OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"]
        #expect(try await !known.holds(in: settings(remote)))
    }

    @Test func isKeptAsItIs() async throws {
        let known = try await rejection("a.pdf", sha256: "s")
        #expect(Rejection(json: known.json) == known)
        #expect(Rejection(json: "{}") == nil)
    }
}
