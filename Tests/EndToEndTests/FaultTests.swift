import Foundation
import HTTPTypes
import TestSupport
import Testing

/// What callers hear of each thing that upstream can do wrong: the status, the problem's code, whether trying again is
/// worth it; never a half answer that looks whole, nor a word that is not for them.
@Suite struct FaultTests {
    @Test(arguments: UpstreamAPI.allCases)
    func answersThatAreLostOnTheWay(api: UpstreamAPI) async throws {
        try await meet(over: api, Fault.ofTheWire)
    }

    @Test(arguments: UpstreamAPI.allCases)
    func requestsThatAreRefused(api: UpstreamAPI) async throws {
        try await meet(over: api, Fault.ofStatus)
    }

    @Test(arguments: UpstreamAPI.allCases)
    func answersThatUpstreamEndsItself(api: UpstreamAPI) async throws {
        try await meet(over: api, Fault.ofTheAnswer)
    }

    @Test(arguments: UpstreamAPI.allCases)
    func answersThatDoNotCome(api: UpstreamAPI) async throws {
        try await meet(over: api, Fault.ofPatience, settings: ["UPSTREAM_TIMEOUT_SECONDS": "1"])
    }

    /// Meets each fault in both forms, and asks again after it: nothing of it is to stay behind.
    private func meet(
        over api: UpstreamAPI,
        _ faults: [Fault],
        settings: [String: String] = [:]
    ) async throws {
        let plays = Dictionary(uniqueKeysWithValues: faults.map { ($0.question, $0.play) })
        try await withScriptedInstallation(over: api, settings: settings) { call in
            plays[call.question] ?? .usual
        } _: { installation, upstream, _ in
            try await installation.runningReplica { replica in
                _ = try await replica.api.ask(Secrets.otherQuestion, as: Secrets.otherUser)
                let secrets = Secrets.all(of: upstream)
                for (number, fault) in faults.enumerated() {
                    let questioner = Questioner(api: replica.api, upstream: upstream, secrets: secrets)
                    let whole = try await questioner.ask(fault.question, as: "whole-\(number)")
                    #expect(whole == fault.whole(over: api), "\(fault.name), whole")
                    let streamed = try await questioner.stream(fault.question, as: "streamed-\(number)")
                    #expect(streamed == fault.streamed(over: api), "\(fault.name), streamed")
                }
                let log = replica.program.output.joined(separator: "\n")
                let logged = (secrets + faults.map(\.question) + ["whole-0", "streamed-0"]).filter { log.contains($0) }
                #expect(logged.isEmpty)
            }
        }
    }
}

/// Asks what goes wrong, and looks closely at what comes back.
private struct Questioner {
    let api: API
    let upstream: ScriptedOpenAI
    let secrets: [String]

    func ask(_ question: String, as user: String) async throws -> Fault.Heard {
        let before = upstream.questions.count
        let reply = try await api.send(ChatQuestion(question, by: user))
        let calls = upstream.questions.count - before
        let heard = try hear(reply.status, reply.headers, reply.body, calls)
        try await goesOn(user, after: question)
        return heard
    }

    func stream(_ question: String, as user: String) async throws -> Fault.Heard {
        let before = upstream.questions.count
        let heard = try await api.streaming(ChatQuestion(question, by: user)) { stream in
            guard stream.head.headerFields[.contentType]?.hasPrefix("text/event-stream") == true else {
                let body = try await stream.rest()
                return try hear(stream.status, stream.head.headerFields, body, upstream.questions.count - before)
            }
            let events = try await stream.events()
            for event in events { expectNoSecret(in: event.data, about: question) }
            let last = try #require(events.last)
            #expect(events.dropLast().allSatisfy { ["delta", "citation"].contains($0.name) })
            #expect(["done", "error"].contains(last.name), "\(question) ends with \(last.name)")
            let calls = upstream.questions.count - before
            guard last.name == "error" else { return Fault.Heard(status: stream.status, code: nil, calls: calls) }
            let problem = try JSONDecoder.snakeCase.decode(ProblemDocument.self, from: last.data)
            let isBroken = events.count > 1
            // A stream that had to be begun as a sign of life still tells the status that it would have had.
            return Fault.Heard(
                status: isBroken ? stream.status : problem.status,
                code: problem.code,
                calls: calls,
                isBroken: isBroken
            )
        }
        try await goesOn(user, after: question)
        return heard
    }

    private func hear(_ status: Int, _ headers: HTTPFields, _ body: Data, _ calls: Int) throws -> Fault.Heard {
        expectNoSecret(in: body, about: "the answer")
        for field in headers { expectNoSecret(in: Data(field.value.utf8), about: "the headers") }
        guard status != 200 else { return Fault.Heard(status: 200, code: nil, calls: calls) }
        #expect(headers[.contentType] == "application/problem+json")
        let problem = try JSONDecoder.snakeCase.decode(ProblemDocument.self, from: body)
        #expect(problem.status == status)
        #expect(!problem.detail.isEmpty)
        let hasRetryAfter = headers[.retryAfter] != nil
        return Fault.Heard(status: status, code: problem.code, hasRetryAfter: hasRetryAfter, calls: calls)
    }

    private func expectNoSecret(in data: Data, about subject: String) {
        let text = String(decoding: data, as: UTF8.self)
        let told = secrets.filter { text.contains($0) }
        #expect(told.isEmpty, "in \(subject)")
    }

    /// The user's next question is answered as if nothing had been.
    private func goesOn(_ user: String, after question: String) async throws {
        let answer = try await api.ask("And now?", as: user)
        #expect(answer.answer == ScriptedResponse.text(answering: "And now?"), "after \(question)")
        #expect(answer.citations.first?.filename == "leave.md")
    }
}
