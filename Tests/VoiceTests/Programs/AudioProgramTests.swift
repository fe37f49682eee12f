import Foundation
import TestSupport
import Testing

@testable import Voice

/// Programs within limits, and none that outlives its caller.
@Suite struct AudioProgramTests {
    private let shell = AudioProgram(name: "sh", package: "dash")

    private func run(
        _ script: String,
        input: String = "",
        time: Duration = .seconds(10),
        output: Int = 1000
    ) async throws(VoiceError) -> AudioProgram.Outcome {
        try await shell.run(
            ["-c", script],
            reading: .bytes(Array(input.utf8)),
            within: AudioProgram.Limits(time: time, output: output)
        )
    }

    @Test func readsItsInputAndWritesItsOutput() async throws {
        let outcome = try await run("cat; echo done", input: "words ")
        #expect(outcome.isSuccess)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "words done\n")
        #expect(try await !run("exit 3").isSuccess)
        #expect(try await !run("kill -9 $$").isSuccess)
    }

    @Test func doesNotSeeTheEnvironmentAndWritesNoFiles() async throws {
        setenv("VOICE_TEST_SECRET", "hunter2", 1)
        #expect(try await run("echo \"$VOICE_TEST_SECRET\"").output == [10])
        try await withTemporaryFolder { folder in
            let outcome = try await run("echo x > '\(folder)/file'")
            #expect(!outcome.isSuccess)
        }
    }

    @Test func aFileInMemoryIsReadFromItsBeginning() async throws {
        let file = try MemoryFile(Array("recording".utf8))
        let outcome = try await shell.run(
            ["-c", "cat /dev/stdin; cat /dev/stdin"],
            reading: .file(file.descriptor),
            within: AudioProgram.Limits(output: 1000)
        )
        #expect(String(decoding: outcome.output, as: UTF8.self).hasPrefix("recording"))
    }

    @Test func tooMuchOutputTooMuchTimeAndAMissingProgramAreErrors() async throws {
        #expect(await code(of: "yes", output: 10_000) == .failed)
        #expect(await code(of: "sleep 60", time: .milliseconds(50)) == .timeout)
        let missing = AudioProgram(name: "no-such-program", package: "no-such-package")
        let error = await #expect(throws: VoiceError.self) {
            try await missing.run([], reading: .bytes([]), within: AudioProgram.Limits(output: 1))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("no-such-package") == true)
    }

    @Test func aCancelledCallerLeavesNoProcess() async throws {
        try await withTemporaryFolder { folder in
            let fifo = "\(folder)/fifo"
            #expect(mkfifo(fifo, 0o600) == 0)
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let error = await #expect(throws: VoiceError.self) {
                        // The program says who it is, and starts another that stays.
                        try await run("echo $$ > '\(fifo)' & sleep 600 & sleep 600")
                    }
                    #expect(error?.code == .cancelled)
                }
                let line = try? String(contentsOfFile: fifo, encoding: .utf8)
                let process = line.flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 0
                #expect(process > 0)
                group.cancelAll()
                await group.waitForAll()
                // Its process group has gone, the children among it.
                while kill(-process, 0) == 0 { await Task.yield() }
                #expect(kill(-process, 0) != 0)
            }
        }
    }

    private func code(of script: String, time: Duration = .seconds(10), output: Int = 1000) async -> VoiceError.Code? {
        do throws(VoiceError) {
            _ = try await run(script, time: time, output: output)
            return nil
        } catch {
            return error.code
        }
    }
}
