import OpenAI
import TestSupport
import Testing

@testable import PolicyAssistant

/// A sync's flush beside users' turns, step by step: no thread of the old documents stays or comes back, no new one is
/// lost.
@Suite struct FlushRaceTests {
    private let flushedTo = 2
    private let ana: UserID
    private let held = HeldCalls()

    init() throws {
        ana = try UserID("ana")
    }

    /// Runs an assistant, of whose calls upstream holds up those that are meant.
    private func withAssistant(
        over api: UpstreamAPI,
        holding isMeant: @escaping @Sendable (ScriptedOpenAI.Call) -> Bool,
        _ body: (_ fixture: ChatFixture, Assistant) async throws -> Void
    ) async throws {
        try await withChatFixture(over: api, held.script(isMeant)) { fixture in
            try await fixture.withAssistant { try await body(fixture, $0) }
        }
    }

    /// Flushes as a sync does, and returns how many threads were deleted.
    private func flush(_ assistant: Assistant) async throws -> Int {
        let outcome = try await assistant.sync.threadFlush(4) { _ in }.run(olderThan: flushedTo)
        #expect(outcome.threadsNotFlushed == 0)
        return outcome.threadsFlushed
    }

    private static let isFirstThread: @Sendable (ScriptedOpenAI.Call) -> Bool = {
        $0.operation == .createConversation && $0.number == 1
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aThreadMadeWhileTheFlushRunsIsOfTheNewRevisionOrNone(api: UpstreamAPI) async throws {
        try await withAssistant(over: api, holding: Self.isFirstThread) { fixture, assistant in
            async let answer = assistant.answer(Question("One", by: ana))
            await held.met()
            // The turn has read the old corpus, and its thread is on its way.
            try await fixture.switchOver(to: flushedTo)
            #expect(try await flush(assistant) == 0, "there is no thread to flush yet")
            held.goOn()
            #expect(try await answer.revision == flushedTo)
            #expect(try await assistant.thread(of: ana).revision == flushedTo)
            let thread = try await assistant.thread(of: ana).id
            #expect(Array(fixture.upstream.conversations.keys) == [thread], "the old one is deleted")
            #expect(try await assistant.answer(Question("Two", by: ana)).threadID == thread)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aThreadRecordedBetweenSwitchAndFlushIsFlushed(api: UpstreamAPI) async throws {
        try await withAssistant(over: api, holding: Self.isFirstThread) { fixture, assistant in
            async let answer = assistant.answer(Question("One", by: ana))
            await held.met()
            try await fixture.switchOver(to: flushedTo)
            held.goOn()
            #expect(try await answer.revision == 1, "which was in force when the turn began")
            #expect(try await flush(assistant) == 1)
            #expect(fixture.upstream.conversations.isEmpty)
            #expect(try await assistant.threads.thread(of: ana) == nil)
            #expect(try await assistant.answer(Question("Two", by: ana)).revision == flushedTo)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aThreadThatIsFlushedWhileItIsAskedDoesNotComeBack(api: UpstreamAPI) async throws {
        try await withAssistant(over: api, holding: { $0.question == "Two" }) { fixture, assistant in
            let old = try await assistant.answer(Question("One", by: ana)).threadID
            async let answer = assistant.answer(Question("Two", by: ana))
            await held.met()
            try await fixture.switchOver(to: flushedTo)
            #expect(try await flush(assistant) == 1)
            held.goOn()
            // Upstream has lost the thread under the question, so that it is asked anew.
            let second = try await answer
            #expect(second.revision == flushedTo)
            #expect(second.threadID != old)
            #expect(try await assistant.thread(of: ana).id == second.threadID)
            #expect(Array(fixture.upstream.conversations.keys) == [second.threadID])
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func anAnswerInAFlushedThreadLeavesNoThreadBehind(api: UpstreamAPI) async throws {
        let mayEnd = Gate()
        try await withChatFixture(over: api) { call in
            call.question == "Two" ? .response { $0.pauses = [1: mayEnd] } : .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let old = try await assistant.answer(Question("One", by: ana)).threadID
                let turn = try await assistant.turns.begin(Question("Two", by: ana, isStreamed: true))
                try await turn.started()
                try await fixture.switchOver(to: flushedTo)
                #expect(try await flush(assistant) == 1)
                mayEnd.open()
                #expect(try await turn.answer().threadID == old, "upstream had begun to answer before")
                #expect(try await assistant.threads.thread(of: ana) == nil)
                let next = try await assistant.answer(Question("Three", by: ana))
                #expect(next.threadID != old && next.revision == flushedTo)
                #expect(Array(fixture.upstream.conversations.keys) == [next.threadID])
            }
        }
    }

    /// The steps of a thread's deletion at which a turn comes in between.
    private static let stepsOfDeletion: [(UpstreamAPI, ScriptedOpenAI.Operation)] = [
        (.responses, .listItems), (.responses, .deleteItem), (.responses, .deleteConversation),
        (.assistants, .deleteConversation),
    ]

    @Test(arguments: stepsOfDeletion)
    func aNewThreadSurvivesTheDeletionOfItsForerunner(
        api: UpstreamAPI,
        step: ScriptedOpenAI.Operation
    ) async throws {
        try await withAssistant(over: api, holding: { $0.operation == step && $0.number == 1 }) { fixture, assistant in
            let old = try await assistant.answer(Question("One", by: ana)).threadID
            try await fixture.switchOver(to: flushedTo)
            async let flushed = flush(assistant)
            await held.met()
            let new = try await assistant.answer(Question("Two", by: ana)).threadID
            #expect(new != old)
            held.goOn()
            #expect(try await flushed == 1)
            #expect(try await assistant.thread(of: ana).id == new)
            #expect(Array(fixture.upstream.conversations.keys) == [new])
            #expect(try await assistant.answer(Question("Three", by: ana)).threadID == new)
        }
    }
}
