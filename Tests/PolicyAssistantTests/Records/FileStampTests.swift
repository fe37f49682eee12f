import Foundation
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct FileStampTests {
    private func status(_ path: String) throws -> stat {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status
    }

    /// Images of build tools have equal sizes and times; inode and time of change differ all the same.
    @Test func tellsFilesOfTheSameSizeAndTimeApart() async throws {
        try await withTemporaryFolder { folder in
            let (one, two) = ("\(folder)/one", "\(folder)/two")
            let then = Date(timeIntervalSince1970: 1_000_000_000)
            for (path, text) in [(one, "27 days"), (two, "31 days")] {
                try text.write(toFile: path, atomically: false, encoding: .utf8)
                try FileManager.default.setAttributes([.modificationDate: then], ofItemAtPath: path)
            }
            let (first, second) = (try #require(FileStamp(ofFileAt: one)), try #require(FileStamp(ofFileAt: two)))
            #expect(first.bytes == second.bytes && first.modified == second.modified)
            #expect(first != second)

            let handle = try FileHandle(forWritingTo: URL(filePath: one))
            try handle.write(contentsOf: Data("28 days".utf8))
            try handle.close()
            try FileManager.default.setAttributes([.modificationDate: then], ofItemAtPath: one)
            let later = try #require(FileStamp(ofFileAt: one))
            #expect(later.modified == first.modified && later.inode == first.inode)
            #expect(later.changed >= first.changed)
        }
    }

    @Test func isRecentWithinTheGrainOfTheClock() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/file"
            try "text".write(toFile: path, atomically: false, encoding: .utf8)
            let status = try status(path)
            let changed = status.st_ctim.tv_sec
            #expect(FileStamp(status, now: changed).isRecent)
            #expect(FileStamp(status, now: changed + 2).isRecent)
            #expect(!FileStamp(status, now: changed + 4).isRecent)
            #expect(FileStamp(status, now: changed - 100).isRecent, "another clock proves nothing")
        }
    }

    @Test func aRecentOneProvesNothingOnceItIsRecorded() {
        var stamp = FileStamp(bytes: 1, modified: "1.0", changed: "1.0", inode: "7")
        #expect(stamp.isCertainlyUnchanged(since: stamp.recorded))
        stamp.isRecent = true
        #expect(!stamp.isCertainlyUnchanged(since: stamp.recorded))
        #expect(
            !stamp.isCertainlyUnchanged(since: FileStamp(bytes: 1, modified: "1.0")),
            "as an earlier version recorded it"
        )
    }

    @Test func takesTimesOfAnySize() {
        var status = stat()
        status.st_mtim.tv_sec = .min
        #expect(FileStamp(status, now: 1_000).modified.hasPrefix("-"))
        status.st_mtim.tv_sec = .max
        #expect(!FileStamp(status, now: 1_000).isRecent)
    }
}
