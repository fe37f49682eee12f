import Foundation
import HTTPClient
import Logging
import OpenAI
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

/// An assistant in this process, with a real Redis server and a scripted upstream.
struct ChatFixture {
    let api: UpstreamAPI
    let upstream: ScriptedOpenAI
    let redis: RedisServer
    var settings: Settings

    /// Brings a revision of the documents into force, as a sync does when it switches.
    func switchOver(to revision: Int) async throws {
        try await redis.recordCorpus(revision: revision, over: api, upstream: upstream.baseURL)
    }

    /// Lets other tasks work until a replica stands in the line for the user's lock.
    func untilAReplicaWaits(for user: UserID) async throws {
        try await redis.withClient { redis in
            try await until { try await redis.send(.exists("waiting:\(user.value)")).integer == 1 }
        }
    }

    /// Lets other tasks work until nobody stands in that line.
    func untilNoReplicaWaits(for user: UserID) async throws {
        try await redis.withClient { redis in
            try await until { try await redis.send(.exists("waiting:\(user.value)")).integer == 0 }
        }
    }

    /// Lends an assistant, one of perhaps several replicas.
    func withAssistant<Result>(_ body: (Assistant) async throws -> Result) async throws -> Result {
        let http = try HTTPClient()
        let configuration = OpenAIConfiguration(baseURL: upstream.baseURL, apiKey: "sk-test")
        return try await redis.withClient(database: 0) { threads in
            try await redis.withClient(database: 1) { files in
                let assistant = Assistant(
                    settings: settings,
                    threadsRedis: threads,
                    filesRedis: files,
                    openAI: try OpenAIClient(configuration: configuration, http: http),
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                )
                return try await body(assistant)
            }
        }
    }
}

extension Assistant {
    /// Asks a question and waits for its answer.
    func answer(_ question: Question) async throws -> Answer {
        try await turns.begin(question).answer()
    }
}

extension Turn {
    /// Follows the turn to its end and returns its events.
    func events(after number: Int = 0) async throws -> [TurnEvent] {
        var all: [TurnEvent] = []
        for try await case .events(let first, let events) in updates(after: number) {
            #expect(first == number + all.count + 1)
            all += events
        }
        return all
    }
}

extension TurnJournal {
    /// Reads the events of a turn after a number; nil where the turn is not known.
    func events(of turn: TurnID, after number: Int) async throws -> Excerpt? {
        try await excerpts(of: [(turn, number)])[0]
    }
}

/// Runs a fixture with one document in its first revision.
func withChatFixture<Result>(
    over api: UpstreamAPI = .responses,
    _ script: @escaping ScriptedOpenAI.Script = { _ in .usual },
    _ body: (ChatFixture) async throws -> Result
) async throws -> Result {
    try await withScriptedOpenAI(script) { upstream in
        try await withRedisServer { redis in
            try await withTemporaryFolder { folder in
                let instructions = "\(folder)/instructions.md"
                try "Answer from the files.".write(toFile: instructions, atomically: true, encoding: .utf8)
                let settings = try await Settings.read(
                    environment: [
                        "OPENAI_API": api.rawValue, "OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": upstream.baseURL,
                        "ASSETS_DIR": folder, "INSTRUCTIONS_FILE": instructions,
                    ],
                    environmentFile: "\(folder)/none"
                )
                let fixture = ChatFixture(api: api, upstream: upstream, redis: redis, settings: settings)
                try await fixture.switchOver(to: 1)
                return try await body(fixture)
            }
        }
    }
}

/// Lets other tasks work until the condition holds.
func until(_ condition: () async throws -> Bool) async throws {
    while try await !condition() {
        try await Task.sleep(for: .milliseconds(1))
    }
}
