internal import FoundationEssentials
internal import OpenAI

/// Whether an upstream still trains a model.
enum FineTuningAvailability {
    /// The last day on which OpenAI takes jobs for its own models.
    static let lastDayAtOpenAI = "2027-01-06"
    /// Since when OpenAI takes jobs only of organizations that had some before.
    static let firstDayWithoutNewOrganizations = "2026-05-07"
    /// The family of models that OpenAI trains until then.
    static let familyAtOpenAI = "gpt-4.1"

    /// Checks that jobs for a model are taken.
    ///
    /// - Parameters:
    ///   - model: The model to train.
    ///   - isOpenAI: Whether the upstream is OpenAI itself.
    ///   - models: The models that the upstream lists.
    ///   - date: The present.
    /// - Returns: A warning if the model is to be shut down later.
    /// - Throws: ``PolicyAssistantError`` with the code `fineTuningUnavailable` and the date.
    static func check(
        _ model: String,
        atOpenAI isOpenAI: Bool,
        among models: [Model],
        on date: Date
    ) throws(PolicyAssistantError) -> String? {
        let today = String(date.timestamp.prefix(10))
        if isOpenAI {
            guard today <= lastDayAtOpenAI else {
                throw unavailable("OpenAI has taken no fine-tuning jobs for its own models since \(lastDayAtOpenAI).")
            }
            guard model.hasPrefix(familyAtOpenAI) || model.hasPrefix("ft:\(familyAtOpenAI)") else {
                throw unavailable(
                    "OpenAI trains only the models of the family \(familyAtOpenAI), until \(lastDayAtOpenAI), and "
                        + "“\(model)” is none of them."
                )
            }
        }
        let shutdown =
            models.first { $0.id == model }?.shutdownDate
            ?? models.first { model.hasPrefix("ft:\($0.id):") }?
            .shutdownDate
        guard let shutdown else { return nil }
        guard today < shutdown else { throw unavailable("“\(model)” was shut down on \(shutdown).") }
        return "“\(model)” will be shut down on \(shutdown), and what is trained from it does not outlast it"
    }

    /// Returns the error where OpenAI refuses a job that it would take of others; nil for any other error.
    static func refusal(_ error: OpenAIError) -> PolicyAssistantError? {
        guard [.forbidden, .modelNotFound].contains(error.code) else { return nil }
        return PolicyAssistantError(
            .fineTuningUnavailable,
            "OpenAI refused the job. Since \(firstDayWithoutNewOrganizations) it takes jobs only of organizations that had "
                + "some before, and none after \(lastDayAtOpenAI). \(alternative)",
            cause: error
        )
    }

    private static func unavailable(_ message: String) -> PolicyAssistantError {
        PolicyAssistantError(.fineTuningUnavailable, "\(message) \(alternative)")
    }

    private static let alternative =
        "Name another model or set OPENAI_BASE_URL to a server that trains; `role imitate` needs no training."
}
