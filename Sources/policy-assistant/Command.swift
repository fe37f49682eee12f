internal import ArgumentParser
internal import Foundation
internal import LocalEngine
internal import PolicyAssistant

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A command of the program: it does its work in ``execute()``, and errors become messages and exit codes here.
protocol Command: AsyncParsableCommand {
    /// Whether what upstream wrote about a failed call is shown to who runs the command.
    static var showsUpstreamWords: Bool { get }

    func execute() async throws
}

extension Command {
    static var showsUpstreamWords: Bool { false }

    func run() async throws {
        // What any command makes is for this user alone, also what libraries make.
        umask(0o077)
        do {
            try await execute()
        } catch let error as PolicyAssistantError {
            Terminal.complain(error, showingUpstreamWords: Self.showsUpstreamWords)
            throw ExitStatus.code(for: error)
        } catch let error as ConfigurationFaults {
            Terminal.complain(error.description)
            throw ExitStatus.misconfigured
        } catch let error as LocalEngineError {
            Terminal.complain("The engine cannot run: \(error.detail).")
            throw ExitStatus.failed
        }
    }
}

/// The options of every command that reads the configuration.
struct SettingsOptions: ParsableArguments {
    @Option(help: "Read settings from this file instead of .env, where the environment does not have them.")
    var envFile: String?

    @Option(help: "Write log lines from this level on: trace, debug, info, notice, warning, error, critical.")
    var logLevel: String?

    /// Reads the configuration, with values from the command line first.
    ///
    /// - Parameters:
    ///   - parts: The parts that this command uses; faults in the settings of others do not stop it.
    ///   - overrides: Values of this command's own options, by the names of their variables.
    /// - Returns: Settings that hold no fault in those parts.
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
