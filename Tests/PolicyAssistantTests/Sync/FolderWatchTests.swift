import Foundation
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite(.timeLimit(.minutes(1)))
struct FolderWatchTests {
    private func write(_ text: String, _ path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// Replaces a link, as `ln -sfn` and deployment programs do.
    private func swap(_ link: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: link + ".next", withDestinationPath: target)
        try #require(rename(link + ".next", link) == 0)
    }

    /// The first change that the watch reports.
    private func change(of watch: FolderWatch) async -> Bool {
        for await _ in watch.wakeUps where watch.takeChange() { return true }
        return false
    }

    @Test func reportsALinkOnThePathThatIsReplaced() async throws {
        try await withTemporaryFolder { folder in
            try write("one", "\(folder)/releases/1/docs/leave.md")
            try write("two", "\(folder)/releases/2/docs/leave.md")
            let files = FileManager.default
            try files.createDirectory(atPath: "\(folder)/app", withIntermediateDirectories: true)
            try files.createSymbolicLink(atPath: "\(folder)/current", withDestinationPath: "releases/1")
            try files.createSymbolicLink(atPath: "\(folder)/app/docs", withDestinationPath: "../current/docs")
            let watch = try FolderWatch(root: "\(folder)/app/docs")
            try watch.refresh()
            // Another entry beside a link on the path is no change.
            try write("x", "\(folder)/other.md")
            try swap("\(folder)/current", to: "releases/2")
            #expect(await change(of: watch))
            try watch.refresh()
            try write("more", "\(folder)/releases/2/docs/travel.md")
            #expect(await change(of: watch))
        }
    }

    @Test func stopsWatchingTheFormerFolder() async throws {
        try await withTemporaryFolder { folder in
            try write("one", "\(folder)/one/leave.md")
            try write("two", "\(folder)/two/leave.md")
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/current", withDestinationPath: "one")
            let watch = try FolderWatch(root: "\(folder)/current")
            try watch.refresh()
            try swap("\(folder)/current", to: "two")
            #expect(await change(of: watch))
            try watch.refresh()
            _ = watch.takeChange()
            let handle = FileHandle(forWritingAtPath: "\(folder)/one/leave.md")
            try handle?.write(contentsOf: Data("old".utf8))
            try write("new", "\(folder)/two/leave.md")
            // The former folder's file, which stays open, is no longer watched.
            repeat { #expect(await change(of: watch)) } while !watch.beingWritten.isEmpty
            try handle?.close()
        }
    }

    @Test func knowsWhichDocumentsAreBeingWritten() async throws {
        try await withTemporaryFolder { folder in
            try write("", "\(folder)/hr/travel.md")
            let watch = try FolderWatch(root: folder)
            try watch.refresh()
            let writer = try #require(FileHandle(forWritingAtPath: "\(folder)/hr/travel.md"))
            try writer.write(contentsOf: Data("half".utf8))
            #expect(await change(of: watch))
            #expect(watch.beingWritten == [ExactPath("hr/travel.md")])
            try writer.close()
            #expect(await change(of: watch))
            #expect(watch.beingWritten.isEmpty)
        }
    }

    @Test func aLogThatIsWrittenAllTheTimeIsNoChange() {
        var state = WatchState()
        state.watch(1, folder: "")
        let now = ContinuousClock.now
        let changes = ["build.log", "leave.md"].map { name in
            state.receive(InotifyEvent(watch: 1, mask: UInt32(IN_MODIFY), name: name), at: now)
        }
        #expect(changes == [false, true])
        #expect(state.beingWritten(at: now) == [ExactPath("leave.md")])
        #expect(state.beingWritten(at: now + .seconds(601)).isEmpty, "its closing may have gone unnoticed")
    }

    @Test func aLostEventMayHaveBeenAClosing() {
        var state = WatchState()
        state.watch(1, folder: "hr")
        let now = ContinuousClock.now
        _ = state.receive(InotifyEvent(watch: 1, mask: UInt32(IN_MODIFY), name: "leave.md"), at: now)
        let isChange = state.receive(InotifyEvent(watch: -1, mask: UInt32(IN_Q_OVERFLOW), name: ""), at: now)
        #expect(isChange)
        #expect(state.beingWritten(at: now).isEmpty)
        let answers = [state.takeChange(), state.takeChange()]
        #expect(answers == [true, false])
    }

    @Test func readsSeveralEventsAtOnce() {
        func event(_ watch: CInt, _ mask: UInt32, _ name: [UInt8]) -> [UInt8] {
            [UInt32(bitPattern: watch), mask, 0, UInt32(name.count)].flatMap { value in
                withUnsafeBytes(of: value) { Array($0) }
            } + name
        }
        let bytes = event(1, 2, Array("a.md\0\0\0\0".utf8)) + event(-1, 0x4000, [])
        let events = bytes.withUnsafeBytes { InotifyEvent.all(in: $0) }
        #expect(events.map(\.watch) == [1, -1])
        #expect(events.map(\.mask) == [2, 0x4000])
        #expect(events.map(\.name) == ["a.md", ""])
    }

    @Test func theStepsFollowAllLinks() async throws {
        try await withTemporaryFolder { folder in
            let files = FileManager.default
            try files.createDirectory(atPath: "\(folder)/releases/1/docs", withIntermediateDirectories: true)
            try files.createSymbolicLink(atPath: "\(folder)/current", withDestinationPath: "\(folder)/releases/./1")
            try files.createSymbolicLink(atPath: "\(folder)/loop", withDestinationPath: "loop")
            let steps = FolderReachability("\(folder)/releases/../current/docs").steps.map { "\($0.folder) \($0.name)" }
            for step in [
                "\(folder) current", "\(folder) releases", "\(folder)/releases 1", "\(folder)/releases/1 docs",
            ] {
                #expect(steps.contains(step))
            }
            #expect(FolderReachability("\(folder)/loop").steps.count < 100)
        }
    }
}
