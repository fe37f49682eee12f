import TestSupport

/// Creates an installation whose upstream is a scripted one, with one document that counts as synced.
func withScriptedInstallation<Result>(
    over api: UpstreamAPI = .responses,
    settings: [String: String] = [:],
    script: @escaping ScriptedOpenAI.Script = { _ in .usual },
    _ body: (Installation, ScriptedOpenAI, RedisServer) async throws -> Result
) async throws -> Result {
    try await withScriptedOpenAI(script) { upstream in
        let own = ["OPENAI_BASE_URL": upstream.baseURL, "OPENAI_API_KEY": Secrets.apiKey]
        return try await withInstallation(over: api, settings: own.merging(settings) { $1 }) { installation, redis in
            try await redis.recordCorpus(over: api, upstream: upstream.baseURL)
            return try await body(installation, upstream, redis)
        }
    }
}

/// Words that no caller and no log may ever show.
enum Secrets {
    static let apiKey = "sk-never-to-be-shown"
    static let otherUser = "other-users-name"
    static let otherQuestion = "other-users-question"

    /// All of them, with the upstream's address and its own words.
    static func all(of upstream: ScriptedOpenAI) -> [String] {
        [apiKey, "127.0.0.1:\(upstream.port)", ":\(upstream.port)", OpenAIObject.ownWords, otherUser, otherQuestion]
    }
}
