internal import Synchronization

/// OpenAI's service as a test's script has it: it answers as the real one does, except where the script says otherwise.
///
/// It keeps conversations with what was said in them, answers each question in its own words with a citation, and
/// remembers every call.
public final class ScriptedOpenAI: Sendable {
    /// Says what becomes of a call; while it waits for something, the caller waits.
    public typealias Script = @Sendable (Call) async -> Play

    /// What becomes of a call.
    public enum Play: Sendable {
        /// What the real service would do.
        case usual
        /// A question's usual answer, changed.
        case response(@Sendable (inout ScriptedResponse) -> Void)
        /// Something of the script's own.
        case reply(ScriptedReply)
    }

    struct State {
        var port = 0
        var calls: [Call] = []
        var conversationsMade = 0
        var conversations: [String: [Message]] = [:]
        var responses: Set<String> = []
        var runs: [ScriptedRun] = []
    }

    private let script: Script
    let state = Mutex(State())

    fileprivate init(_ script: @escaping Script) {
        self.script = script
    }

    /// The port listened on.
    public var port: Int { state.withLock(\.port) }
    /// What its callers give as `OPENAI_BASE_URL`.
    public var baseURL: String { "http://127.0.0.1:\(port)/v1" }
    /// The calls so far, in the order in which they came.
    public var calls: [Call] { state.withLock(\.calls) }
    /// The questions so far, in the order in which they came.
    public var questions: [String] { calls.compactMap { $0.operation == .createResponse ? $0.question : nil } }
    /// What was said in each conversation that is there.
    public var conversations: [String: [Message]] { state.withLock(\.conversations) }

    /// The IDs of the responses that are kept: those that were begun and have not been deleted.
    public var responses: Set<String> { state.withLock(\.responses) }

    fileprivate func listens(on port: Int) {
        state.withLock { $0.port = port }
    }

    fileprivate func serve(_ connection: ScriptedConnection) async throws {
        while let request = try await connection.request() {
            let call = state.withLock { state in
                let operation = Operation(request)
                let number = state.calls.count { $0.operation == operation } + 1
                state.calls.append(Call(operation, number: number, request))
                return state.calls[state.calls.count - 1]
            }
            let reply =
                switch await script(call) {
                case .usual: usualReply(to: call) { _ in }
                case .response(let change): usualReply(to: call, change)
                case .reply(let reply): reply
                }
            guard try await reply.send(over: connection) else { return }
        }
    }

    private func usualReply(to call: Call, _ change: (inout ScriptedResponse) -> Void) -> ScriptedReply {
        switch call.operation {
        case .listModels:
            .json(#"{"object": "list", "data": []}"#)
        case .createConversation:
            .json(made(makeConversation(beginningWith: call.messages), by: call))
        case .retrieveConversation, .updateConversation:
            messages(of: call.conversation).map { _ in .json(made(call.conversation, by: call)) } ?? .unknownObject
        case .listItems:
            messages(of: call.conversation).map { .json(listed($0, by: call)) } ?? .unknownObject
        case .deleteItem:
            messages(of: call.conversation).map { _ in .json(OpenAIObject.conversation(call.conversation)) }
                ?? .unknownObject
        case .deleteConversation:
            forget(call.conversation) ? .json(deleted(call.conversation, by: call)) : .unknownObject
        case .deleteResponse:
            state.withLock { $0.responses.remove(call.response) != nil }
                ? .json(OpenAIObject.deletedResponse(call.response)) : .unknownObject
        case .createResponse:
            if messages(of: call.conversation) == nil {
                .unknownObject
            } else {
                call.api == .responses ? answer(to: call, change) : run(for: call, change)
            }
        case .listRuns:
            .json(OpenAIObject.list(runs(of: call.conversation).reversed().map { $0.object() }))
        case .retrieveRun:
            seen(call.run).map { .json($0.object()) } ?? .unknownObject
        case .cancelRun:
            cancelled(call.run).map { .json($0.object()) } ?? .unknownObject
        case .listSteps:
            run(call.run).map { .json(OpenAIObject.list([$0.step])) } ?? .unknownObject
        case .retrieveStore:
            .json(OpenAIObject.vectorStore)
        case .other:
            .unknownObject
        }
    }

    private func answer(to call: Call, _ change: (inout ScriptedResponse) -> Void) -> ScriptedReply {
        var response = ScriptedResponse(to: call)
        change(&response)
        let (id, question, text) = (response.id, call.question, response.text)
        state.withLock { _ = $0.responses.insert(id) }
        return response.reply(isStreamed: call.isStreamed) { [self] in
            note(question, text, in: call.conversation)
        }
    }

    private func made(_ id: String, by call: Call) -> String {
        call.api == .responses ? OpenAIObject.conversation(id) : OpenAIObject.thread(id, store: call.store)
    }

    private func deleted(_ id: String, by call: Call) -> String {
        call.api == .responses ? OpenAIObject.deletedConversation(id) : OpenAIObject.deletedThread(id)
    }

    private func listed(_ messages: [Message], by call: Call) -> String {
        if let id = call.listedRun { return OpenAIObject.list(run(id)?.message.map { [$0] } ?? []) }
        let ordered = call.isAscending ? messages : messages.reversed()
        return call.api == .responses
            ? OpenAIObject.items(ordered) : OpenAIObject.list(OpenAIObject.threadMessages(ordered))
    }

    func note(_ question: String, _ answer: String, in conversation: String) {
        state.withLock { state in
            state.conversations[conversation]? += [Message("user", question), Message("assistant", answer)]
        }
    }

    /// Creates a conversation, as somebody else would who uses the same account, and returns its ID.
    public func makeConversation(beginningWith messages: [Message] = []) -> String {
        state.withLock { state in
            state.conversationsMade += 1
            let id = "conv_\(state.conversationsMade)"
            state.conversations[id] = messages
            return id
        }
    }

    private func messages(of conversation: String) -> [Message]? {
        state.withLock { $0.conversations[conversation] }
    }

    private func forget(_ conversation: String) -> Bool {
        state.withLock { $0.conversations.removeValue(forKey: conversation) != nil }
    }
}

/// Runs a scripted service on a free port of the loopback address while `body` runs.
public func withScriptedOpenAI<Result>(
    _ script: @escaping ScriptedOpenAI.Script = { _ in .usual },
    _ body: (ScriptedOpenAI) async throws -> Result
) async throws -> Result {
    let service = ScriptedOpenAI(script)
    return try await withScriptedServer(script: service.serve) { server in
        service.listens(on: server.port)
        return try await body(service)
    }
}
