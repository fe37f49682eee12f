import Foundation
import Redis
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

/// Which documents count as changed, and what happens to those that upstream cannot read.
@Suite(.timeLimit(.minutes(2)))
struct SyncContentTests {
    private let leave = "# Leave\n\nEmployees get 27 days of paid annual leave per year.\n"

    /// An image of a build tool: another content of the same length, with equal times.
    @Test func aChangeOfTheSameSizeAndTimeIsSeen() async throws {
        try await withSyncFixture { fixture in
            let then = Date(timeIntervalSince1970: 1)
            func write(_ text: String) throws {
                try fixture.write(text, to: "leave.md")
                try FileManager.default.setAttributes(
                    [.modificationDate: then],
                    ofItemAtPath: "\(fixture.assets)/leave.md"
                )
            }
            try write(leave)
            #expect(try await fixture.run().added == ["leave.md"])
            try write(leave.replacing("27", with: "30"))
            #expect(try await fixture.run().replaced == ["leave.md"])
            #expect(try await fixture.run().unchanged == 1)
        }
    }

    @Test func aCheckoutWithTheSameContentUploadsNothing() async throws {
        try await withSyncFixture { fixture in
            try fixture.write(leave, to: "leave.md")
            _ = try await fixture.run()
            try FileManager.default.removeItem(atPath: "\(fixture.assets)/leave.md")
            try fixture.write(leave, to: "leave.md")
            let receipt = try await fixture.run()
            #expect(!receipt.changesDocuments && receipt.unchanged == 1)
            #expect(fixture.uploads == 1)
        }
    }

    /// Records of versions that knew size and modification time only.
    @Test func recordsOfAnEarlierVersionAreRead() async throws {
        try await withSyncFixture { fixture in
            try fixture.write(leave, to: "leave.md")
            _ = try await fixture.run()
            _ = try await fixture.files.send(RedisCommand("HDEL", ["file:leave.md", "changed", "inode"]))
            #expect(try await fixture.run().unchanged == 1)
            #expect(fixture.uploads == 1)
            #expect(try await fixture.files.send(.hget("file:leave.md", "inode")).string?.isEmpty == false)
        }
    }

    @Test func aRepairReadsContents() async throws {
        try await withSyncFixture { fixture in
            try fixture.write(leave, to: "leave.md")
            _ = try await fixture.run()
            let stamp = try #require(FileStamp(ofFileAt: "\(fixture.assets)/leave.md"))
            // As if the stamp did not show the change.
            let lie = ["sha256": String(repeating: "0", count: 64), "changed": stamp.changed, "inode": stamp.inode]
            _ = try await fixture.files.send(.hset("file:leave.md", lie))
            #expect(try await fixture.run().unchanged == 1)
            #expect(try await fixture.run { $0.repairs = true }.replaced == ["leave.md"])
        }
    }

    @Test func whatUpstreamCannotReadIsNotUploadedAgain() async throws {
        try await withSyncFixture { fixture in
            try fixture.write(leave, to: "leave.md")
            try fixture.write(Data([0x50, 0x4B, 0x03, 0x04]), to: "broken.docx")
            let first = try await fixture.run()
            #expect(first.added == ["leave.md"])
            #expect(first.failed.map(\.path) == ["broken.docx"])
            let reason = try #require(first.failed.first?.reason)
            #expect(reason.contains("(upstream: "), "upstream's own words say what to do")
            #expect(fixture.uploads == 2)

            let second = try await fixture.run()
            #expect(fixture.uploads == 2)
            #expect(second.failed == first.failed, "it is named by every sync")
            #expect(!second.isComplete && !second.changesDocuments)
            #expect(try await fixture.run { $0.rereadsAll = true }.failed == first.failed)
            #expect(fixture.uploads == 2)

            let third = try await fixture.run { $0.retriesFailed = true }
            #expect(third.failed.map(\.path) == ["broken.docx"])
            #expect(fixture.uploads == 3)

            try fixture.write("# Travel\n\nThe hotel limit is 130 euros a night.\n", to: "broken.docx")
            #expect(try await fixture.run().failed.count == 1)
            #expect(fixture.uploads == 4, "another content is tried")

            try FileManager.default.removeItem(atPath: "\(fixture.assets)/broken.docx")
            #expect(try await fixture.run().isComplete)
            #expect(try await fixture.files.send(.exists("rejected")).integer == 0)
        }
    }

