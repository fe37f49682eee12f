import Subprocess
import Synchronization
import SystemPackage

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One run of a server program, from its start to its end.
final class ServerRun: Sendable {
    private let ready = AsyncThrowingStream.makeStream(of: String.self)
    private let over = AsyncStream.makeStream(of: TerminationStatus?.self)
    /// The program while it runs; not even a dead one's number is given to another before the run is over.
    private let process = Mutex<pid_t?>(nil)
    private let lines = Mutex<[String]>([])

    /// The longest output that is kept, in lines.
    private static let maximumLines = 100_000

    /// What the program has written so far, as far as it is kept.
    var output: [String] { lines.withLock(\.self) }

    /// Waits until the program said that it is ready.
    ///
    /// - Returns: The line by which it said so.
    /// - Throws: ``ProgramFailure`` if it ended before.
    @discardableResult
    func isReady() async throws -> String {
        for try await line in ready.stream { return line }
        throw CancellationError()
    }

    /// Waits until the program has ended.
    ///
    /// - Returns: How it ended; nil if it could not be started.
    @discardableResult
    func isOver() async -> TerminationStatus? {
        for await status in over.stream { return status }
        return nil
    }

    /// Sends the program a signal.
    func send(_ signal: Signal) {
        process.withLock { process in
            if let process { _ = kill(process, signal.rawValue) }
        }
    }

    /// Runs the program to its end, which comes at the latest when the task is cancelled.
    ///
    /// - Parameters:
    ///   - program: Its name, or its path.
    ///   - arguments: Its arguments.
    ///   - environment: Its environment.
    ///   - sign: A part of the line that it prints when it is ready; without one it counts as ready once it runs.
    func carryOut(
        program: String,
        arguments: [String],
        environment: Environment = .inherit,
        untilReadyAt sign: String?
    ) async {
        var status: TerminationStatus?
        do {
            let result = try await run(
                program.hasPrefix("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(arguments),
                environment: environment,
                input: .none,
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                process.withLock { $0 = execution.processIdentifier.value }
                defer { process.withLock { $0 = nil } }
                if sign == nil { ready.continuation.yield("") }
                // Its output is read to the end, so that the program never waits for a reader.
                for try await line in execution.standardOutput.strings() {
                    note(line)
                    if let sign, line.contains(sign) { ready.continuation.yield(line) }
                }
            }
            status = result.terminationStatus
        } catch {
            note("\(error)")
        }
        let failure = ProgramFailure(program: program, output: output.suffix(10).joined(separator: "\n"))
        ready.continuation.finish(throwing: failure)
        over.continuation.yield(status)
        over.continuation.finish()
    }

    private func note(_ line: String) {
        lines.withLock { lines in
            if lines.count < Self.maximumLines { lines.append(line) }
        }
    }
}
