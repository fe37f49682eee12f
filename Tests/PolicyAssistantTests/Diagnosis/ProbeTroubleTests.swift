import HTTPClient
import OpenAI
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

/// Probes of servers that cannot be used, hang, or lose answers, and probes that are cancelled.
@Suite struct ProbeTroubleTests {
    @Test(arguments: [
        (ScriptedReply.error(401), "refuses the API key"), (.page(status: 200), "a web page"),
        (.page(status: 404), "GET /v1/models: 404"), (.hangUp, "cannot be reached"),
    ])
    func aServerThatCannotBeUsedIsAskedOnce(reply: ScriptedReply, words: String) async throws {
        try await withPartialServer({ _, _ in .answer(reply) }) { server, baseURL in
            let report = try await withProbe(of: baseURL) { await $0.report() }
            #expect(server.calls == ["GET models"])
            #expect(report.findings.count == 1 && report.missing == [.models])
            #expect(report.findings[0].detail.contains(words), "\(report.findings[0].detail)")
            #expect(report.recommendation.use == .none && report.recommendation.reason.contains(words))
        }
    }

    @Test func aServerWithoutTLSIsReported() async throws {
        try await withScriptedServer { connection in
            _ = try await connection.receive()
            try await connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        } _: { server in
            let report = try await withProbe(of: "https://\(server.authority)/v1") { await $0.report() }
            #expect(report.recommendation.reason.contains("TLS handshake"), "\(report.recommendation.reason)")
        }
    }

    @Test func aServerThatHangsIsLeftAfterTheLimit() async throws {
        var limits = ServerProbe.Limits()
        limits.call = .milliseconds(200)
        let report = try await probe({ _, _ in .answer(.silence()) }, limits: limits)
        #expect(report.findings.count == 1)
        #expect(report.recommendation.reason.contains("no complete answer within 200 ms"))
    }

    @Test func aCallThatHangsDelaysOnlyItself() async throws {
        var limits = ServerProbe.Limits()
        // Enough for a busy machine to answer the other calls.
        limits.answer = .seconds(4)
        let report = try await probe(
            { call, _ in call == "POST chat/completions" ? .answer(.silence()) : .pass },
            limits: limits
        )
        #expect(report.missing == [.chatCompletions, .chatCompletionStream])
        #expect(report.recommendation.use == .upstream)
    }

    @Test func whatTakesTooLongAltogetherIsNotTested() async throws {
        var limits = ServerProbe.Limits()
        limits.total = .zero
        let report = try await probe({ _, _ in .pass }, limits: limits)
        #expect(report.findings.map(\.result) == [.notTested])
        #expect(report.recommendation.use == .none)
    }

    @Test(arguments: ["POST files", "POST vector_stores", "POST assistants"])
    func anObjectWhoseCreationIsNotAnsweredIsFoundAndDeleted(call lost: String) async throws {
        var limits = ServerProbe.Limits()
        limits.call = .seconds(2)
        let report = try await probe({ call, _ in call == lost ? .loseAnswer : .pass }, limits: limits)
        #expect(report.missing.contains { [.files, .vectorStores, .assistants].contains($0) })
    }

    @Test func anUploadThatTheServerFinishesLateIsFoundAndDeleted() async throws {
        var limits = ServerProbe.Limits()
        limits.call = .seconds(1)
        let looks = Atomic(0)
        let rule: PartialServer.Rule = { call, _ in
            if call == "POST files" { return .loseAnswer }
            guard call.hasPrefix("GET files") else { return .pass }
            // It takes the server more than two seconds.
            return looks.wrappingAdd(1, ordering: .relaxed).newValue > 5
                ? .pass : .answer(.json(#"{"object": "list", "data": [], "has_more": false}"#))
        }
        try await withPartialServer(rule) { server, baseURL in
            let report = try await withProbe(of: baseURL, limits: limits) { await $0.report() }
            #expect(report.leftBehind == [])
            #expect(try await server.leftObjects() == [])
        }
        #expect(looks.load(ordering: .relaxed) == 6)
    }

    @Test func anObjectThatNoListHasIsReported() async throws {
        var limits = ServerProbe.Limits()
        limits.call = .seconds(2)
        try await withPartialServer({ call, _ in call == "POST conversations" ? .loseAnswer : .pass }) {
            server,
            baseURL in
            let report = try await withProbe(of: baseURL, limits: limits) { await $0.report() }
            #expect(report.leftBehind == ["conversation: its creation was not answered, so that one may exist"])
            #expect(try await server.leftObjects().allSatisfy { $0.hasPrefix("conversations/") })
        }
    }

    @Test func whatCannotBeDeletedIsReported() async throws {
        try await withPartialServer({ call, _ in
            call.hasPrefix("DELETE files/") ? .answer(.error(500, code: "server_error")) : .pass
        }) { server, baseURL in
            let report = try await withProbe(of: baseURL) { await $0.report() }
            let left = try await server.leftObjects()
            #expect(left.count == 2 && report.leftBehind.count == 2)
            #expect(report.leftBehind.allSatisfy { $0.hasPrefix("file ") && $0.contains("500") })
        }
    }

    @Test(arguments: ["POST files", "GET vector_stores", "POST responses", "POST assistants"])
    func aCancelledProbeLeavesNothing(at call: String) async throws {
        let reached = Gate()
        let rule: PartialServer.Rule = { current, _ in
            guard current.hasPrefix(call), !reached.isOpen else { return .pass }
            reached.open()
            return call == "POST responses" ? .answer(.silence()) : .loseAnswer
        }
        try await withPartialServer(rule) { server, baseURL in
            try await withProbe(of: baseURL) { probe in
                let task = Task { await probe.report() }
                await reached.wait()
                task.cancel()
                let report = await task.value
                #expect(report.findings.count < ServerCapability.allCases.count)
            }
            #expect(try await server.leftObjects() == [])
        }
    }
}
