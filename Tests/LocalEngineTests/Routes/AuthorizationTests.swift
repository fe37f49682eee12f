import HTTPTypes
import Logging
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct AuthorizationTests {
    @Test(arguments: [
        ("Bearer secret", 200), ("bearer secret", 200), ("Bearer other", 401), ("Bearer secret2", 401),
        ("Bearer secre", 401),
        ("Bearer Secret", 401), ("secret", 401), ("", 401),
    ])
    func acceptsOnlyItsKey(_ authorization: String, _ status: Int) async throws {
        try await withEngine(apiKey: "secret") { engine in
            let headers: HTTPFields = authorization.isEmpty ? [:] : [.authorization: authorization]
            let reply = try await engine.send(.get, "models", headers: headers)
            #expect(reply.status == status)
            #expect(reply.code == (status == 200 ? nil : "invalid_api_key"))
            #expect(!reply.text.contains("secret"))
        }
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
    func requiresNoKeyIfOnlyThisMachineCanReachIt(_ host: String) throws {
        try validate(host, apiKey: nil)
    }

    @Test(arguments: ["0.0.0.0", "::", "10.0.0.5", "engine.internal", "127.example.com"])
    func requiresAKeyIfOtherMachinesCanReachIt(_ host: String) throws {
        for key in [nil, ""] {
            #expect { try validate(host, apiKey: key) } throws: { error in
                (error as? LocalEngineError)?.code == .invalidConfiguration
            }
        }
        try validate(host, apiKey: "secret")
    }

    @Test func aConfigurationShowsNoKey() {
        let configuration = configuration("127.0.0.1", apiKey: "hunter2")
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hunter2") && !"\(configuration)".contains("hunter2"))
    }

    @Test func reportsAPortInUse() async throws {
        try await withTemporaryFolder { folder in
            let engine = { port in
                LocalEngine.Configuration(databasePath: "\(folder)/engine.sqlite", address: .tcp(port: port))
            }
            try await withLocalEngine { onListening in
                try LocalEngine(configuration: engine(0), logger: Logger(label: "engine"), onListening: onListening)
            } _: { address in
                guard case .tcp(_, let port) = address else { return }
                let second = try LocalEngine(configuration: engine(port), logger: Logger(label: "engine"))
                await #expect { try await second.run() } throws: { error in
                    let error = error as? LocalEngineError
                    return error?.code == .cannotListen && error?.detail.contains("\(port)") == true
                }
            }
        }
    }

    private func configuration(_ host: String, apiKey: String?) -> LocalEngine.Configuration {
        LocalEngine.Configuration(databasePath: "engine.sqlite", address: .tcp(host: host, port: 0), apiKey: apiKey)
    }

    private func validate(_ host: String, apiKey: String?) throws {
        try configuration(host, apiKey: apiKey).validate()
    }
}
