internal import Foundation
public import Subprocess

/// A server program that is started once for all tests of a process, and ends with the process.
public struct LastingProgram: Sendable {
    /// The line by which the program said that it is ready.
    public let readyLine: String

    /// Starts a program, and waits until it is ready.
    ///
    /// - Parameters:
    ///   - program: Its name, or its path.
    ///   - arguments: Its arguments.
    ///   - environment: Its environment.
    ///   - sign: A part of the line that it prints when it is ready; without one it counts as ready once it runs.
    /// - Throws: ``ProgramFailure`` with the program's last output if it ends instead.
    public init(
        _ program: String,
        arguments: [String],
        environment: Environment = .inherit,
        untilReadyAt sign: String? = nil
    ) async throws {
        let run = ServerRun()
        ProcessEnd.perform { run.send(.kill) }
        // No test can wait for its end: it outlives all of them.
        Task.detached {
            await run.carryOut(program: program, arguments: arguments, environment: environment, untilReadyAt: sign)
        }
        readyLine = try await run.isReady()
    }
}

/// Creates a folder that lasts as long as the test process.
///
/// Its path is short, as that of a temporary folder is.
///
/// - Throws: What making it throws.
public func lastingFolder() throws -> String {
    let path = try temporaryFolder()
    ProcessEnd.perform { try? FileManager.default.removeItem(atPath: path) }
    return path
}
