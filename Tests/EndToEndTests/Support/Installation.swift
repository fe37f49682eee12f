import Foundation
import HTTPClient
import OpenAI
import Redis
import Subprocess
import SystemPackage
import TestSupport

/// The product as a user has it: a folder of documents, settings, a Redis server, and the program as a process.
struct Installation {
    /// The folder of everything that belongs to the installation.
    let folder: String
    /// The settings, by their variables' names.
    var settings: [String: String]

    var assets: String { "\(folder)/assets" }

    /// Where the product's own files are.
    static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
    /// The program under test, built beside the tests.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("policy-assistant").path

    /// Writes a document, or writes it anew.
    func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    func write(_ data: Data, to path: String) throws {
        let file = URL(fileURLWithPath: "\(assets)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(assets)/\(path)")
    }

    /// Gives a document another path.
    func move(_ path: String, to newPath: String) throws {
        let target = URL(fileURLWithPath: "\(assets)/\(newPath)")
        let folder = target.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: "\(assets)/\(path)", toPath: target.path)
    }

    /// Runs the program to its end.
    func run(_ arguments: [String], input: String = "") async throws -> ProgramResult {
        let result = try await Subprocess.run(
            .path(FilePath(Self.program)),
            arguments: Arguments(arguments),
            environment: environment,
            workingDirectory: FilePath(folder),
            input: .string(input),
            output: .string(limit: 4 << 20),
            error: .string(limit: 4 << 20)
        )
        guard case .exited(let status) = result.terminationStatus else {
            throw ProgramFailure(program: "policy-assistant", output: "\(result.terminationStatus)")
        }
        return ProgramResult(status: status, output: result.standardOutput, errors: result.standardError)
    }

    /// Syncs, and reads the receipt.
    func sync(_ options: String...) async throws -> (receipt: Receipt, result: ProgramResult) {
        try await sync(options)
    }

    func sync(_ options: [String]) async throws -> (receipt: Receipt, result: ProgramResult) {
        let result = try await run(["sync", "--json"] + options)
        guard let receipt = try? JSONDecoder.snakeCase.decode(Receipt.self, from: Data(result.output.utf8)) else {
            throw ProgramFailure(program: "policy-assistant sync", output: result.output + result.errors)
        }
        return (receipt, result)
    }

    /// Starts the program and lends it to `body`, at whose end it is ended.
    ///
    /// It is lent at once, or when it has printed a line that holds `sign`.
    func starting<Result>(
        _ arguments: [String],
        untilReadyAt sign: String? = nil,
        _ body: (RunningProgram) async throws -> Result
    ) async throws -> Result {
        try await withRunningProgram(
            Self.program,
            arguments: arguments,
            environment: environment,
            untilReadyAt: sign,
            body
        )
    }

    /// Serves while `body` runs.
    func serving<Result>(_ body: (API) async throws -> Result) async throws -> Result {
        try await runningReplica { try await body($0.api) }
    }

    /// Runs a server, one of perhaps several, while `body` runs.
    func runningReplica<Result>(_ body: (Replica) async throws -> Result) async throws -> Result {
        try await withRunningProgram(
            Self.program,
            arguments: ["serve", "--port", "0"],
            environment: environment,
            untilReadyAt: "serving"
        ) { program in
            try await API.with(address(in: program.readyLine)) { api in
                try await body(Replica(api: api, program: program))
            }
        }
    }

    /// Serves the engine on a port while `body` runs.
    func servingEngine<Result>(_ body: (_ port: Int) async throws -> Result) async throws -> Result {
        try await withRunningProgram(
            Self.program,
            arguments: ["engine", "--port", "0"],
            environment: environment,
            untilReadyAt: "engine serving"
        ) { program in
            guard let port = program.readyLine.matches(of: /[0-9]+/).last.flatMap({ Int($0.output) }) else {
                throw ProgramFailure(program: "policy-assistant engine", output: program.readyLine)
            }
            return try await body(port)
        }
    }

    /// Lends a client of the engine to `body`.
    func askingEngine<Result>(_ body: (OpenAIClient) async throws -> Result) async throws -> Result {
        try await servingEngine { port in
            let http = try HTTPClient()
            let configuration = OpenAIConfiguration(baseURL: "http://127.0.0.1:\(port)/v1", apiKey: "any")
            let result = try await body(try OpenAIClient(configuration: configuration, http: http))
            await http.shutdown()
            return result
        }
    }

    /// The IDs of the files that the engine holds.
    func uploadedFiles() async throws -> Set<String> {
        try await askingEngine { Set(try await $0.files.all().collect().map(\.id)) }
    }

    var environment: Subprocess.Environment {
        var values = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder, "TMPDIR": folder]
        values.merge(settings) { $1 }
        return .custom(Dictionary(uniqueKeysWithValues: values.map { (.init(stringLiteral: $0), $1) }))
    }

    private func address(in line: String) throws -> String {
        guard let match = line.firstMatch(of: /127\.0\.0\.1:[0-9]+/) else {
            throw ProgramFailure(program: "policy-assistant serve", output: line)
        }
        return String(match.output)
    }
}

/// A server of an installation, and the process that it is.
struct Replica {
    let api: API
    let program: RunningProgram
}

/// What a run of the program left.
struct ProgramResult {
    let status: Int32
    let output: String
    let errors: String
}

/// Creates an installation with a Redis server of its own, and the given documents.
func withInstallation<Result>(
    over api: UpstreamAPI = .responses,
    documents: [String: String] = [:],
    settings: [String: String] = [:],
    _ body: (Installation, RedisServer) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder { folder in
        try await withRedisServer { server in
            guard case .unixSocket(let socket) = server.configuration().endpoint else {
                throw ProgramFailure(program: "redis-server", output: "not on a Unix socket")
            }
            let own = [
                "OPENAI_API": api.rawValue,
                "REDIS_ENDPOINT": socket,
                "ASSETS_DIR": "\(folder)/assets",
                "INSTRUCTIONS_FILE": "\(Installation.project)/assets/instructions.md",
                "DATA_DIR": "\(folder)/data",
                // In a debug build a hash at the usual cost takes a second.
                "TEST_SCRYPT_LOGARITHM": "4",
                // Tests ask more in a minute than people do.
                "RATE_LIMIT_PER_MINUTE": "0",
            ]
            return try await withSharedModel { model in
                let shared = settings["OPENAI_API_KEY"] == nil ? model?.settings ?? [:] : [:]
                let all = own.merging(shared) { $1 }.merging(settings) { $1 }
                let installation = Installation(folder: folder, settings: all)
                try FileManager.default.createDirectory(atPath: installation.assets, withIntermediateDirectories: true)
                for (path, text) in documents { try installation.write(text, to: path) }
                return try await body(installation, server)
            }
        }
    }
}
