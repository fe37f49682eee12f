import Foundation
import Subprocess
import SystemPackage
import Testing

/// What tries an API by its description, and shows it, where `scripts/test` has installed them.
enum APITools {
    /// A Python that has openapi-spec-validator and schemathesis.
    static let python = ProcessInfo.processInfo.environment["API_TEST_PYTHON"]
    /// The folder of Swagger UI's files.
    static let docsUI = ProcessInfo.processInfo.environment["DOCS_UI_DIR"]

    /// Runs a module of the Python to its end, in a folder that it may write to.
    static func run(_ module: String, _ arguments: [String], in folder: String) async throws -> ProgramResult {
        let environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1",
            "SCHEMATHESIS_HOOKS": "\(Installation.project)/Tests/EndToEndTests/Fixtures/api_trial_hooks.py",
        ]
        let result = try await Subprocess.run(
            .path(FilePath(try #require(python))),
            arguments: Arguments(["-m", module] + arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })),
            workingDirectory: FilePath(folder),
            input: .none,
            output: .string(limit: 4 << 20),
            error: .combinedWithOutput
        )
        guard case .exited(let status) = result.terminationStatus else {
            return ProgramResult(status: -1, output: result.standardOutput, errors: "")
        }
        return ProgramResult(status: status, output: result.standardOutput, errors: "")
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where there is nothing that tries an API by its description.
    static var needsAPITools: Self {
        .enabled(if: APITools.python != nil, "schemathesis is missing; scripts/test installs it")
    }

    /// Skips a test where Swagger UI was not fetched.
    static var needsDocsUI: Self {
        .enabled(if: APITools.docsUI != nil, "Swagger UI is missing; scripts/test fetches it")
    }
}
