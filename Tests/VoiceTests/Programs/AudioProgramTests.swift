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
            reading: Array(input.utf8),
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

    @Test func theInputCanBeReadBackAndForth() async throws {
        let outcome = try await run("tail -c 3; head -c 2 /dev/stdin", input: "recording")
        #expect(outcome.output.starts(with: "ing".utf8))
        #expect(String(decoding: outcome.output, as: UTF8.self) == "ingre")
    }

    /// A pipe would break, or be left open, with those who end before they have read more than it holds.
    @Test func inputThatNobodyReadsIsNoError() async throws {
        let input = String(repeating: "x", count: 1 << 20)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let outcome = try await run("exit \(number % 2)", input: input)
                    #expect(outcome.isSuccess == (number % 2 == 0))
                }
            }
            try await group.waitForAll()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let error = await #expect(throws: VoiceError.self) {
                        try await run("sleep 60", input: input)
                    }
                    #expect(error?.code == .cancelled)
                }
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func tooMuchOutputTooMuchTimeAndAMissingProgramAreErrors() async throws {
        #expect(await code(of: "yes", output: 10_000) == .failed)
        #expect(await code(of: "sleep 60", time: .milliseconds(50)) == .timeout)
        let missing = AudioProgram(name: "no-such-program", package: "no-such-package")
        let error = await #expect(throws: VoiceError.self) {
            try await missing.run([], reading: [], within: AudioProgram.Limits(output: 1))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("no-such-package") == true)
    }

    @Test func aCancelledCallerLeavesNoProcess() async throws {
        // A time by which the process is recognised.
        let time = "60\(getpid()).\(Int.random(in: 1_000_000...9_999_999))"
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let error = await #expect(throws: VoiceError.self) {
                    try await run("exec sleep \(time)")
                }
                #expect(error?.code == .cancelled)
            }
            while try Self.processes(naming: time).isEmpty { await Task.yield() }
            group.cancelAll()
            try await group.waitForAll()
            while try !Self.processes(naming: time).isEmpty { await Task.yield() }
        }
    }

    /// The IDs of the processes that a word of `sleep` names.
    private static func processes(naming word: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard Int(name) != nil, let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
                return false
            }
            return line == Data("sleep\0\(word)\0".utf8)
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
