import Redis
import Testing

@testable import PolicyAssistant

@Suite struct SyncPlanTests {
    private func file(
        _ path: String,
        modified: String = "1.0",
        changed: String = "1.0",
        inode: String = "7",
        isRecent: Bool = false
    ) -> ScannedDocument {
        let stamp = FileStamp(bytes: 1, modified: modified, changed: changed, inode: inode, isRecent: isRecent)
        return ScannedDocument(path: path, location: path, stamp: stamp)
    }

    private func record(
        _ path: String,
        sha256: String,
        modified: String = "1.0",
        changed: String = "1.0"
    ) -> IndexedDocument {
        IndexedDocument(
            path: path,
            fileID: "file-\(path)",
            sha256: sha256,
            bytes: 1,
            modified: modified,
            uploadedAt: nil,
            revision: 1,
            changed: changed,
            inode: changed.isEmpty ? "" : "7"
        )
    }

    /// Plans with contents given by path, and returns the files that were read.
    private func plan(
        _ files: [ScannedDocument],
        _ records: [IndexedDocument],
        contents: [String: String],
        rereadsAll: Bool = false,
        lost: [String] = [],
        leftOut: [LeftOutDocument] = [],
        beingWritten: [String] = [],
        rejections: [ExactPath: Rejection] = [:]
    ) -> (plan: SyncPlan, failed: [LeftOutDocument], read: [String]) {
        var read: [String] = []
        let (plan, failed) = SyncPlan.make(
            AssetScanner.Findings(files: files, leftOut: leftOut),
            records: records,
            .init(
                rereadsAll: rereadsAll,
                lost: Set(lost.map(ExactPath.init)),
                beingWritten: Set(beingWritten.map(ExactPath.init)),
                rejections: rejections
            )
        ) { file throws(PolicyAssistantError) in
            read.append(file.path)
            guard let content = contents[file.path] else { throw PolicyAssistantError(.fileUnreadable, "no") }
            return content
        }
        return (plan, failed, read)
    }

    @Test func sortsDocumentsByWhatIsToBeDone() {
        let (plan, failed, read) = plan(
            [file("same.md"), file("changed.md", modified: "2.0"), file("new.md")],
            [record("same.md", sha256: "s"), record("changed.md", sha256: "old"), record("gone.md", sha256: "g")],
            contents: ["changed.md": "new", "new.md": "n"]
        )
        #expect(plan.unchanged.map(\.path) == ["same.md"])
        #expect(plan.changed.map(\.document.file.path) == ["changed.md"])
        #expect(plan.changed.first?.previous.fileID == "file-changed.md")
        #expect(plan.added.map(\.file.path) == ["new.md"])
        #expect(plan.removed.map(\.path) == ["gone.md"])
        #expect(failed.isEmpty)
        #expect(read == ["changed.md", "new.md"], "a file whose size and time stand as recorded is not read")
    }

    @Test func aFileWrittenAgainWithTheSameContentIsOnlyTouched() {
        let (plan, _, _) = plan(
            [file("a.md", modified: "2.0")],
            [record("a.md", sha256: "s")],
            contents: ["a.md": "s"]
        )
        #expect(plan.isEmpty)
        #expect(plan.unchanged.count == 1)
        #expect(plan.touched.map(\.document.file.stamp.modified) == ["2.0"])
    }

    /// The properties that show that a file of the same size and modification time was written, or is another.
    @Test(arguments: [("2.0", "7"), ("1.0", "8")])
    func aFileWhoseChangeOnlyTheSystemNotesIsRead(_ changed: String, _ inode: String) {
        let (plan, _, read) = plan(
            [file("a.md", changed: changed, inode: inode)],
            [record("a.md", sha256: "old")],
            contents: ["a.md": "new"]
        )
        #expect(read == ["a.md"])
        #expect(plan.changed.count == 1)
    }

    @Test func aCopyWithTheSameContentCostsAReadingAndNoUpload() {
        let (plan, _, read) = plan(
            [file("a.md", changed: "2.0", inode: "8")],
            [record("a.md", sha256: "s")],
            contents: ["a.md": "s"]
        )
        #expect(read == ["a.md"])
        #expect(plan.isEmpty)
        #expect(plan.touched.first?.document.file.stamp.inode == "8")
    }

