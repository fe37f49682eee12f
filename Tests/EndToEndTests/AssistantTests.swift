import Foundation
import OpenAI
import TestSupport
import Testing

/// The assistant that a sync makes, or is given.
@Suite struct AssistantTests {
    private let question = "How many days of annual leave do I get?"

    @Test func aSyncMakesTheAssistantAndKeepsItAsTheSettingsAre() async throws {
        try await withConformingInstallation(over: .assistants, documents: Documents.all) { plain, _ in
            var installation = plain
            let instructions = "\(plain.folder)/instructions.md"
            installation.settings["INSTRUCTIONS_FILE"] = instructions
            try "Answer from the files.".write(toFile: instructions, atomically: true, encoding: .utf8)
            #expect(try await installation.sync().receipt.assistantChanges == ["the assistant was created"])
            let made = try await assistants(installation)
            #expect(made.map(\.instructions) == ["Answer from the files."])
            #expect(made.map(\.model) == ["gpt-6-luna"])
            #expect(made.map(\.vectorStoreIDs) == [[]], "its threads have the stores")
            #expect(try await installation.sync().receipt.assistantChanges.isEmpty)

            try "Answer briefly.".write(toFile: instructions, atomically: true, encoding: .utf8)
            installation.settings["OPENAI_MODEL"] = "gpt-6.1-sol"
            let (receipt, _) = try await installation.sync()
            #expect(receipt.revision == 1)
            #expect(receipt.assistantChanges.count == 2)
            let kept = try await assistants(installation)
            #expect(kept.map(\.id) == made.map(\.id))
            #expect(kept.map(\.instructions) == ["Answer briefly."])
            #expect(kept.map(\.model) == ["gpt-6.1-sol"])
        }
    }

    @Test func anAssistantThatIsGoneIsMadeAnewBeforeAnythingElseChanges() async throws {
        try await withConformingInstallation(over: .assistants, documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try await installation.askingEngine { openAI in
                for assistant in try await openAI.assistants.all().collect() {
                    try await openAI.assistants.delete(assistant.id)
                }
            }
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.revision == 1)
            #expect(receipt.assistantChanges == ["the assistant was created"])
            try await installation.serving { api in
                let answer = try await api.ask(question, as: "ana")
                #expect(answer.answer.contains("27 days"))
            }
        }
    }

    @Test func theAssistantOfTheConfigurationIsUsedAndKept() async throws {
        try await withConformingInstallation(over: .assistants, documents: Documents.all) { plain, _ in
            let (given, store) = try await plain.askingEngine { openAI in
                let store = try await openAI.vectorStores.create(name: "of the company")
                var request = AssistantRequest(model: "gpt-6.1-sol", instructions: "Be kind.")
                request.name = "Policies"
                request.vectorStoreIDs = [store.id]
                return (try await openAI.assistants.create(request).id, store.id)
            }
            var installation = plain
            installation.settings["ASSISTANT_ID"] = given
            #expect(try await installation.sync().receipt.assistantChanges.count == 4)
            try await installation.serving { api in
                let answer = try await api.ask(question, as: "ana")
                #expect(answer.answer.contains("27 days"))
                #expect(answer.citations.first?.filename == "leave/annual-leave.md")
            }
            let kept = try await assistants(installation)
            #expect(kept.map(\.id) == [given])
            #expect(kept.map(\.name) == ["Policies"])
            #expect(kept.map(\.vectorStoreIDs) == [[]])

            installation.settings["OPENAI_API"] = "responses"
            #expect(try await installation.sync("--clean-previous").receipt.leftBehind == 0)
            #expect(try await assistants(installation).map(\.id) == [given], "it is not ours to delete")
            #expect(try await stores(installation).contains(store))
        }
    }

    @Test func anAssistantThatDoesNotExistIsToldOf() async throws {
        try await withConformingInstallation(over: .assistants, documents: Documents.all) { plain, _ in
            var installation = plain
            installation.settings["ASSISTANT_ID"] = "asst_none"
            let result = try await installation.run(["sync"])
            #expect(result.status != 0)
            #expect(result.errors.contains("ASSISTANT_ID"))
            #expect(try await installation.uploadedFiles().isEmpty)
        }
    }

    private func assistants(_ installation: Installation) async throws -> [OpenAIAssistant] {
        try await installation.askingEngine { try await $0.assistants.all().collect() }
    }

    private func stores(_ installation: Installation) async throws -> [String] {
        try await installation.askingEngine { try await $0.vectorStores.all().collect().map(\.id) }
    }
}
