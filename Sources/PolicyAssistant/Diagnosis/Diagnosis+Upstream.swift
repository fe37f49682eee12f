extension Diagnosis {
    /// Says what the last sync found the upstream to lack.
    func limits() async -> [Finding] {
        guard let fields = try? await assistant.files.corpusFields(), let words = fields[UpstreamLimits.field],
            Corpus(fields: fields)?.isHeld(asIn: assistant.settings) ?? false
        else { return [] }
        let limits = words.split(separator: " ").compactMap { UpstreamLimits.Limit(rawValue: String($0)) }
        return limits.map { Finding(level: .good, subject: "upstream", text: "\($0)") }
    }

    /// Says what went wrong, which call failed, and what upstream wrote about it.
    func words(for error: any Error) -> String {
        guard let error = error as? PolicyAssistantError else { return "\(error)" }
        let details = [error.upstreamCall, error.upstreamWords.map { "upstream says: \($0)" }].compactMap(\.self)
        return ([error.message] + details).joined(separator: "; ")
    }
}
