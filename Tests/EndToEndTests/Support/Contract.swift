import Foundation
import HTTPTypes
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// OpenAI's contract: the published API document, a proxy that holds traffic against it, and OpenAI's own SDK.
///
/// `scripts/test` says where it is; without it the tests that need it are skipped.
struct Contract {
    /// The folder with `tools`, `openai` and `eval`.
    let folder: String
    /// A Python that has the tools' packages.
    let python: String

    static let here: Contract? = {
        let environment = ProcessInfo.processInfo.environment
        guard let folder = environment["CONTRACT_DIR"], let python = environment["CONTRACT_PYTHON"] else { return nil }
        return Contract(folder: folder, python: python)
    }()

    /// Puts the proxy between clients and an engine, and makes an issue of whatever deviates from the contract.
    ///
    /// - Parameters:
    ///   - engine: Where the engine listens.
    ///   - body: Gets the proxy.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and ``ProgramFailure`` where the proxy does not start.
    func withProxy<Result>(
        before engine: LocalAddress,
        _ body: (ConformanceProxy) async throws -> Result
    ) async throws -> Result {
        switch engine {
        case .unixSocket(let path):
            return try await LastingProxy.lend(of: self) { proxy in
                try proxy.lead(to: path)
                return try await holding("127.0.0.1:\(proxy.port)", proxy.port, body)
            }
        case .port(let enginePort):
            let port = try await freePort()
            let arguments = proxyArguments(port: port) + ["--upstream", "http://127.0.0.1:\(enginePort)/v1"]
            return try await withRunningProgram(python, arguments: arguments) { _ in
                try await holding("127.0.0.1:\(port)", port, body)
            }
        }
    }

    fileprivate func proxyArguments(port: Int) -> [String] {
        ["\(folder)/tools/conformance_proxy.py", "--listen", "127.0.0.1:\(port)"]
    }

    /// Begins a new report of a proxy, as soon as it answers, and makes issues of what it reports when `body` is over.
    private func holding<Result>(
        _ address: String,
        _ port: Int,
        _ body: (ConformanceProxy) async throws -> Result
    ) async throws -> Result {
        try await API.with(address) { api in
            try await eventually { (try? await api.send(.delete, "/__report"))?.status == 200 }
            let proxy = ConformanceProxy(port: port, api: api)
            let result = try await body(proxy)
            for violation in try await proxy.report().violations {
                Issue.record("\(violation.operation), \(violation.side): \(violation.problem)")
            }
            return result
        }
    }

    /// Drives a server with OpenAI's own SDK.
    ///
    /// - Parameter baseURL: The server's base URL.
    /// - Returns: The exit status and what was printed.
    /// - Throws: What starting the program throws.
    func checkSDK(_ baseURL: String) async throws -> (status: TerminationStatus, output: String) {
        let result = try await Subprocess.run(
            .path(FilePath(python)),
            arguments: ["\(folder)/tools/sdk_check.py", baseURL],
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        return (result.terminationStatus, result.standardOutput)
    }
}

/// A proxy that serves one test after another, as it takes a while to read the contract.
private struct LastingProxy {
    /// The port of 127.0.0.1 that it listens on.
    let port: Int
    /// A symbolic link to the engine's socket.
    private let engine: String

    private static let idle = Mutex<[LastingProxy]>([])

    static func lend<Result>(
        of contract: Contract,
        _ body: (LastingProxy) async throws -> Result
    ) async throws -> Result {
        let pooled = idle.withLock { $0.popLast() }
        let proxy = if let pooled { pooled } else { try await LastingProxy(of: contract) }
        defer { idle.withLock { $0.append(proxy) } }
        return try await body(proxy)
    }

    private init(of contract: Contract) async throws {
        port = try await freePort()
        engine = "\(try lastingFolder())/engine.sock"
        _ = try await LastingProgram(
            contract.python,
            arguments: contract.proxyArguments(port: port) + ["--upstream-unix", engine]
        )
    }

    /// Lets the proxy reach the engine that listens on a Unix socket.
    func lead(to socket: String) throws {
        try? FileManager.default.removeItem(atPath: engine)
        try FileManager.default.createSymbolicLink(atPath: engine, withDestinationPath: socket)
    }
}

/// The running proxy.
struct ConformanceProxy {
    struct Report: Decodable {
        struct Violation: Decodable {
            let operation: String
            let side: String
            let problem: String
        }

        let requests: Int
        let operations: [String: Int]
        let violations: [Violation]
    }

    /// The port of 127.0.0.1 that it listens on.
    let port: Int
    fileprivate let api: API

    var baseURL: String { "http://\(api.authority)/v1" }

    func report() async throws -> Report {
        try JSONDecoder().decode(Report.self, from: try await api.send(.get, "/__report").body)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where the contract's files are absent, as in a plain clone.
    static var needsContract: Self {
        .enabled(if: Contract.here != nil, "the OpenAI contract is not beside this project")
    }
}
