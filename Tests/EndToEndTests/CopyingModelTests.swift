import TestSupport
import Testing

/// Tests of answers and threads once more, with a model that writes the engine's answers.
///
/// `TEST_ENGINE_MODEL=copying scripts/test` runs all end-to-end tests so.
@Suite struct CopyingModelTests {
    private typealias EndToEndTest = @Sendable (UpstreamAPI) async throws -> Void

    /// Runs a test with the model, over both protocols.
    private func repeating(_ test: EndToEndTest) async throws {
        try await SharedModel.$isCopying.withValue(true) {
            for api in UpstreamAPI.allCases { try await test(api) }
        }
    }

    @Test func answersHaveTheirSources() async throws {
        try await repeating { try await ChatTests().answersFromTheDocumentsWithTheirSource(api: $0) }
        try await repeating { try await ChatTests().saysWhenTheDocumentsDoNotHoldTheAnswer(api: $0) }
    }

    @Test func conversationsAreContinuedAndReadAgain() async throws {
        try await repeating { try await ChatTests().aConversationOutlivesTheServerAndIsItsUsersAlone(api: $0) }
        try await repeating { try await ChatTests().whatWasSaidCanBeReadAgainWithItsSources(api: $0) }
        try await repeating { try await ChatTests().aUserCanBeShownAndForgotten(api: $0) }
    }

    @Test func streamsTellWhatTheDocumentsSay() async throws {
        try await repeating { try await StreamTests().aStreamTellsWhatTheDocumentsSay(api: $0) }
    }

    @Test func questionsAtTheSameTimeShareAThread() async throws {
        try await repeating { try await ChatTests().parallelFirstQuestionsShareOneThread(api: $0) }
    }

    /// The model is asked, so that the tests above are not of the engine alone.
    @Test func theModelWritesTheAnswers() async throws {
        try await SharedModel.$isCopying.withValue(true) {
            try await withSyncedInstallation { installation, _ in
                let answer = try await installation.serving { api in
                    try await api.ask("How many days of annual leave do I get?", as: "ana")
                }
                #expect(answer.writtenBy == ScriptedModel.name && answer.writingFailure == nil)
            }
        }
    }
}
