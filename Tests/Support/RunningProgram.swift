public import Subprocess

/// A server program that a test has started.
public struct RunningProgram: Sendable {
    /// The line by which the program said that it is ready; empty where it has no way of saying so.
    public let readyLine: String
    private let run: ServerRun

    fileprivate init(readyLine: String, run: ServerRun) {
        self.readyLine = readyLine
        self.run = run
    }

    /// What the program has written so far, line by line.
    public var output: [String] { run.output }

    /// Asks the program to end, as an operator would, and does not wait for it.
    public func requestEnd() {
        run.send(.terminate)
    }

    /// Ends the program at once, as a crash would, and waits until it is gone.
    ///
    /// - Returns: How it ended.
    @discardableResult
    public func kill() async -> TerminationStatus? {
        run.send(.kill)
        return await run.isOver()
    }

    /// Waits until the program has ended by itself.
    ///
    /// - Returns: How it ended.
    @discardableResult
    public func ended() async -> TerminationStatus? {
        await run.isOver()
    }

    /// Asks the program to end, as an operator would, and waits until it has.
    ///
    /// - Returns: How it ended.
    @discardableResult
    public func terminate() async -> TerminationStatus? {
        run.send(.terminate)
        return await run.isOver()
    }

}

/// Runs a program for as long as `body` takes: it is ready when the closure is called, and ends when that returns.
///
/// - Parameters:
///   - program: Its name, or its path.
///   - arguments: Its arguments.
///   - environment: Its environment.
///   - sign: A part of the line that it prints when it is ready; without one it counts as ready once it runs.
///   - body: Gets the program.
/// - Returns: What `body` returns.
/// - Throws: ``ProgramFailure`` with the program's last output if it ends before it is ready; what `body` throws.
public func withRunningProgram<Result>(
    _ program: String,
    arguments: [String],
    environment: Environment = .inherit,
    untilReadyAt sign: String? = nil,
    _ body: (RunningProgram) async throws -> Result
) async throws -> Result {
    let run = ServerRun()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            await run.carryOut(
                program: program,
                arguments: arguments,
                environment: environment,
                untilReadyAt: sign
            )
        }
        // If this or the body throws, the group cancels the task, and that ends the program.
        let running = RunningProgram(readyLine: try await run.isReady(), run: run)
        let result = try await body(running)
        group.cancelAll()
        return result
    }
}
