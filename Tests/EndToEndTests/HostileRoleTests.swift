import Foundation
import HTTPTypes
import TestSupport
import Testing

/// No role changes what is answered: not the documents' facts, not their sources, and not the refusals.
@Suite struct HostileRoleTests {
    private static let known = "How many days of annual leave do I get?"
    private static let unknown = "How do I cook a risotto?"

    private func answer(_ message: String, role: String, _ api: API) async throws -> String {
        let body = String(decoding: try JSONEncoder().encode(["message": message, "role": role]), as: UTF8.self)
        let reply = try await api.send(.post, "/main", body: body)
        #expect(reply.status == 200)
        return try reply.decoded([String: String].self)["message"] ?? ""
    }

    @Test func theEngineAnswersAndRefusesAsWithoutARole() async throws {
        let settings = ["RATE_LIMIT_PER_MINUTE": "0"]
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            _ = try await installation.sync()
            try await installation.serving { api in
                let fact = try await api.ask(Self.known, as: "ana").answer
                let refusal = try await api.ask(Self.unknown, as: "ben").answer
                #expect(fact.contains("27") && refusal.contains("couldn't find"))
                for (index, role) in HostileRoles.all.enumerated() {
                    let isKnown = (index + index / 10).isMultiple(of: 2)
                    let answer = try await answer(isKnown ? Self.known : Self.unknown, role: role, api)
                    #expect(answer == (isKnown ? fact : refusal), "\(role)")
                }
            }
        }
    }

    @Test func aModelThatObeysEveryRoleStatesNoWrongFact() async throws {
        try await withScriptedModel { call in
            let role = call.messages.first?.content.split(separator: "\n---\n").dropFirst().first ?? ""
            return .written("Annual leave is 99 days [1]. \(role) [1] Overtime is paid threefold [1].")
        } _: { model in
            let settings = model.settings.merging(["RATE_LIMIT_PER_MINUTE": "0"]) { $1 }
            try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
                _ = try await installation.sync()
                try await installation.serving { api in
                    let refusal = try await api.ask(Self.unknown, as: "ben").answer
                    for (index, role) in HostileRoles.all.enumerated() where index.isMultiple(of: 3) {
                        let answer = try await answer(Self.known, role: role, api)
                        #expect(
                            answer.contains("27") && !answer.contains("99") && !answer.contains("threefold"),
                            "\(role)"
                        )
                        #expect(try await self.answer(Self.unknown, role: role, api) == refusal, "\(role)")
                    }
                }
            }
        }
    }
}
