import Foundation
import HTTPTypes
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The chat page as people have it: in a real browser, before the program as a process.
@Suite struct PageTests {
    /// More than fits into a window.
    private static let preamble = (1...60).map { "Paragraph \($0) of the preamble." }.joined(separator: "\n\n")

    private static let documents = [
        "leave/annual-leave.md": """
        # Annual leave

        \(preamble)

        ## Entitlement

        Full-time employees receive 27 days of paid annual leave in each calendar year.

        ## Carrying leave over

        Up to 5 unused days may be carried over into the next year and must be taken by 31 March.
        """,
        "travel.txt": Documents.travel,
        "notice.md": Documents.notice,
    ]

    private func play(
        _ scenario: String,
        documents: [String: String] = documents,
        settings: [String: String] = [:]
    ) async throws {
        try await withInstallation(documents: documents, settings: settings) { installation, _ in
            var installation = installation
            installation.settings.merge(settings) { $1 }
            let result = try await installation.browse(scenario)
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test(.needsBrowser) func asksAndAnswers() async throws {
        try await play("asks_and_answers")
    }

    @Test(.needsBrowser, .needsAxe, .needsHearing) func asksAloudAndReadsAloud() async throws {
        let folder = try #require(Browser.whisper)
        try await play("asks_aloud", settings: ["WHISPER_MODEL_DIR": folder])
    }

    @Test(.needsBrowser, .needsAxe) func takesRolesAndSettingsAndRemembers() async throws {
        try await withScriptedInstallation { installation, upstream, _ in
            let result = try await installation.browse("takes_roles")
            #expect(result.status == 0, "\(result.output)")
            func request(_ question: String) throws -> [String: Any] {
                let call = upstream.calls.last { $0.operation == .createResponse && $0.question == question }
                let body = Data(try #require(call).request.body)
                return try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
            }
            let configured = try request("With settings")
            #expect(configured["temperature"] as? Double == 0.5)
            #expect(configured["text"] as? [String: String] == ["verbosity": "low"])
            #expect(configured["reasoning"] as? [String: String] == ["effort": "none"])
            let teacher = "You are a patient teacher"
            for (question, isInRole, remembered) in [
                ("Without a role", false, 0), ("With a role", true, 0),
                // The question, and the answer that repeats it.
                ("Remembered?", true, 2), ("And now?", false, 0),
            ] {
                let instructions = try #require(try request(question)["instructions"] as? String)
                #expect(instructions.contains(teacher) == isInRole, "\(question)")
                #expect(instructions.ranges(of: "With a role").count == remembered, "\(question)")
            }
        }
    }

    @Test(.needsBrowser, .needsAxe, .needsSpeech) func readsAnswersAloudWhileTheyCome() async throws {
        let sentences = [
            "Full-time employees receive 27 days of paid annual leave a year",
            "Part-time employees receive their share of annual leave",
            "Unused days of annual leave lapse at the end of March",
        ]
        let leave = "# Annual leave\n\n" + sentences.map { "\($0)." }.joined(separator: " ")
        try await withScriptedModel { _ in
            .written(sentences.map { "\($0) [1]." }.joined(separator: " "))
        } _: { model in
            try await play("reads_as_it_comes", documents: ["annual-leave.md": leave], settings: model.settings)
        }
    }

    @Test(.needsBrowser) func showsDocuments() async throws {
        try await play("shows_documents")
    }

    @Test(.needsBrowser) func suggestsQuestionsInTheReadersLanguage() async throws {
        try await play("suggests_questions")
    }

    @Test(.needsBrowser) func opensACitationAtItsPassage() async throws {
        try await play("opens_sources")
    }

    @Test(.needsBrowser) func asksByTextWithACodeOfThePage() async throws {
        try await play("asks_by_text")
    }

    @Test(.needsBrowser) func keepsTheConversationOverAReload() async throws {
        try await play("keeps_the_conversation")
    }

    @Test(.needsBrowser) func streamsAndStopsAnAnswer() async throws {
        try await play("streams_and_stops")
    }

    @Test(.needsBrowser) func survivesLostConnectionsAndAKilledServer() async throws {
        try await play("survives_lost_connections")
    }

    @Test(.needsBrowser) func runsNoScriptInTexts() async throws {
        let text = """
            # Parking <img src=x onerror=hacked=1>

            The parking allowance is <b onclick=hacked=1>40 euros</b> in each month.

            Nothing of this is run: <script>hacked=1</script>
            """
        try await play("runs_nothing_of_texts", documents: ["parking <i>.txt": text])
    }

    @Test(.needsBrowser) func tellsWhoWroteAnAnswer() async throws {
        try await withScriptedModel { call in
            switch call.question {
            case let question where question.contains("leave"): .written("You get 27 days of paid annual leave [1].")
            case let question where question.contains("notice"):
                .model([
                    .text(
                        "The notice period is one month during probation [1]. The notice period is three months after it [1]. It"
                    )
                ])
            default: .written("The allowance is 99 euros [1].")
            }
        } _: { model in
            try await play("tells_who_wrote", settings: model.settings)
        }
    }

    @Test(.needsBrowser) func rendersMarkdown() async throws {
        try await play("formats_answers")
    }

    @Test(.needsBrowser, .needsAxe) func showsThatAnAnswerIsUnsure() async throws {
        try await play("shows_doubts")
    }

    @Test(.needsBrowser) func rendersLongAnswersInLinearTime() async throws {
        try await play("reads_long_answers")
    }

    @Test(.needsBrowser) func explainsErrors() async throws {
        try await play("says_what_is_wrong")
    }

    @Test(.needsBrowser) func signsInAndOut() async throws {
        try await play("signs_in")
    }

    @Test(.needsBrowser) func signsInWithTheIdentityProvider() async throws {
        try await play("signs_in_elsewhere")
    }

    @Test(.needsBrowser) func signsInWithAKey() async throws {
        try await play("takes_keys")
    }

    @Test(.needsBrowser, .needsAxe) func followsTheAccessibilityGuidelines() async throws {
        try await play("follows_wcag")
    }

    @Test(.needsBrowser) func fitsAnyWindow() async throws {
        try await play("fits_any_window")
    }

    @Test(.needsBrowser) func worksWithTheKeyboardAlone() async throws {
        try await play("goes_by_keyboard")
    }
}
