import OpenAI
import TestSupport
import Testing

@testable import PolicyAssistant

/// A sync's flush beside users' turns, step by step: no thread of the old documents stays or comes back, no new one is
/// lost.
@Suite struct FlushRaceTests {
    private let flushedTo = 2

    @Test func aThreadMadeWhileTheFlushRunsIsOfTheNewRevisionOrNone() async throws {
        let (isMade, mayBeMade) = (Gate(), Gate())
        try await withChatFixture { call in
            if call.operation == .createConversation, call.number == 1 {
                isMade.open()
                await mayBeMade.wait()
            }
            return .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let ana = try UserID("ana")
                async let answer = assistant.answer(Question("One", by: ana))
                await isMade.wait()
                // The turn has read the old corpus, and its conversation is on its way.
                try await fixture.switchOver(to: flushedTo)
                #expect(try await flush(assistant) == 0, "there is no thread to flush yet")
                mayBeMade.open()
                #expect(try await answer.revision == flushedTo)
                #expect(try await assistant.thread(of: ana).revision == flushedTo)
                let thread = try await assistant.thread(of: ana).id
                #expect(Array(fixture.upstream.conversations.keys) == [thread], "the old one is deleted")
                #expect(try await assistant.answer(Question("Two", by: ana)).threadID == thread)
            }
        }
    }

    @Test func aThreadRecordedBetweenSwitchAndFlushIsFlushed() async throws {
        let (isMade, mayBeMade) = (Gate(), Gate())
        try await withChatFixture { call in
            if call.operation == .createConversation, call.number == 1 {
                isMade.open()
                await mayBeMade.wait()
            }
            return .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let ana = try UserID("ana")
                async let answer = assistant.answer(Question("One", by: ana))
                await isMade.wait()
                try await fixture.switchOver(to: flushedTo)
                mayBeMade.open()
                #expect(try await answer.revision == 1, "which was in force when the turn began")
                #expect(try await flush(assistant) == 1)
                #expect(fixture.upstream.conversations.isEmpty)
                #expect(try await assistant.threads.thread(of: ana) == nil)
                #expect(try await assistant.answer(Question("Two", by: ana)).revision == flushedTo)
            }
        }
    }

    @Test func aThreadThatIsFlushedWhileItIsAskedDoesNotComeBack() async throws {
        let (isAsked, mayAnswer) = (Gate(), Gate())
        try await withChatFixture { call in
            guard call.question == "Two" else { return .usual }
            isAsked.open()
            await mayAnswer.wait()
            return .response { _ in }
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let ana = try UserID("ana")
                let old = try await assistant.answer(Question("One", by: ana)).threadID
                async let answer = assistant.answer(Question("Two", by: ana))
                await isAsked.wait()
                try await fixture.switchOver(to: flushedTo)
                #expect(try await flush(assistant) == 1)
                mayAnswer.open()
                // Upstream has lost the conversation under the question, so that it is asked anew.
                let second = try await answer
                #expect(second.revision == flushedTo)
                #expect(second.threadID != old)
                #expect(try await assistant.thread(of: ana).id == second.threadID)
                #expect(Array(fixture.upstream.conversations.keys) == [second.threadID])
            }
        }
    }

    @Test func anAnswerInAFlushedThreadLeavesNoThreadBehind() async throws {
        let (isAnswered, mayEnd) = (Gate(), Gate())
        try await withChatFixture { call in
            guard call.question == "Two" else { return .usual }
            isAnswered.open()
            return .response { $0.pauses = [1: mayEnd] }
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let ana = try UserID("ana")
                let old = try await assistant.answer(Question("One", by: ana)).threadID
                async let answer = assistant.turns.begin(Question("Two", by: ana, isStreamed: true)).answer()
                await isAnswered.wait()
                try await fixture.switchOver(to: flushedTo)
                #expect(try await flush(assistant) == 1)
                mayEnd.open()
                #expect(try await answer.threadID == old, "upstream had begun to answer before")
                #expect(try await assistant.threads.thread(of: ana) == nil)
                let next = try await assistant.answer(Question("Three", by: ana))
                #expect(next.threadID != old && next.revision == flushedTo)
                #expect(Array(fixture.upstream.conversations.keys) == [next.threadID])
            }
        }
    }

    /// The steps of a thread's deletion at which a turn comes in between.
    @Test(arguments: [ScriptedOpenAI.Operation.listItems, .deleteItem, .deleteConversation])
    func aNewThreadSurvivesTheDeletionOfItsForerunner(step: ScriptedOpenAI.Operation) async throws {
        let (isDeleting, mayGoOn) = (Gate(), Gate())
        try await withChatFixture { call in
            if call.operation == step, call.number == 1 {
                isDeleting.open()
                await mayGoOn.wait()
            }
            return .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let ana = try UserID("ana")
                let old = try await assistant.answer(Question("One", by: ana)).threadID
                try await fixture.switchOver(to: flushedTo)
                async let flushed = flush(assistant)
                await isDeleting.wait()
                let new = try await assistant.answer(Question("Two", by: ana)).threadID
                #expect(new != old)
                mayGoOn.open()
                #expect(try await flushed == 1)
                #expect(try await assistant.thread(of: ana).id == new)
                #expect(Array(fixture.upstream.conversations.keys) == [new])
                #expect(try await assistant.answer(Question("Three", by: ana)).threadID == new)
            }
        }
    }

    /// Flushes as a sync does, and returns how many threads were deleted.
    private func flush(_ assistant: Assistant) async throws -> Int {
        let outcome = try await assistant.sync.threadFlush.run(olderThan: flushedTo, concurrency: 4) { _ in }
        #expect(outcome.threadsNotFlushed == 0)
        return outcome.threadsFlushed
    }
}
