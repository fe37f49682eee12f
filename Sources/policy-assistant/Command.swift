internal import ArgumentParser
internal import FoundationEssentials
internal import PolicyAssistant

/// A command of the program: it does its work in ``execute()``, and errors become messages and exit codes here.
protocol Command: AsyncParsableCommand {
    func execute() async throws
}

extension Command {
    func run() async throws {
        do {
            try await execute()
        } catch let error as PolicyAssistantError {
            Terminal.complain(error.message)
            throw ExitStatus.code(for: error)
        } catch let error as ConfigurationFaults {
            Terminal.complain(error.description)
            throw ExitStatus.misconfigured
        }
    }
}

/// The options of every command that reads the configuration.
struct SettingsOptions: ParsableArguments {
    @Option(help: "Read settings from this file, where the environment does not have them.")
    var envFile = ".env"

    @Option(help: "Write log lines from this level on: trace, debug, info, notice, warning, error, critical.")
    var logLevel: String?

    /// Reads the configuration, with values from the command line first.
    ///
    /// - Parameter overrides: Values of this command's own options, by the names of their variables.
    /// - Returns: Settings that hold no fault.
    /// - Throws: `ConfigurationFaults`.
    func settings(_ overrides: [String: String?] = [:]) async throws -> Settings {
        var given = overrides.compactMapValues(\.self)
        given["LOG_LEVEL"] = logLevel
        return try await Settings.read(
            overrides: given,
            environment: ProcessInfo.processInfo.environment,
            environmentFile: envFile
        )
    }
}