    @Test func theRecordOfAnEarlierVersionIsReadOnceAndRenewed() {
        let (plan, _, read) = plan(
            [file("a.md")],
            [record("a.md", sha256: "s", changed: "")],
            contents: ["a.md": "s"]
        )
        #expect(read == ["a.md"])
        #expect(plan.isEmpty)
        #expect(
            plan.stampWrites.map(\.commands) == [
                [.hset("file:a.md", ["changed": "1.0", "inode": "7", "modified": "1.0"])]
            ]
        )
    }

    @Test func aFileThatWasJustChangedIsReadAgainByTheNextSync() {
        let (plan, _, _) = plan(
            [file("a.md", modified: "2.0", changed: "2.0", isRecent: true)],
            [record("a.md", sha256: "s")],
            contents: ["a.md": "s"]
        )
        #expect(
            plan.stampWrites.map(\.commands) == [
                [.hset("file:a.md", ["changed": "", "inode": "7", "modified": "2.0"])]
            ]
        )
    }

    @Test func whatIsBeingWrittenIsNotRead() {
        let (plan, failed, read) = plan(
            [file("a.md", changed: "2.0"), file("b.md")],
            [record("a.md", sha256: "old")],
            contents: ["a.md": "half", "b.md": "half"],
            beingWritten: ["a.md", "b.md"]
        )
        #expect(read.isEmpty)
        #expect(plan.isEmpty && plan.unchanged.map(\.path) == ["a.md"])
        #expect(failed.map(\.path) == ["a.md", "b.md"])
        #expect(failed.allSatisfy { $0.reason == OpenFile.beingWritten })
    }

    @Test func readsAllFilesWithTheOption() {
        let (plan, _, read) = plan(
            [file("a.md")],
            [record("a.md", sha256: "old")],
            contents: ["a.md": "new"],
            rereadsAll: true
        )
        #expect(read == ["a.md"])
        #expect(plan.changed.count == 1)
    }

    @Test func theSameContentAtANewPathIsARename() {
        let (plan, _, _) = plan([file("b/a.md")], [record("a.md", sha256: "s")], contents: ["b/a.md": "s"])
        #expect(plan.renamed.map(\.previous.path) == ["a.md"])
        #expect(plan.added.isEmpty && plan.removed.isEmpty)
    }

    @Test func aCopyIsNoRename() {
        let (plan, _, _) = plan(
            [file("a.md"), file("b.md")],
            [record("a.md", sha256: "s")],
            contents: ["b.md": "s"]
        )
        #expect(plan.renamed.isEmpty)
        #expect(plan.added.map(\.file.path) == ["b.md"])
    }

    @Test func anotherFileTypeIsNoRename() {
        let (plan, _, _) = plan([file("a.txt")], [record("a.md", sha256: "s")], contents: ["a.txt": "s"])
        #expect(plan.added.map(\.file.path) == ["a.txt"])
        #expect(plan.removed.map(\.path) == ["a.md"])
    }

    @Test func aFileThatCannotBeReadStaysAsItWas() {
        let (plan, failed, _) = plan([file("a.md", modified: "2.0")], [record("a.md", sha256: "s")], contents: [:])
        #expect(plan.isEmpty)
        #expect(failed.map(\.path) == ["a.md"])
    }

    @Test func whatIsThereAndCannotBeTakenStaysInForce() {
        let leftOut = [
            LeftOutDocument(path: "emptied.md", reason: "it is empty"),
            LeftOutDocument(path: "closed", reason: "no entry"),
        ]
        let (plan, failed, _) = plan(
            [],
            ["emptied.md", "closed/a.md", "closed too.md"].map { record($0, sha256: $0) },
            contents: [:],
            leftOut: leftOut
        )
        #expect(Set(plan.unchanged.map(\.path)) == ["emptied.md", "closed/a.md"])
        #expect(plan.removed.map(\.path) == ["closed too.md"])
        #expect(failed == [leftOut[0]])
    }

    @Test func aDocumentWhoseUploadIsGoneIsUploadedAnew() {
        let (plan, _, _) = plan(
            [file("a.md"), file("b.md")],
            [record("a.md", sha256: "s"), record("b.md", sha256: "t")],
            contents: ["a.md": "s"],
            lost: ["a.md"]
        )
        #expect(plan.changed.map(\.document.file.path) == ["a.md"])
        #expect(plan.unchanged.map(\.path) == ["b.md"])
    }

    @Test func namesThatLookAlikeAreTwoDocuments() {
        let (plan, _, _) = plan(
            [file("caf\u{E9}.md"), file("cafe\u{301}.md")],
            [record("caf\u{E9}.md", sha256: "s")],
            contents: ["cafe\u{301}.md": "t"]
        )
        #expect(plan.unchanged.count == 1)
        #expect(plan.added.count == 1)
        #expect(plan.removed.isEmpty)
    }
}
