import Foundation
import TestSupport

@testable import PolicyAssistant

/// Reads settings in a folder that has documents and instructions.
func readSettings(
    _ environment: [String: String] = [:],
    overrides: [String: String] = [:],
    file: String? = nil,
    programFolder: String? = nil,
    for parts: Settings.Parts = .all
) async throws -> Settings {
    try await withTemporaryFolder { folder in
        let instructions = "\(folder)/instructions.md"
        try "Answer from the files.".write(toFile: instructions, atomically: true, encoding: .utf8)
        if let file { try file.write(toFile: "\(folder)/.env", atomically: true, encoding: .utf8) }
        var environment = environment
        environment["ASSETS_DIR"] = environment["ASSETS_DIR"] ?? folder
        environment["INSTRUCTIONS_FILE"] = environment["INSTRUCTIONS_FILE"] ?? instructions
        return try await Settings.read(
            overrides: overrides,
            environment: environment,
            environmentFile: "\(folder)/.env",
            programFolder: programFolder,
            for: parts
        )
    }
}

/// Returns the faults of settings; nil where there are none.
func configurationFaults(
    _ environment: [String: String] = [:],
    file: String? = nil,
    for parts: Settings.Parts = .all
) async throws -> ConfigurationFaults? {
    do {
        _ = try await readSettings(environment, file: file, for: parts)
        return nil
    } catch let faults as ConfigurationFaults {
        return faults
    }
}

/// Returns the names of the variables at fault.
func settingsFaults(_ environment: [String: String]) async throws -> [String] {
    try await configurationFaults(environment)?.faults.map(\.name) ?? []
}
