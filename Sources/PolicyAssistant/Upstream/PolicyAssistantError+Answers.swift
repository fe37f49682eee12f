extension PolicyAssistantError {
    /// Upstream ended the turn without saying anything of use.
    static let noAnswer = PolicyAssistantError(.upstreamFailed, "Upstream could not answer. Ask again.")

    /// Upstream stopped before the answer was whole.
    static func incomplete(isFiltered: Bool) -> PolicyAssistantError {
        PolicyAssistantError(
            .answerIncomplete,
            isFiltered
                ? "The answer was withheld by the model's content filter. Put the question in other words."
                : "The answer came out too long and was cut. Ask for a part of it."
        )
    }
}
