internal import Foundation
internal import Synchronization

/// A model's server as a test's script has it: it takes `POST …/chat/completions`, and writes what the script says.
public final class ScriptedModel: Sendable {
    /// Says what the model does with a call; while it waits for something, the caller waits.
    public typealias Script = @Sendable (ModelCall) async -> ScriptedReply

    private struct State {
        var port = 0
        var calls: [ModelCall] = []
    }

    private let script: Script
    private let state = Mutex(State())

    fileprivate init(_ script: @escaping Script) {
        self.script = script
    }

    /// What its callers give as `ENGINE_MODEL_URL`.
    public var baseURL: String { "http://127.0.0.1:\(state.withLock(\.port))/v1" }
    /// The calls so far, in the order in which they came.
    public var calls: [ModelCall] { state.withLock(\.calls) }
    /// The settings of an installation whose engine asks this model.
    public var settings: [String: String] { ["ENGINE_MODEL_URL": baseURL, "ENGINE_MODEL": Self.name] }

    /// The name of the model.
    public static let name = "scripted-model"

    fileprivate func listens(on port: Int) {
        state.withLock { $0.port = port }
    }

    fileprivate func serve(_ connection: ScriptedConnection) async throws {
        while let request = try await connection.request() {
            guard let call = ModelCall(request) else { return }
            state.withLock { $0.calls.append(call) }
            guard try await script(call).send(over: connection) else { return }
        }
    }
}

/// Runs a scripted model while `body` runs.
public func withScriptedModel<Result>(
    _ script: @escaping ScriptedModel.Script,
    _ body: (ScriptedModel) async throws -> Result
) async throws -> Result {
    let model = ScriptedModel(script)
    return try await withScriptedServer {
        try await model.serve($0)
    } _: { server in
        model.listens(on: server.port)
        return try await body(model)
    }
}

/// A request to a scripted model.
public struct ModelCall: Sendable {
    /// A message.
    public struct Message: Sendable, Hashable, Decodable {
        /// The author.
        public let role: String
        /// The text.
        public let content: String
    }

    /// A numbered passage of the prompt.
    public struct Passage: Sendable, Hashable {
        /// The title and the headings.
        public let place: String
        /// The text.
        public let text: String
    }

    private struct Body: Decodable {
        let model: String
        let messages: [Message]
        let max_tokens: Int
        let stream: Bool
    }

    /// The name of the model.
    public let model: String
    /// The messages.
    public let messages: [Message]
    /// The most tokens of the text.
    public let maximumTokens: Int
    /// The `Authorization` header.
    public let authorization: String?

    init?(_ request: ReceivedRequest) {
        guard request.line.hasPrefix("POST /v1/chat/completions "),
            let body = try? JSONDecoder().decode(Body.self, from: Data(request.body)), body.stream
        else { return nil }
        model = body.model
        messages = body.messages
        maximumTokens = body.max_tokens
        authorization = request["authorization"]
    }

    /// The passages, in the order of their numbers.
    public var passages: [Passage] {
        let prompt = messages.last?.content ?? ""
        return prompt.matches(of: /<passage number="[0-9]+">\n([^\n]*)\n((?:.|\n)*?)\n<\/passage>/).map {
            Passage(place: String($0.output.1), text: String($0.output.2))
        }
    }

    /// The question.
    public var question: String {
        let prompt = messages.last?.content ?? ""
        return prompt.ranges(of: "\nQuestion: ").last.map { String(prompt[$0.upperBound...]) } ?? prompt
    }

    /// What a model writes that only copies: the sentences of the first passage that have most in common with the question
    /// and the one before it, in the order of the passage, each with its citation.
    ///
    /// There are as many as an answer has citations at most.
    public var copiedAnswer: String {
        let question = Self.words(question)
        let asked = Self.words(messages.filter { $0.role == "user" }.suffix(2).first?.content ?? "").union(question)
        let lines = passages.first?.text.split(separator: "\n") ?? []
        let sentences = lines.flatMap { $0.replacing(". ", with: ".\n").split(separator: "\n") }.filter {
            $0.last != ":"
        }
        let ranked = sentences.enumerated().sorted { first, second in
            func rank(_ sentence: (offset: Int, element: Substring)) -> (Int, Int, Int) {
                let own = Self.words(sentence.element)
                return (own.intersection(question).count, own.intersection(asked).count, -sentence.offset)
            }
            return rank(first) > rank(second)
        }
        let best = ranked.prefix(Self.mostCopied).sorted { $0.offset < $1.offset }
        let copies = best.map { "\($0.element.trimmingPrefix("- ")) [1]" }
        return copies.isEmpty ? "NOT_IN_PASSAGES" : copies.joined(separator: "\n")
    }

    private static let mostCopied = 3

    /// The beginnings of the longer words.
    private static func words(_ text: some StringProtocol) -> Set<String> {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 2 }
        return Set(words.map { String($0.prefix(5)) })
    }
}
