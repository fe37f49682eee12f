import Foundation
import OpenAI
import Redis
import TestSupport
import Testing

/// Another protocol or server: everything is uploaded there, nothing is mixed, and the former resources are deleted when
/// the option asks for it.
@Suite struct ChangeOfUpstreamTests {
    private let question = "How many days of annual leave do I get?"

    @Test(arguments: UpstreamAPI.allCases)
    func anotherProtocolTakesOverWithTheNextSync(former: UpstreamAPI) async throws {
        let latter: UpstreamAPI = former == .responses ? .assistants : .responses
        try await withConformingInstallation(over: former, documents: Documents.all) { plain, redis in
            var installation = plain
            _ = try await installation.sync()
            let before = try await installation.serving { try await $0.ask(question, as: "ana") }

            installation.settings["OPENAI_API"] = latter.rawValue
            try await installation.serving { api in
                let early = try await api.send(ChatQuestion(question, by: "ana"))
                #expect(early.status == 503)
                #expect(try early.decoded(ProblemDocument.self).code == "not_synced")
                let (receipt, result) = try await installation.sync()
                #expect(result.status == 0)
                #expect(receipt.added.count == 3)
                #expect(receipt.revision == 2)
                #expect(receipt.threadsFlushed == 1)
                #expect(receipt.leftBehind == (former == .assistants ? 5 : 4))
                let after = try await api.ask(question, as: "ana")
                #expect(after.answer.contains("27 days"))
                #expect(after.threadId != before.threadId)
                #expect(after.citations.map(\.filename) == before.citations.map(\.filename))
            }
            try await redis.withClient { client in
                let recorded = try await client.send(.hget("thread:ana", "protocol")).string
                #expect(recorded == latter.rawValue)
            }
            #expect(try await installation.uploadedFiles().count == 6)
            let cleaned = try await installation.sync("--clean-previous").receipt
            #expect(cleaned.leftBehind == 0 && cleaned.leftBehindDeleted == (former == .assistants ? 5 : 4))
            #expect(try await installation.uploadedFiles().count == 3)
            try await installation.askingEngine { openAI in
                let stores = try await openAI.vectorStores.all().collect()
                #expect(stores.count == 1)
                let assistants = try await openAI.assistants.all().collect()
                #expect(assistants.count == (latter == .assistants ? 1 : 0))
                #expect(try await !hasThread(before.threadId, over: former, openAI))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func anotherServerTakesOverAndTheFormerIsCleanedWithItsKey(api: UpstreamAPI) async throws {
        try await withInstallation { formerHost, _ in
            try await withInstallation { latterHost, _ in
                try await formerHost.servingEngine { formerPort in
                    try await latterHost.servingEngine { latterPort in
                        try await withInstallation(over: api, documents: Documents.all) { plain, _ in
                            var installation = plain
                            installation.settings["OPENAI_API_KEY"] = "sk-any"
                            installation.settings["OPENAI_BASE_URL"] = "http://127.0.0.1:\(formerPort)/v1"
                            _ = try await installation.sync()
                            let before = try await installation.serving { try await $0.ask(question, as: "ana") }
                            installation.settings["OPENAI_BASE_URL"] = "http://127.0.0.1:\(latterPort)/v1"
                            let (receipt, _) = try await installation.sync("--clean-previous")
                            #expect(receipt.added.count == 3)
                            #expect(receipt.threadsFlushed == 0 && receipt.threadsNotFlushed == 0)
                            #expect(receipt.leftBehind == (api == .assistants ? 6 : 5), "no key is known there")
                            let after = try await installation.serving { try await $0.ask(question, as: "ana") }
                            #expect(after.answer.contains("27 days"))
                            #expect(try await formerHost.uploadedFiles().count == 3)
                            installation.settings["OPENAI_PREVIOUS_API_KEY"] = "sk-former"
                            #expect(try await installation.sync("--clean-previous").receipt.leftBehind == 0)
                            #expect(try await formerHost.uploadedFiles().isEmpty)
                            #expect(try await latterHost.uploadedFiles().count == 3)
                            let isLeft = try await formerHost.askingEngine {
                                try await hasThread(before.threadId, over: api, $0)
                            }
                            let isKept = try await latterHost.askingEngine {
                                try await hasThread(after.threadId, over: api, $0)
                            }
                            #expect(!isLeft && isKept)
                        }
                    }
                }
            }
        }
    }

    private func hasThread(_ id: String, over api: UpstreamAPI, _ openAI: OpenAIClient) async throws -> Bool {
        do {
            switch api {
            case .responses: _ = try await openAI.conversations.retrieve(id)
            case .assistants: _ = try await openAI.threads.retrieve(id)
            }
            return true
        } catch  where error.code == .notFound {
            return false
        }
    }
}