    @Test func anEarlierVersionStaysInForceWhileTheNewOneCannotBeRead() async throws {
        try await withSyncFixture { fixture in
            try fixture.write(leave, to: "leave.md")
            _ = try await fixture.run()
            try fixture.write(Data([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0x01, 0x02]), to: "leave.md")
            for _ in 1...2 {
                let receipt = try await fixture.run()
                #expect(receipt.failed.map(\.path) == ["leave.md"])
                #expect(receipt.revision == 1)
            }
            #expect(fixture.uploads == 2)
            try fixture.write(leave, to: "leave.md")
            #expect(try await fixture.run().isComplete)
            #expect(fixture.uploads == 2, "the content in force is there already")
            #expect(try await fixture.files.send(.exists("rejected")).integer == 0)
        }
    }

    @Test func aPolicyignoreThatCannotBeReadKeepsEverythingBack() async throws {
        try await withSyncFixture { fixture in
            try fixture.write(leave, to: "leave.md")
            try fixture.write(Data([0x45, 0x6E, 0x74, 0x77, 0xFC, 0x72, 0x66, 0x65]), to: ".policyignore")
            await #expect(throws: PolicyAssistantError.self) { try await fixture.run() }
            #expect(fixture.uploads == 0)
        }
    }

    /// Chinese, Japanese and Thai have no blanks between words.
    @Test func textsWithoutBlanksAreVerified() async throws {
        try await withSyncFixture { fixture in
            try fixture.write("# 休假制度\n\n每位员工每年享有十五天带薪年假。病假需要提供医生证明。\n", to: "zh.md")
            try fixture.write("# 出張規程\n\n出張の日当は三千円です。宿泊費は一万円まで支払われます。\n", to: "ja.md")
            try fixture.write("# วันลา\n\nพนักงานลาพักร้อนได้ปีละสิบห้าวัน ลาป่วยต้องมีใบรับรองแพทย์\n", to: "th.md")
            let first = try await fixture.run()
            #expect(first.checks.passed == 3)
            #expect(first.checks.skipped.isEmpty && first.checks.failed.isEmpty)
            try fixture.write("# 休假制度\n\n每位员工每年享有二十天带薪年假。病假需要提供医生证明。\n", to: "zh.md")
            let second = try await fixture.run()
            #expect(second.replaced == ["zh.md"])
            #expect(second.checks.passed == 1)
        }
    }

    /// The system does not report some changes, as on network shares.
    @Test func aWatchLooksAtTheFolderByItself() async throws {
        try await withSyncFixture { fixture in
            try fixture.write(leave, to: "leave.md")
            let elsewhere = fixture.assets + "-elsewhere.md"
            try FileManager.default.linkItem(atPath: "\(fixture.assets)/leave.md", toPath: elsewhere)
            let revisions = AsyncStream<Int>.makeStream()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await fixture.sync.watch(
                        SyncOptions(),
                        .init(quiet: .milliseconds(10), rescan: .milliseconds(50))
                    ) { event in
                        if case .synced(let receipt) = event { revisions.continuation.yield(receipt.revision) }
                    }
                }
                var seen = revisions.stream.makeAsyncIterator()
                #expect(await seen.next() == 1)
                // The same file by a name in a folder that is not watched: inotify does not report it.
                let writer = try #require(FileHandle(forWritingAtPath: elsewhere))
                try writer.write(contentsOf: Data(leave.replacing("27", with: "30").utf8))
                try writer.close()
                #expect(await seen.next() == 2)
                group.cancelAll()
                _ = try? await group.next()
            }
        }
    }
}
