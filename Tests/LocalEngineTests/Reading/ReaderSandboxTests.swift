import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct ReaderSandboxTests {
    /// Runs a script on a thread that is restricted to one document and one folder.
    ///
    /// - Returns: The exit code of the script.
    private static func run(
        _ script: String,
        document: String,
        folder: String,
        startingLibreOffice: Bool = false
    ) async -> Int32 {
        await withCheckedContinuation { done in
            Thread {
                ReaderSandbox.restrict(
                    toReading: document,
                    writingIn: folder,
                    startingLibreOffice: startingLibreOffice
                )
                let shell = Process()
                shell.executableURL = URL(filePath: "/bin/sh")
                shell.arguments = ["-c", script]
                do { try shell.run() } catch { return done.resume(returning: -1) }
                shell.waitUntilExit()
                done.resume(returning: shell.terminationStatus)
            }.start()
        }
    }

    @Test(
        .enabled(if: ReaderSandbox.isAvailable),
        arguments: [
            ("cat document", true), ("cat other", false), ("ls .", false), ("cat /etc/shadow", false),
            ("cat /etc/passwd", true), ("echo more >>document", false), ("echo text >other", false),
            ("rm document", false), ("mkdir new", false), ("echo text >own/file && cat own/file", true),
            ("mkdir own/new && mv own/new own/newer", true), ("ln document own/link", false),
            ("mv document own/document", false), ("echo text >/tmp/reader-sandbox-test", false),
            ("echo text >/dev/null", true), ("kill -0 $PPID", false),
            ("/usr/bin/python3 -c 'import socket; socket.create_server((\"127.0.0.1\", 0))'", false),
            ("/usr/bin/python3 -c 'print(1)'", true),
        ]
    )
    func aProcessReadsItsDocumentAndWritesInItsFolder(script: String, isAllowed: Bool) async throws {
        try await withTemporaryFolder { folder in
            for name in ["document", "other"] { try Data("text".utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
            try FileManager.default.createDirectory(atPath: "\(folder)/own", withIntermediateDirectories: false)
            let status = await Self.run(
                "cd '\(folder)' && { \(script); } 2>/dev/null >own/output",
                document: "\(folder)/document",
                folder: "\(folder)/own"
            )
            #expect((status == 0) == isAllowed)
        }
    }

    @Test(.enabled(if: ReaderSandbox.isAvailable), arguments: [true, false])
    func createsSocketsOnlyIfTheDocumentNeedsThem(isNeeded: Bool) async throws {
        try await withTemporaryFolder { folder in
            try Data("text".utf8).write(to: URL(filePath: "\(folder)/document"))
            try FileManager.default.createDirectory(atPath: "\(folder)/own", withIntermediateDirectories: false)
            let path = "/tmp/\(UUID().uuidString)"
            let bind = "import os, socket; socket.socket(socket.AF_UNIX).bind('\(path)'); os.remove('\(path)')"
            let status = await Self.run(
                "/usr/bin/python3 -c \"\(bind)\" 2>/dev/null",
                document: "\(folder)/document",
                folder: "\(folder)/own",
                startingLibreOffice: isNeeded
            )
            #expect((status == 0) == isNeeded)
        }
    }

    /// No thread of the process that reads a document can gain rights: each was started after the restriction.
    @Test(.enabled(if: ReaderSandbox.isAvailable))
    func theProcessThatReadsADocumentIsRestrictedAsAWhole() async throws {
        try await withTemporaryFolder { folder in
            // Reading a pipe that nobody writes to holds the process where it is.
            let document = "\(folder)/document"
            #expect(mkfifo(document, 0o600) == 0)
            let program = ReaderProcessTests.command
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (identifiers, identified) = AsyncStream.makeStream(of: Int32.self)
                group.addTask {
                    _ = try await Subprocess.run(
                        .path(FilePath(program[0])),
                        arguments: Arguments(program.dropFirst() + [document, "a.txt"]),
                        input: .none,
                        output: .discarded,
                        error: .discarded
                    ) { execution in
                        identified.yield(execution.processIdentifier.value)
                    }
                }
                let process = try #require(await identifiers.first { _ in true })
                // Opening waits until the process does so, too.
                let writer = try FileDescriptor.open(FilePath(document), .writeOnly)
                let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
                #expect(threads.count > 1)
                for thread in threads {
                    let status = try String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
                    #expect(status.contains("NoNewPrivs:\t1"))
                }
                try writer.close()
                try await group.waitForAll()
            }
        }
    }
}
