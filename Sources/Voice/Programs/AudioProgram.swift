internal import Foundation
internal import Subprocess
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A program of the system that makes, reads or converts sound.
///
/// It runs as a child process without this process's environment and without files of its own: it reads its standard input
/// and writes its standard output. The shell that starts it limits its processor time, its memory and the files that it
/// may write; this process limits its time and output, and kills its process group when it exceeds either, or when the task
/// is cancelled.
struct AudioProgram: Sendable {
    /// The name of the program.
    let name: String
    /// Its Debian package.
    let package: String

    static let espeak = AudioProgram(name: "espeak-ng", package: "espeak-ng")
    static let ffmpeg = AudioProgram(name: "ffmpeg", package: "ffmpeg")

    /// The limits of a run.
    struct Limits: Sendable {
        /// The maximum time, which also limits the processor time.
        var time = Duration.seconds(30)
        /// The maximum address space in bytes.
        var memory = 1 << 30
        /// The maximum size of a file that it writes, in bytes.
        var files = 0
        /// The maximum size of the output in bytes.
        var output: Int
    }

    /// The outcome of a run to the end.
    struct Outcome: Sendable {
        /// Whether the program exited with code 0.
        let isSuccess: Bool
        let output: [UInt8]
    }

    /// Permits for the programs of this process, which would else share the processors with all others.
    private static let slots = Slots(max(4, 2 * ProcessInfo.processInfo.activeProcessorCount), maximumWaiting: 10_000)

    /// The search path of programs.
    static let searchPath = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"

    /// The program's path; nil if it is not installed.
    var path: String? {
        Self.searchPath.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - command: A program that starts it, with arguments before the program's name; empty to start it directly.
    ///   - input: What it reads. It is a file in memory, so that a program that is killed, or ends before it has read all, leaves
    ///     nobody who writes.
    ///   - limits: The limits of the run.
    /// - Returns: The outcome; an exit code other than 0 is not an error.
    /// - Throws: ``VoiceError`` with code `unavailable` if it is not installed, `timeout` or `failed` if it exceeded a limit,
    ///   `cancelled`.
    func run(
        _ arguments: [String],
        startedBy command: [String] = [],
        reading input: [UInt8],
        within limits: Limits
    ) async throws(VoiceError) -> Outcome {
        try await Self.slots.withSlot { () throws(VoiceError) in
            try await runAtOnce(command + [name] + arguments, input, limits)
        }
    }

    private func runAtOnce(_ words: [String], _ input: [UInt8], _ limits: Limits) async throws(VoiceError) -> Outcome {
        let input = try MemoryFile(input)
        // The program has the file by its number only.
        defer { withExtendedLifetime(input) {} }
        let ending = await withTaskGroup(of: Ending.self) { group in
            group.addTask { await child(words, input, limits) }
            group.addTask {
                try? await Task.sleep(for: limits.time)
                return Task.isCancelled ? .stopped : .outOfTime
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .stopped
        }
        switch ending {
        case .exited(Self.notFound, _):
            throw VoiceError(.unavailable, "The program \(name) is missing: install the package \(package).")
        case .exited(let code, let output): return Outcome(isSuccess: code == 0, output: output)
        case .signaled: return Outcome(isSuccess: false, output: [])
        case .outOfTime:
            throw VoiceError(.timeout, "\(name) took longer than \(limits.time.components.seconds) seconds.")
        case .tooMuchOutput: throw VoiceError(.failed, "\(name) made more sound than is allowed.")
        case .stopped where Task.isCancelled: throw VoiceError(.cancelled, "The request was cancelled.")
        case .stopped: throw VoiceError(.failed, "\(name) could not be run.")
        }
    }

    private enum Ending: Sendable {
        case exited(Int, [UInt8])
        case signaled, outOfTime, tooMuchOutput, stopped
    }

    /// The shell's exit code for an unknown program.
    private static let notFound = 127

    /// Sets the limits, then executes the program.
    ///
    /// Where the system does not limit address space, the other limits apply. The shell's unit for files is 512 bytes.
    private static let script = """
        ulimit -c 0; ulimit -t "$1"; ulimit -v "$2" 2>/dev/null; ulimit -f "$3"; shift 3; exec "$@" 2>/dev/null
        """

    private func child(_ words: [String], _ input: MemoryFile, _ limits: Limits) async -> Ending {
        let seconds = max(1, limits.time.components.seconds)
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        let configuration = Configuration(
            executable: .path("/bin/sh"),
            arguments: Arguments(
                ["-c", Self.script, "sh", "\(seconds)", "\(limits.memory >> 10)", "\(limits.files >> 9)"] + words
            ),
            environment: .custom(["PATH": Self.searchPath, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"]),
            platformOptions: options
        )
        do {
            let result = try await Subprocess.run(
                configuration,
                input: .fileDescriptor(input.descriptor, closeAfterSpawningProcess: false),
                output: .bytes(limit: limits.output)
            )
            return Self.ending(result.terminationStatus, result.standardOutput)
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .tooMuchOutput
        } catch {
            return .stopped
        }
    }

    private static func ending(_ status: TerminationStatus, _ output: [UInt8]) -> Ending {
        switch status {
        case .exited(let code): .exited(Int(code), output)
        case .signaled: .signaled
        }
    }
}
