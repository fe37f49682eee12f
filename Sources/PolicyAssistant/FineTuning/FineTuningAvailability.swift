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

    /// Returns what it means that a job was not created.
    ///
    /// - Parameters:
    ///   - error: The upstream's error.
    ///   - model: The model to train.
    ///   - isOpenAI: Whether the upstream is OpenAI itself.
    /// - Returns: The error.
    static func refusal(_ error: OpenAIError, of model: String, atOpenAI isOpenAI: Bool) -> PolicyAssistantError {
        switch error.code {
        case .forbidden where isOpenAI, .modelNotFound where isOpenAI:
            unavailable(
                "OpenAI refused the job. Since \(firstDayWithoutNewOrganizations) it takes jobs only of organizations that "
                    + "had some before, and none after \(lastDayAtOpenAI).",
                error
            )
        case .notFound: unavailable("The upstream has no fine-tuning API.", error)
        case .modelNotFound, .forbidden: unavailable("The upstream does not train “\(model)” for this key.", error)
        case .invalidRequest:
            PolicyAssistantError(.upstreamRefused, "The upstream refused the job as invalid.", cause: error)
        default: PolicyAssistantError(error)
        }
    }

    private static func unavailable(_ message: String, _ cause: OpenAIError? = nil) -> PolicyAssistantError {
        PolicyAssistantError(.fineTuningUnavailable, "\(message) \(alternative)", cause: cause)
    }

    private static let alternative =
        "Name another model or set OPENAI_BASE_URL to a server that trains; `role imitate` needs no training."
}
