import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

/// Who is forgotten leaves nothing: no thread, no response, no turn that can be followed.
@Suite struct ForgettingTests {
    private let (ana, ben): (UserID, UserID)

    init() throws {
        (ana, ben) = (try UserID("ana"), try UserID("ben"))
    }

    private func withAssistant(
        over api: UpstreamAPI = .responses,
        _ script: @escaping ScriptedOpenAI.Script = { _ in .usual },
        _ body: (ChatFixture, Assistant) async throws -> Void
    ) async throws {
        try await withChatFixture(over: api, script) { fixture in
            try await fixture.withAssistant { try await body(fixture, $0) }
        }
    }

    /// The keys of the threads' database, the last revision flushed apart.
    private func keys(_ fixture: ChatFixture) async throws -> Set<String> {
        try await fixture.redis.withClient { redis in
            let keys = try await redis.send(RedisCommand("KEYS", ["*"])).array?.compactMap(\.string) ?? []
            return Set(keys).subtracting(["revision"])
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func nothingIsLeftUpstreamOrHere(api: UpstreamAPI) async throws {
        try await withAssistant(over: api) { fixture, assistant in
            _ = try await assistant.answer(Question("One", by: ana))
            let streamed = try await assistant.turns.begin(Question("Two", by: ana, isStreamed: true))
            _ = try await streamed.answer()
            let key = try IdempotencyKey("k", for: "Three")
            let repeatable = try await assistant.turns.begin(Question("Three", by: ana, idempotencyKey: key))
            _ = try await repeatable.answer()
            #expect(fixture.upstream.responses.count == (api == .responses ? 3 : 0))

            #expect(try await assistant.forget(ana).isEmpty)
            #expect(fixture.upstream.conversations.isEmpty)
            #expect(fixture.upstream.responses.isEmpty)
            #expect(try await keys(fixture).isEmpty)
            for turn in [streamed, repeatable] {
                let error = await #expect(throws: PolicyAssistantError.self) { try await assistant.turns.find(turn.id) }
                #expect(error?.code == .turnNotFound)
                try await fixture.withAssistant { replica in
                    _ = await #expect(throws: PolicyAssistantError.self) { try await replica.turns.find(turn.id) }
                }
            }
            let error = await #expect(throws: PolicyAssistantError.self) { try await assistant.forget(ana) }
            #expect(error?.code == .threadNotFound)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func otherUsersKeepWhatTheyHave(api: UpstreamAPI) async throws {
        try await withAssistant(over: api) { fixture, assistant in
            _ = try await assistant.answer(Question("One", by: ana))
            let thread = try await assistant.answer(Question("Two", by: ben)).threadID
            let turn = try await assistant.turns.begin(Question("Three", by: ben, isStreamed: true))
            _ = try await turn.answer()
            _ = try await assistant.forget(ana)
            #expect(Array(fixture.upstream.conversations.keys) == [thread])
            #expect(fixture.upstream.responses == (api == .responses ? ["resp_2", "resp_3"] : []))
            #expect(try await assistant.turns.find(turn.id).user == ben)
        }
    }

    private static let isDeletion: @Sendable (ScriptedOpenAI.Call) -> Bool = {
        [.deleteItem, .deleteConversation, .deleteResponse].contains($0.operation)
    }

    @Test(arguments: UpstreamAPI.allCases)
    func whatUpstreamDoesNotDeleteNowIsNamedAndDeletedLater(api: UpstreamAPI) async throws {
        let isBack = Gate()
        try await withAssistant(over: api) { call in
            Self.isDeletion(call) && !isBack.isOpen ? .reply(.error(400)) : .usual
        } _: { fixture, assistant in
            let answer = try await assistant.answer(Question("One", by: ana))
            let pending = PendingDeletion(
                threadID: answer.threadID,
                responseIDs: api == .responses ? [answer.responseID] : [],
                reason: .upstreamUnavailable
            )
            // Again and again, as a caller may who wants to know.
            for _ in 0..<2 { #expect(try await assistant.forget(ana) == [pending]) }
            #expect(try await assistant.threads.thread(of: ana) == nil, "it is used no more")
            let overdue = OverdueDeletions(threadDeletion: assistant.threadDeletion, clock: ContinuousClock())
            #expect(try await !overdue.deleteSome())
            #expect(fixture.upstream.conversations.count == 1)

            isBack.open()
            #expect(try await overdue.deleteSome())
            #expect(fixture.upstream.conversations.isEmpty && fixture.upstream.responses.isEmpty)
            #expect(try await keys(fixture).isEmpty)
            await #expect(throws: PolicyAssistantError.self) { try await assistant.forget(ana) }
        }
    }

    @Test func onlyTheResponsesMayBeLeft() async throws {
        let isBack = Gate()
        try await withAssistant { call in
            call.operation == .deleteResponse && !isBack.isOpen ? .reply(.error(400)) : .usual
        } _: { fixture, assistant in
            _ = try await assistant.answer(Question("One", by: ana))
            #expect(try await assistant.forget(ana).count == 1)
            #expect(fixture.upstream.conversations.isEmpty)
            isBack.open()
            #expect(try await assistant.sync.flush().threadsFlushed == 1)
            #expect(fixture.upstream.responses.isEmpty)
        }
    }

    @Test func aServerTriesAgainAfterGrowingPauses() async throws {
        let attempts = 4
        try await withAssistant { call in
            Self.isDeletion(call) && call.number <= attempts ? .reply(.error(400)) : .usual
        } _: { fixture, assistant in
            _ = try await assistant.answer(Question("One", by: ana))
            #expect(try await !assistant.forget(ana).isEmpty)
            let clock = SelfAdvancingClock()
            let overdue = OverdueDeletions(threadDeletion: assistant.threadDeletion, clock: clock)
            let server = Task { await overdue.run() }
            try await until { fixture.upstream.conversations.isEmpty && fixture.upstream.responses.isEmpty }
            server.cancel()
            await server.value
            #expect(clock.waits.starts(with: [.seconds(15), .seconds(30), .seconds(60)]))
        }
    }

    @Test func aFlushedThreadLeavesNoResponses() async throws {
        try await withAssistant { fixture, assistant in
            for question in ["One", "Two"] { _ = try await assistant.answer(Question(question, by: ana)) }
            try await fixture.switchOver(to: 2)
            #expect(try await assistant.sync.flush().threadsFlushed == 1)
            #expect(fixture.upstream.responses.isEmpty)
            #expect(try await keys(fixture).isEmpty)
        }
    }

    /// Ways in which a thread is replaced by another within a turn.
    enum Replacement: CaseIterable {
        case newerDocuments, lost, tooLong
    }

    @Test(arguments: Replacement.allCases)
    func aReplacedThreadLeavesNoResponses(replacement: Replacement) async throws {
        try await withAssistant { call in
            guard call.question == "Two", call.conversation == "conv_1" else { return .usual }
            return switch replacement {
            case .newerDocuments: .usual
            case .lost: .reply(.unknownObject)
            case .tooLong: .response { $0.ending = .failed(code: "context_length_exceeded") }
            }
        } _: { fixture, assistant in
            _ = try await assistant.answer(Question("One", by: ana))
            if replacement == .newerDocuments { try await fixture.switchOver(to: 2) }
            let answer = try await assistant.answer(Question("Two", by: ana))
            #expect(answer.threadID == "conv_2")
            #expect(Array(fixture.upstream.conversations.keys) == ["conv_2"])
            #expect(fixture.upstream.responses == [answer.responseID])
            #expect(try await keys(fixture) == ["thread:ana", "responses:conv_2"])
        }
    }

    @Test(arguments: [ScriptedResponse.Ending.cutOff, .incomplete(reason: "content_filter"), .failed(code: "x")])
    func answersThatFailedAreDeletedAsWell(ending: ScriptedResponse.Ending) async throws {
        try await withAssistant { call in
            call.question == "Two" ? .response { $0.ending = ending } : .usual
        } _: { fixture, assistant in
            _ = try await assistant.answer(Question("One", by: ana))
            let turn = try await assistant.turns.begin(Question("Two", by: ana, isStreamed: true))
            await #expect(throws: PolicyAssistantError.self) { try await turn.answer() }
            #expect(fixture.upstream.responses.count == 2)
            #expect(try await assistant.forget(ana).isEmpty)
            #expect(fixture.upstream.responses.isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func aTurnThatRunsIsEndedFirst(elsewhere: Bool) async throws {
        let mayEnd = Gate()
        try await withChatFixture { call in
            call.question == "Two" ? .response { $0.pauses = [1: mayEnd] } : .usual
        } _: { fixture in
            try await fixture.withAssistant { first in
                try await fixture.withAssistant { second in
                    _ = try await first.answer(Question("One", by: ana))
                    let turn = try await first.turns.begin(Question("Two", by: ana, isStreamed: true))
                    try await turn.started()
                    async let pending = (elsewhere ? second : first).forget(ana)
                    try await until {
                        // As a server does every few seconds: so a replica learns that a turn is to end.
                        first.turns.sendHeartbeat()
                        return try await keys(fixture).isEmpty
                    }
                    #expect(try await pending.isEmpty)
                    #expect(fixture.upstream.responses.isEmpty && fixture.upstream.conversations.isEmpty)
                    try await until { (try? await first.turns.find(turn.id)) == nil }
                    #expect(try await keys(fixture).isEmpty)
                }
            }
        }
    }

    @Test func aQuestionThatIsBeingAnsweredIsWaitedForAndItsAnswerDeleted() async throws {
        let held = HeldCalls()
        try await withAssistant(held.script { $0.question == "One" }) { fixture, assistant in
            async let answer = assistant.answer(Question("One", by: ana))
            await held.met()
            async let pending = assistant.forget(ana)
            try await until { assistant.turns.waiting.forUsers == 1 }
            held.goOn()
            #expect(try await answer.responseID == "resp_1")
            #expect(try await pending.isEmpty)
            #expect(fixture.upstream.responses.isEmpty && fixture.upstream.conversations.isEmpty)
        }
    }

    @Test func theThreadThatAllShareIsNoUsersToForget() async throws {
        try await withChatFixture { fixture in
            var fixture = fixture
            let shared = fixture.upstream.makeConversation()
            fixture.settings.sharedThread = shared
            try await fixture.withAssistant { assistant in
                _ = try await assistant.answer(Question("One", by: .anonymous))
                #expect(try await keys(fixture).isEmpty, "nothing of it is on any list")
                #expect(fixture.upstream.conversations[shared]?.count == 2)
            }
        }
    }
}
