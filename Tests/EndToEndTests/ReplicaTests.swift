import Foundation
import HTTPTypes
import Subprocess
import Redis
import TestSupport
import Testing

/// Two servers on one Redis, for callers who may come to either.
@Suite struct ReplicaTests {
    @Test(arguments: UpstreamAPI.allCases)
    func manyFirstQuestionsOfOneUserOverBothMakeOneConversation(api: UpstreamAPI) async throws {
        try await withReplicas(over: api) { first, second, upstream, _ in
            let answers = try await withThrowingTaskGroup(of: ChatAnswer.self) { group in
                for number in 0..<50 {
                    let api = number.isMultiple(of: 2) ? first.api : second.api
                    group.addTask { try await api.ask("Question \(number)", as: "ana") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 50)
            #expect(Set(answers.map(\.threadId)).count == 1)
            #expect(upstream.calls.count { $0.operation == .createConversation } == 1)
            let said = upstream.conversations.values.flatMap(\.self).map(\.text)
            #expect(said.count == 100, "each question and its answer, one after the other")
            #expect(Set(said) == Set((0..<50).map { "Question \($0)" } + answers.map(\.answer)))
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func usersDoNotWaitForEachOthersSlowTurns(api: UpstreamAPI) async throws {
        let mayEnd = Gate()
        try await withReplicas(over: api) { call in
            if call.question == "Slow" { await mayEnd.wait() }
            return .usual
        } _: { first, _, upstream, _ in
            try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<200 {
                    group.addTask { try await first.api.ask("Slow", as: "slow-\(number)").answer }
                }
                try await eventually { upstream.questions.count == 200 }
                try await withThrowingTaskGroup(of: String.self) { quick in
                    for number in 0..<50 {
                        quick.addTask { try await first.api.ask("Quick", as: "quick-\(number)").answer }
                    }
                    for try await answer in quick { #expect(answer == ScriptedResponse.text(answering: "Quick")) }
                }
                mayEnd.open()
                for try await answer in group { #expect(answer == ScriptedResponse.text(answering: "Slow")) }
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aUserOfAReplicaThatWasKilledIsServedByTheOther(api: UpstreamAPI) async throws {
        let hasBegun = Gate()
        try await withReplicas(over: api, settings: ["CHAT_TIMEOUT_SECONDS": "30"]) { call in
            guard call.question == "Fatal" else { return .usual }
            hasBegun.open()
            return .reply(.silence())
        } _: { first, second, upstream, redis in
            let thread = try await second.api.ask("Hello", as: "ana").threadId
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await first.api.ask("Fatal", as: "ana") }
                await hasBegun.wait()
                await first.program.kill()
                await #expect(throws: (any Error).self) { try await group.waitForAll() }
            }
            // The question waits for the end of the dead replica's lease; the test lets that time pass at once.
            async let answered = second.api.ask("Still there?", as: "ana")
            try await redis.withClient { client in
                try await eventually { try await client.send(.exists("waiting:ana")).integer == 1 }
                let left = try await client.send(RedisCommand("PTTL", ["lock:ana"])).integer ?? 0
                #expect((1...15_000).contains(left))
                _ = try await client.send(RedisCommand("PEXPIRE", ["lock:ana", "1"]))
            }
            let answer = try await answered
            #expect(answer.answer == ScriptedResponse.text(answering: "Still there?"))
            #expect(answer.threadId == thread)
            #expect(upstream.questions == ["Hello", "Fatal", "Still there?"])
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func anIdempotencyKeyStandsForOneAnswerOnBothWhileItIsMadeAndLater(api: UpstreamAPI) async throws {
        let mayEnd = Gate()
        try await withReplicas(over: api) { _ in
            .response { $0.pauses = [3: mayEnd] }
        } _: { first, second, upstream, _ in
            var question = ChatQuestion("Once", by: "ana")
            question.key = "key-1"
            let (turn, events) = try await first.api.streaming(question) { stream in
                let begun = try await stream.events(upTo: 3)
                let (turn, repeated) = try await second.api.streaming(question) { other in
                    let seen = try await other.events(upTo: 3)
                    mayEnd.open()
                    return try await (other.turn, seen + other.events())
                }
                let events = try await begun + stream.events()
                #expect(turn == stream.turn)
                #expect(repeated.map(\.data) == events.map(\.data))
                return (turn, events)
            }
            #expect(events.last?.name == "done")
            for replica in [first, second] {
                let reply = try await replica.api.send(question)
                #expect(reply.status == 200)
                #expect(reply.body == events.last?.data)
                question.message = "Something else"
                let refused = try await replica.api.send(question)
                #expect(refused.status == 422)
                #expect(try refused.decoded(ProblemDocument.self).code == "idempotency_key_reused")
                question.message = "Once"
            }
            #expect(turn != nil)
            var others = question
            others.userID = "ben"
            #expect(try await second.api.send(others).decoded(ChatAnswer.self).userId == "ben", "whose key is another")
            #expect(upstream.questions == ["Once", "Once"], "one of each user")
        }
    }

    @Test func aKeyWhoseReplicaWasKilledCanBeUsedAgain() async throws {
        let hasBegun = Gate()
        try await withReplicas { call in
            guard call.number == 1, call.operation == .createResponse else { return .usual }
            hasBegun.open()
            return .reply(.silence())
        } _: { first, second, upstream, redis in
            var keyed = ChatQuestion("Once", by: "ana")
            keyed.key = "key-1"
            let question = keyed
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await first.api.send(question) }
                await hasBegun.wait()
                await first.program.kill()
                await #expect(throws: (any Error).self) { try await group.waitForAll() }
            }
            // While the dead replica's leases run the turn may still be alive; then its callers hear that it is not.
            try await redis.withClient { client in
                async let heard = second.api.send(question)
                for key in try await keys("turn:*:owner", client) + ["lock:ana"] {
                    _ = try await client.send(.del(key))
                }
                let reply = try await heard
                if reply.status != 200 {
                    #expect(reply.status == 503)
                    #expect(try reply.decoded(ProblemDocument.self).code == "turn_lost")
                    #expect(reply.headers[.retryAfter] == "1")
                }
            }
            let reply = try await second.api.send(question)
            #expect(reply.status == 200)
            #expect(try reply.decoded(ChatAnswer.self).answer == ScriptedResponse.text(answering: "Once"))
            #expect(upstream.questions == ["Once", "Once"])
        }
    }
}
