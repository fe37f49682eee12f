import HTTPClient
import OpenAI
import Synchronization
import TestSupport

/// An API with scripted responses, a client of it whose waits take no time, and the requests that it received.
struct ScriptedAPI {
    let client: OpenAIClient
    let clock: SelfAdvancingClock
    private let log: Log

    /// The requests so far, in order.
    var requests: [ReceivedRequest] { log.state.withLock(\.requests) }

    /// Fires when a request has arrived that gets no complete response.
    var isWaiting: Gate { log.isWaiting }

    /// Fires when the client has closed the connection of such a request.
    var isAbandoned: Gate { log.isAbandoned }

    fileprivate init(client: OpenAIClient, clock: SelfAdvancingClock, log: Log) {
        (self.client, self.clock, self.log) = (client, clock, log)
    }

    /// The state that the scripts of several connections share.
    fileprivate final class Log: Sendable {
        struct State {
            var requests: [ReceivedRequest] = []
            var answers: ArraySlice<ScriptedAnswer>
        }

        let state: Mutex<State>
        let isWaiting = Gate()
        let isAbandoned = Gate()

        init(_ answers: [ScriptedAnswer]) {
            state = Mutex(State(answers: answers[...]))
        }

        func serve(_ connection: ScriptedConnection) async throws {
            while let request = try await connection.request() {
                let answer = state.withLock { state in
                    state.requests.append(request)
                    return state.answers.popFirst() ?? .hangUp
                }
                if !answer.bytes.isEmpty { try await connection.send(answer.bytes) }
                if answer.waits {
                    isWaiting.open()
                    await connection.closed()
                    isAbandoned.open()
                    return
                }
                if answer.closes { return }
            }
        }
    }
}

/// Runs `body` with an API that has these responses, one per request, and then closes every connection.
func withAPI<Result>(
    _ answers: ScriptedAnswer...,
    configure: (inout OpenAIConfiguration) -> Void = { _ in },
    _ body: (ScriptedAPI) async throws -> Result
) async throws -> Result {
    let log = ScriptedAPI.Log(answers)
    return try await withScriptedServer(script: log.serve) { server in
        var configuration = OpenAIConfiguration(baseURL: "http://\(server.authority)/v1", apiKey: "sk-test")
        configure(&configuration)
        let clock = SelfAdvancingClock()
        let http = try HTTPClient()
        let client = try OpenAIClient(configuration: configuration, http: http, clock: clock, randomness: { 0 })
        return try await body(ScriptedAPI(client: client, clock: clock, log: log))
    }
}

/// The error that `body` throws.
func openAIError(_ body: () async throws -> Void) async throws -> OpenAIError? {
    do {
        try await body()
        return nil
    } catch let error as OpenAIError {
        return error
    }
}
