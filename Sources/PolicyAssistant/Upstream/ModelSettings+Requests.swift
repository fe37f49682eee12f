extension ModelSettings {
    /// Whether an answer may end at its maximum length, which the caller has asked for.
    var acceptsCut: Bool { maximumOutputTokens != nil }

    /// The reasoning effort as requests name it; nil where they name none.
    func effort(orElse usual: Settings.ReasoningEffort) -> String? { effort ?? usual.parameter }
}
