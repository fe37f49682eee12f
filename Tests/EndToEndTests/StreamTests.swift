import Foundation
import HTTPTypes
import TestSupport
import Testing

/// Streamed answers, their dropped connections, and callers who leave.
@Suite struct StreamTests {
    private let question = ChatQuestion("How many days?", by: "ana")

    @Test(arguments: UpstreamAPI.allCases)
    func aStreamTellsTheAnswerTwiceInPiecesAndWhole(api: UpstreamAPI) async throws {
        try await withScriptedInstallation(over: api) { _ in
            .usual
        } _: { installation, _, _ in
            try await installation.servingHere { api in
                let (turn, events) = try await api.streaming(question) { stream in
                    #expect(stream.head.headerFields[.contentType] == "text/event-stream; charset=utf-8")
                    #expect(stream.head.headerFields[.cacheControl] == "no-store")
                    return try await (stream.turn, stream.events())
                }
                #expect(events.map(\.id) == Array(1...events.count))
                #expect(events.map(\.name) == ["delta", "citation"] + Array(repeating: "delta", count: 5) + ["done"])
                let answer = try JSONDecoder.snakeCase.decode(ChatAnswer.self, from: try #require(events.last).data)
                #expect(answer.answer == ScriptedResponse.text(answering: question.message))
                #expect(answer.answer == events.map(\.text).joined())
                #expect(answer.citations.map(\.quote) == [OpenAIObject.passage])
                #expect(turn?.isEmpty == false)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aStreamTellsWhatTheDocumentsSay(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, areInForce: true) { installation, _ in
            try await installation.servingHere { api in
                for text in ["How many days of annual leave do I get?", "And how many days is that exactly?"] {
                    let events = try await api.streaming(ChatQuestion(text, by: "ana")) { try await $0.events() }
                    let last = try #require(events.last)
                    let answer = try JSONDecoder.snakeCase.decode(ChatAnswer.self, from: last.data)
                    #expect(answer.answer.contains("27 days"))
                    #expect(answer.answer == events.map(\.text).joined())
                    #expect(answer.citations.first?.filename == "leave/annual-leave.md")
                }
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aStreamDroppedAfterTheThirdEventGoesOnAtTheOtherReplica(api: UpstreamAPI) async throws {
        let mayGoOn = Gate()
        try await withReplicas(over: api) { _ in
            .response { $0.pauses = [4: mayGoOn] }
        } _: { first, second, upstream, _ in
            let (turn, undisturbed, seen, resumed) = try await first.api.streaming(question) { stream in
                let begun = try await stream.events(upTo: 3)
                let turn = try #require(stream.turn)
                // Another reader of the same turn leaves after the third event, and goes on elsewhere.
                let seen = try await first.api.resuming(turn, after: 0) { try await $0.events(upTo: 3) }
                let resumed = try await second.api.resuming(turn, after: 3) { other in
                    let next = try await other.events(upTo: 2)
                    mayGoOn.open()
                    return try await next + other.events()
                }
                return try await (turn, begun + stream.events(), seen, resumed)
            }
            let whole = undisturbed.map(\.text).joined()
            #expect(whole == ScriptedResponse.text(answering: question.message))
            #expect((seen + resumed).map(\.text).joined() == whole)
            #expect((seen + resumed).map(\.data) == undisturbed.map(\.data))
            #expect((seen + resumed).map(\.id) == Array(1...undisturbed.count))

            // And after its end, on either.
            for replica in [first, second] {
                let later = try await replica.api.resuming(turn, after: 3) { try await $0.events() }
                #expect(later.map(\.data) == undisturbed.dropFirst(3).map(\.data))
                let nothing = try await replica.api.resuming(turn, after: undisturbed.count) { try await $0.events() }
                #expect(nothing.isEmpty)
            }
            #expect(upstream.questions.count == 1)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aCallerWhoLeavesLosesNothing(api: UpstreamAPI) async throws {
        let mayGoOn = Gate()
        try await withReplicas(over: api) { call in
            call.question == question.message ? .response { $0.pauses = [2: mayGoOn] } : .usual
        } _: { first, second, upstream, _ in
            let turn = try await first.api.streaming(question) { stream in
                _ = try await stream.events(upTo: 2)
                return try #require(stream.turn)
            }
            mayGoOn.open()
            let events = try await second.api.resuming(turn, after: 0) { try await $0.events() }
            #expect(events.last?.name == "done")
            let thread = try await second.api.ask("And now?", as: "ana").threadId
            #expect(upstream.conversations[thread]?.map(\.text).first == question.message)
            #expect(upstream.conversations[thread]?.count == 4)
        }
    }

    /// How a question is asked by a caller who leaves before it is answered.
    enum Leaving: CaseIterable {
        case whole, wholeWithKey, beforeTheText, afterSomeText
    }

    @Test(arguments: Leaving.allCases, UpstreamAPI.allCases)
    func aCallerWhoWishesSoEndsTheAnswerByLeaving(leaving: Leaving, api: UpstreamAPI) async throws {
        let (hasBegun, isEnded) = (Gate(), Gate())
        try await withScriptedInstallation(over: api) { call in
            guard call.question == question.message else { return .usual }
            hasBegun.open()
            return leaving == .afterSomeText
                ? .response { $0.ending = .silent(isEnded) } : .reply(.silence(until: isEnded))
        } _: { installation, upstream, redis in
            try await installation.servingHere { api in
                var cancelling = question
                cancelling.onDisconnect = "cancel"
                if leaving == .wholeWithKey { cancelling.key = "key-1" }
                let asked = cancelling
                if leaving == .afterSomeText {
                    let events = try await api.streaming(asked) { try await $0.events(upTo: 3) }
                    #expect(events.map(\.name) == ["delta", "citation", "delta"])
                } else {
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask {
                            if leaving == .beforeTheText {
                                _ = try? await api.streaming(asked) { try await $0.events() }
                            } else {
                                _ = try? await api.send(asked)
                            }
                        }
                        await hasBegun.wait()
                        group.cancelAll()
                    }
                }
                await isEnded.wait()
                _ = try await promptly { try await api.ask("And now?", as: "ana") }
                #expect(upstream.questions == [question.message, "And now?"])
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aCallerWhoStaysIsNotCutOff(api: UpstreamAPI) async throws {
        let mayGoOn = Gate()
        try await withScriptedInstallation(over: api) { _ in
            .response { $0.pauses = [2: mayGoOn] }
        } _: { installation, _, _ in
            try await installation.servingHere { api in
                var staying = question
                staying.onDisconnect = "cancel"
                let events = try await api.streaming(staying) { stream in
                    #expect(stream.head.headerFields[.connection] == "close", "whose end is then no surprise")
                    let begun = try await stream.events(upTo: 3)
                    mayGoOn.open()
                    return try await begun + stream.events()
                }
                #expect(events.last?.name == "done")
                for key in [nil, "key-1"] {
                    staying.key = key
                    let reply = try await api.send(staying)
                    #expect(reply.status == 200)
                    #expect(reply.headers[.connection] == "close")
                }
            }
        }
    }
}
