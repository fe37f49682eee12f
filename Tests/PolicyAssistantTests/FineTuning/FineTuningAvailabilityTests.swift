import Foundation
import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct FineTuningAvailabilityTests {
    private func models(_ json: String) throws -> [Model] {
        try JSONDecoder().decode([Model].self, from: Data(json.utf8))
    }

    private func check(_ model: String, atOpenAI: Bool, on day: String, among models: [Model] = []) throws -> String? {
        let date = try #require(Date(timestamp: "\(day)T12:00:00Z"))
        return try FineTuningAvailability.check(model, atOpenAI: atOpenAI, among: models, on: date)
    }

    @Test func openAITakesJobsForOneFamilyUntilTheLastDay() throws {
        for model in ["gpt-4.1-mini-2025-04-14", "gpt-4.1", "ft:gpt-4.1-mini-2025-04-14:org::x"] {
            #expect(try check(model, atOpenAI: true, on: "2027-01-06") == nil)
            let error = #expect(throws: PolicyAssistantError.self) {
                try check(model, atOpenAI: true, on: "2027-01-07")
            }
            #expect(error?.code == .fineTuningUnavailable && error?.message.contains("since 2027-01-06") == true)
        }
        for model in ["gpt-6-luna", "davinci", "gpt-4o-mini"] {
            let error = #expect(throws: PolicyAssistantError.self) {
                try check(model, atOpenAI: true, on: "2026-11-29")
            }
            #expect(error?.message.contains("until 2027-01-06") == true && error?.message.contains(model) == true)
            #expect(try check(model, atOpenAI: false, on: "2030-01-01") == nil)
        }
    }

    @Test func aModelThatWasShutDownIsRefusedWithTheDate() throws {
        let listed = try models(
            #"[{"id": "old", "shutdown_date": "2026-11-29"}, {"id": "other", "shutdown_date": null}]"#
        )
        #expect(try check("other", atOpenAI: false, on: "2026-11-30", among: listed) == nil)
        for model in ["old", "ft:old:org::x"] {
            let warning = try check(model, atOpenAI: false, on: "2026-11-28", among: listed)
            #expect(warning?.contains("2026-11-29") == true)
            let error = #expect(throws: PolicyAssistantError.self) {
                try check(model, atOpenAI: false, on: "2026-11-29", among: listed)
            }
            #expect(error?.message.contains("was shut down on 2026-11-29") == true)
        }
    }

    @Test func aRefusalByOpenAINamesBothDates() {
        for code in [OpenAIError.Code.forbidden, .modelNotFound] {
            let error = FineTuningAvailability.refusal(OpenAIError(code), of: "gpt-4.1", atOpenAI: true)
            #expect(error.message.contains("2026-05-07") && error.message.contains("2027-01-06"))
            let other = FineTuningAvailability.refusal(OpenAIError(code), of: "llama", atOpenAI: false)
            #expect(other.code == .fineTuningUnavailable && other.message.contains("“llama”"))
        }
    }

    @Test func aServerWithoutTheAPIIsNamedSo() {
        let error = FineTuningAvailability.refusal(OpenAIError(.notFound), of: "m", atOpenAI: false)
        #expect(error.code == .fineTuningUnavailable && error.message.contains("no fine-tuning API"))
        let invalid = FineTuningAvailability.refusal(OpenAIError(.invalidRequest), of: "m", atOpenAI: false)
        #expect(invalid.code == .upstreamRefused)
        let busy = FineTuningAvailability.refusal(OpenAIError(.overloaded), of: "m", atOpenAI: true)
        #expect(busy.code == .upstreamUnavailable)
    }

    @Test(arguments: [
        ("https://api.openai.com/v1", true), ("https://eu.api.openai.com/v1", true), ("http://127.0.0.1:9/v1", false),
        ("https://api.openai.com.example/v1", false),
    ])
    func knowsOpenAIByItsHost(_ url: String, _ isOpenAI: Bool) async throws {
        let settings = try await readSettings(["OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": url], for: .upstream)
        #expect(settings.isAtOpenAI == isOpenAI)
    }
}
