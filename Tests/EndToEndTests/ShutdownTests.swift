import Foundation
import HTTPTypes
import Subprocess
import TestSupport
import Testing

/// The end of a server that has work to do.
@Suite struct ShutdownTests {
    @Test(arguments: UpstreamAPI.allCases)
    func shutdownCompletesRunningTurns(api: UpstreamAPI) async throws {
        let mayEnd = Gate()
        try await withScriptedInstallation(over: api) { call in
            guard !call.isStreamed else { return .response { $0.pauses = [2: mayEnd] } }
            if call.operation == .createResponse { await mayEnd.wait() }
            return .usual
        } _: { installation, upstream, _ in
            try await installation.runningReplica { replica in
                let answers = try await withThrowingTaskGroup(of: String?.self) { group in
                    for number in 0..<20 {
                        group.addTask { try await replica.api.ask("Load", as: "whole-\(number)").answer }
                        group.addTask {
                            let question = ChatQuestion("Load", by: "streamed-\(number)")
                            let events = try await replica.api.streaming(question) { try await $0.events() }
                            return events.last?.name == "done" ? events.map(\.text).joined() : events.last?.name
                        }
                        group.addTask {
                            var question = ChatQuestion("Load", by: "keyed-\(number)")
                            question.key = "key"
                            return try await replica.api.send(question).decoded(ChatAnswer.self).answer
                        }
                    }
                    try await eventually { upstream.questions.count == 60 }
                    replica.program.requestEnd()
                    try await eventually { await !replica.api.takesConnections }
                    mayEnd.open()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers == Array(repeating: ScriptedResponse.text(answering: "Load"), count: 60))
                #expect(await replica.program.ended() == .exited(0))
                #expect(upstream.questions.count == 60)
                #expect(upstream.conversations.values.allSatisfy { $0.count == 2 })
            }
        }
    }

    @Test func shutdownWaitsForIncompleteRequestsWithinTheGrace() async throws {
        try await withInstallation(settings: ["SHUTDOWN_GRACE_SECONDS": "1"]) { installation, _ in
            try await installation.runningReplica { replica in
                try await withRawConnection(toPort: replica.api.port) { connection in
                    let head = "POST /chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                    try await connection.send("\(head)content-length: 100\r\nexpect: 100-continue\r\n\r\n")
                    #expect(try await connection.text() == "HTTP/1.1 100 Continue\r\n\r\n")
                    try await connection.send("{")
                    replica.program.requestEnd()
                    let reply = await connection.rest()
                    #expect(reply.hasPrefix("HTTP/1.1 503 ") && reply.contains(#""code":"shutting_down""#), "\(reply)")
                }
                #expect(await replica.program.ended() == .exited(0))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func shutdownEndsTurnsAfterTheGrace(api: UpstreamAPI) async throws {
        try await withScriptedInstallation(over: api, settings: ["SHUTDOWN_GRACE_SECONDS": "1"]) { call in
            switch call.question {
            case "Streamed": .response { $0.ending = .silent(Gate()) }
            case "Whole": .reply(.silence())
            default: .usual
            }
        } _: { installation, upstream, _ in
            try await installation.runningReplica { replica in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let question = ChatQuestion("Streamed", by: "ana")
                        let events = try await replica.api.streaming(question) { try await $0.events() }
                        let last = try #require(events.last)
                        #expect(last.name == "error")
                        let problem = try JSONDecoder.snakeCase.decode(ProblemDocument.self, from: last.data)
                        #expect(problem.code == "shutting_down")
                        #expect(problem.status == 503)
                    }
                    for key in [nil, "key-1"] {
                        group.addTask {
                            var question = ChatQuestion("Whole", by: key ?? "ben")
                            question.key = key
                            let reply = try await replica.api.send(question)
                            #expect(reply.status == 503)
                            #expect(try reply.decoded(ProblemDocument.self).code == "shutting_down")
                            #expect(reply.headers[.retryAfter] != nil)
                        }
                    }
                    try await eventually { upstream.questions.count == 3 }
                    replica.program.requestEnd()
                    try await group.waitForAll()
                }
                #expect(await replica.program.ended() == .exited(0))
            }
        }
    }
}

extension API {
    /// Whether the server takes new connections.
    fileprivate var takesConnections: Bool {
        get async {
            let caller = try? await API.with(authority) { try await $0.send(.get, "/healthz").status }
            return caller != nil
        }
    }
}
