import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct SharedThreadBindingTests {
    private func corpus(_ store: String) -> Corpus {
        Corpus(
            revision: 1,
            vectorStoreID: store,
            upstreamProtocol: .assistants,
            baseURL: "embedded",
            instructionsSHA256: "",
            syncedAt: nil
        )
    }

    @Test func itSearchesTheDocumentsInForce() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            let openAI = fixture.openAI
            let id = try await openAI.threads.create(metadata: ["kept": "yes"]).id
            let adapter = fixture.assistant.backend
            let shared = SharedThread(id: id, adapter: adapter)
            for name in ["one", "two"] {
                let store = try await openAI.vectorStores.create(name: name, metadata: [:]).id
                try await shared.bind(to: corpus(store))
                let thread = try await openAI.threads.retrieve(id)
                #expect(thread.vectorStoreIDs == [store] && thread.metadata == ["kept": "yes"])
            }
            await #expect(throws: OpenAIError.self) {
                try await SharedThread(id: "thread_unknown", adapter: adapter).bind(to: corpus("vs_any"))
            }
        }
    }
}
