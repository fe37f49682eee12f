import HTTPTypes
import TestSupport
import Testing

@Suite struct SharedThreadTests {
    @Test func callersWithoutAUserShareTheThreadOfTheSettings() async throws {
        try await withScriptedInstallation(settings: ["THREAD_ID": "conv_1"]) { installation, upstream, _ in
            let shared = upstream.makeConversation()
            #expect(shared == "conv_1")
            try await installation.servingHere { api in
                for question in ["One", "Two"] {
                    let reply = try await api.send(.post, "/chat", body: #"{"message":"\#(question)"}"#)
                    #expect(reply.status == 200)
                    let answer = try reply.decoded(Unnamed.self)
                    #expect(answer.threadId == shared && answer.userId == nil)
                }
                #expect(try await api.ask("Three", as: "ana").threadId != shared)
                #expect(upstream.conversations[shared]?.count == 4)
            }
            let doctor = try await installation.run(["doctor"])
            #expect(doctor.output.contains("shared thread: callers who name no user share conv_1"))
        }
    }

    @Test(arguments: zip(UpstreamAPI.allCases, ["conv_9", "thread_9"]))
    func doctorSaysWhenUpstreamDoesNotHaveIt(api: UpstreamAPI, thread: String) async throws {
        try await withScriptedInstallation(over: api, settings: ["THREAD_ID": thread]) { installation, _, _ in
            let doctor = try await installation.run(["doctor"])
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("upstream does not know \(thread); check THREAD_ID"))
        }
    }

    @Test func withoutItAUserHasToBeNamed() async throws {
        try await withScriptedInstallation { installation, _, _ in
            try await installation.servingHere { api in
                let reply = try await api.send(.post, "/chat", body: #"{"message":"One"}"#)
                #expect(reply.status == 422)
                #expect(try reply.decoded(ProblemDocument.self).field == "user_id")
            }
        }
    }

    private struct Unnamed: Decodable {
        let threadId: String
        let userId: String?
    }
}
