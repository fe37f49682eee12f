import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import DocumentText

@Suite struct HelperProgramTests {
    @Test func namesThePackageOfAMissingProgram() async {
        let program = HelperProgram(name: "no-such-program", package: "no-such-package")
        await #expect(
            throws: ExtractionError.server(
                "The program no-such-program is missing: install the package no-such-package."
            )
        ) {
            try await program.run([], within: ExtractionLimits())
        }
    }

    @Test func killsAProgramThatDoesNotEnd() async {
        let program = HelperProgram(name: "sleep", package: "coreutils")
        await #expect(throws: ExtractionError.invalid("Reading the file took longer than 0.05 seconds.")) {
            try await program.run(["600"], within: ExtractionLimits(helperTime: .milliseconds(50)))
        }
    }

    @Test func endsWithItsTask() async {
        let program = HelperProgram(name: "sleep", package: "coreutils")
        await withTaskGroup(of: ExtractionError?.self) { group in
            group.addTask {
                do throws(ExtractionError) {
                    _ = try await program.run(["60"], within: ExtractionLimits())
                    return nil
                } catch {
                    return error
                }
            }
            group.cancelAll()
            for await failure in group { #expect(failure == .server("The file was not read to its end.")) }
        }
    }

    @Test func limitsItsMemoryAndHidesTheEnvironment() async throws {
        let shell = HelperProgram(name: "sh", package: "dash")
        let limits = ExtractionLimits(helperMemoryBytes: 64 << 20)
        let outcome = try await shell.run(["-c", "ulimit -v; env | grep -c HOME"], within: limits)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "65536\n0\n")
    }

    private static let shell = HelperProgram(name: "sh", package: "dash")

    @Test func writesNoFileWithoutAFolder() async throws {
        try await withTemporaryFolder { folder in
            _ = try await Self.shell.run(["-c", "echo text >'\(folder)/file'"], within: ExtractionLimits())
            #expect(((try? FileBytes.first(10, at: "\(folder)/file")) ?? []).isEmpty)
        }
    }

    @Test func writesInTheFolderOfTheDocument() async throws {
        let folder = WorkingFolder()
        let outcome = try await Self.shell.run(
            ["-c", "echo text >file; pwd; echo $HOME; echo $TMPDIR; stat -c %a ."],
            within: ExtractionLimits(),
            writingIn: folder
        )
        let path = try folder.path()
        #expect(String(decoding: outcome.output, as: UTF8.self) == "\(path)\n\(path)\n\(path)\n700\n")
        #expect(try FileBytes.first(10, at: "\(path)/file") == Array("text\n".utf8))
        folder.remove()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func limitsTheSizeOfAFile() async throws {
        let folder = WorkingFolder()
        await #expect(
            throws: ExtractionError.invalid("Reading the file takes temporary files of more than 1 MB.")
        ) {
            try await Self.shell.run(
                ["-c", "exec head -c 1048577 /dev/zero >file"],
                within: ExtractionLimits(helperFileBytes: 1 << 20),
                writingIn: folder
            )
        }
        folder.remove()
    }

    @Test(.timeLimit(.minutes(1)))
    func endsWithTheProcessesThatItHasStarted() async throws {
        try await withTemporaryFolder { folder in
            let pipe = "\(folder)/pipe"
            #expect(mkfifo(pipe, 0o600) == 0)
            // As long as a process holds the other end, reading waits.
            let reader = try FileDescriptor.open(FilePath(pipe), .readWrite)
            let script = "(echo ready; exec sleep 600) >'\(pipe)' & exec sleep 600"
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try? await Self.shell.run(
                        ["-c", script],
                        within: ExtractionLimits(),
                        writingIn: WorkingFolder()
                    )
                }
                var line = [UInt8](repeating: 0, count: 6)
                #expect(try line.withUnsafeMutableBytes { try reader.read(into: $0) } == 6)
                group.cancelAll()
                try await group.waitForAll()
            }
            let last = try FileDescriptor.open(FilePath(pipe), .readOnly, options: .nonBlocking)
            try reader.close()
            #expect(fcntl(last.rawValue, F_SETFL, 0) == 0)
            var byte: [UInt8] = [0]
            #expect(try byte.withUnsafeMutableBytes { try last.read(into: $0) } == 0)
            try last.close()
        }
    }
}
