internal import ArgumentParser
internal import Foundation
internal import LocalEngine
internal import MessageExports
internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A command of the program, whose errors become messages and exit codes.
protocol Command: AsyncParsableCommand {
    /// Whether upstream's message about a failed call is shown to the user of the command.
    static var showsUpstreamMessage: Bool { get }

    func execute() async throws
}

extension Command {
    static var showsUpstreamMessage: Bool { false }

    func run() async throws {
        // Files that the program and its libraries create are private to this user.
        umask(0o077)
        do {
            try await execute()
        } catch let error as PolicyAssistantError {
            Terminal.error(error, showsUpstreamMessage: Self.showsUpstreamMessage)
            throw ExitStatus.code(for: error)
        } catch let error as ConfigurationFaults {
            Terminal.error(error.description)
            throw ExitStatus.misconfigured
        } catch let error as ExportError {
            Terminal.error(error.description)
            throw ExitStatus.faultyInput
        } catch let error as LocalEngineError {
            Terminal.error("The engine cannot run: \(error.detail).")
            throw ExitStatus.failed
        }
    }
}

/// The options of every command that reads the configuration.
struct SettingsOptions: ParsableArguments {
    @Option(help: "Read settings that are not in the environment from this file instead of .env.")
    var envFile: String?

    @Option(help: "The minimum log level: trace, debug, info, notice, warning, error, critical.")
    var logLevel: String?

    /// Reads the settings; options of the command line take precedence.
    ///
    /// - Parameters:
    ///   - parts: The parts that the command uses; faults in other settings are ignored.
    ///   - overrides: The values of the command's options, by the names of their variables.
    /// - Returns: The settings, which are valid for these parts.
    /// - Throws: `ConfigurationFaults`.
    func settings(for parts: Settings.Parts, _ overrides: [String: String?] = [:]) async throws -> Settings {
        var given = overrides.compactMapValues(\.self)
        given["LOG_LEVEL"] = logLevel
        return try await Settings.read(
            overrides: given,
            environment: ProcessInfo.processInfo.environment,
            environmentFile: envFile ?? ".env",
            isFileRequired: envFile != nil,
            programFolder: Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().path,
            for: parts
        )
    }
}

/// The option of commands that process threads concurrently.
struct ConcurrencyOption: ParsableArguments {
    @Option(help: "Process this many threads concurrently.")
    var concurrency = 8

    func validate() throws {
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be between 1 and 64.") }
    }
}
