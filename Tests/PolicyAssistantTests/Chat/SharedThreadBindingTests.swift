import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct SharedThreadBindingTests {
    private func corpus(_ store: String, _ upstreamProtocol: Settings.UpstreamProtocol) -> Corpus {
        Corpus(
            revision: 1,
            vectorStoreID: store,
            upstreamProtocol: upstreamProtocol.rawValue,
            baseURL: "embedded",
            instructionsSHA256: "",
            syncedAt: ""
        )
    }

    @Test func itSearchesTheDocumentsInForce() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            let openAI = fixture.openAI
            let id = try await openAI.threads.create(metadata: ["kept": "yes"]).id
            let shared = SharedThread(id: id, openAI: openAI)
            for name in ["one", "two"] {
                let store = try await openAI.vectorStores.create(name: name, metadata: [:]).id
                try await shared.follow(corpus(store, .assistants))
                let thread = try await openAI.threads.retrieve(id)
                #expect(thread.vectorStoreIDs == [store] && thread.metadata == ["kept": "yes"])
            }
            try await shared.follow(corpus("vs_any", .responses))
            await #expect(throws: OpenAIError.self) {
                try await SharedThread(id: "thread_unknown", openAI: openAI).follow(corpus("vs_any", .assistants))
            }
        }
    }
}
