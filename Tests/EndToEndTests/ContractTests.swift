import Foundation
import Subprocess
import TestSupport
import Testing

@Suite struct ContractTests {
    @Test(.needsContract, arguments: UpstreamAPI.allCases)
    func syncsAndChatsKeepToTheContract(api: UpstreamAPI) async throws {
        let contract = try #require(Contract.here)
        try await withInstallation(over: api, documents: Documents.all) { engineHost, _ in
            try await engineHost.servingEngine { port in
                try await contract.withProxy(before: .port(port)) { proxy in
                    var installation = engineHost
                    installation.settings["OPENAI_API_KEY"] = "sk-local"
                    installation.settings["OPENAI_BASE_URL"] = proxy.baseURL
                    try await change(installation)
                    let report = try await proxy.report()
                    #expect(report.operations["POST /files"] == 4)
                    let asking = api == .responses ? "POST /responses" : "POST /threads/{thread_id}/runs"
                    #expect((report.operations[asking] ?? 0) == 19)
                    #expect((report.operations["DELETE /files/{file_id}"] ?? 0) == 2)
                }
            }
        }
    }

    /// A sync, ten chats of three users, a changed document, a removed one, a sync after each, and chats in between.
    private func change(_ installation: Installation) async throws {
        #expect(try await installation.sync().result.status == 0)
        try await installation.serving { api in
            let leave = "How many days of annual leave do I get?"
            let travel = "What is the meal allowance abroad?"
            let notice = "How long is the notice period after probation?"
            for (user, questions) in [
                ("ana", [leave, travel, notice, leave]), ("ben", [travel, notice, leave]),
                ("cem", [notice, leave, travel]),
            ] {
                for question in questions { _ = try await api.ask(question, as: user) }
            }
            #expect(try await api.ask(leave, as: "ana").answer.contains("27 days"))

            try installation.write(Documents.leave(days: 31), to: "leave/annual-leave.md")
            #expect(try await installation.sync().result.status == 0)
            for user in ["ana", "ben", "cem"] {
                let answer = try await api.ask(leave, as: user)
                #expect(answer.answer.contains("31 days") && !answer.answer.contains("27"))
                #expect(try await api.ask(travel, as: user).answer.contains("64 euros"))
            }

            try installation.remove("travel.txt")
            #expect(try await installation.sync().result.status == 0)
            let answer = try await api.ask(travel, as: "ana")
            #expect(!answer.answer.contains("64"))
            #expect(answer.citations.allSatisfy { $0.filename != "travel.txt" })
            #expect(try await api.ask(leave, as: "ben").answer.contains("31 days"))
        }
    }

    @Test(.needsContract) func theEngineServesOpenAIsOwnSDK() async throws {
        let contract = try #require(Contract.here)
        try await withInstallation { installation, _ in
            try await installation.servingEngine { port in
                try await contract.withProxy(before: .port(port)) { proxy in
                    let (status, output) = try await contract.checkSDK(proxy.baseURL)
                    #expect(status.isSuccess, "\(output)")
                    #expect(output.contains(/passed, 0 failed/), "\(output)")
                }
            }
        }
    }
}
