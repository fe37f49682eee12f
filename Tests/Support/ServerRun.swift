import Subprocess

/// One run of a server program, from its start to its end.
struct ServerRun: Sendable {
    private let ready = AsyncThrowingStream.makeStream(of: Void.self)
    private let over = AsyncStream.makeStream(of: Void.self)
    private let signals = AsyncStream.makeStream(of: Signal.self)

    /// Waits until the program said that it is ready.
    ///
    /// - Throws: ``ProgramFailure`` if it ended before.
    func isReady() async throws {
        for try await _ in ready.stream {}
    }

    /// Waits until the program has ended.
    func isOver() async {
        for await _ in over.stream {}
    }

    /// Sends the program a signal.
    func send(_ signal: Signal) {
        signals.continuation.yield(signal)
    }

    /// Runs the program to its end, which comes at the latest when the task is cancelled.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - arguments: Its arguments.
    ///   - sign: A part of the line that it prints when it is ready.
    func carryOut(program: String, arguments: [String], untilReadyAt sign: String) async {
        var lastLines: [String] = []
        do {
            _ = try await run(
                .name(program),
                arguments: Arguments(arguments),
                input: .none,
                output: .sequence,
                error: .combinedWithOutput
            ) { execution in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await signal in signals.stream { try execution.send(signal: signal) }
                    }
                    // Its output is read to the end, so that the program never waits for a reader.
                    for try await line in execution.standardOutput.strings() {
                        lastLines = lastLines.suffix(9) + [line]
                        if line.contains(sign) { ready.continuation.finish() }
                    }
                    signals.continuation.finish()
                }
            }
        } catch {
            lastLines.append("\(error)")
        }
        let failure = ProgramFailure(program: program, output: lastLines.joined(separator: "\n"))
        ready.continuation.finish(throwing: failure)
        over.continuation.finish()
    }
}
