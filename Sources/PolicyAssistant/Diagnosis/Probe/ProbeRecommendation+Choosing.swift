extension ProbeRecommendation {
    /// Chooses the use that needs most of what the server has.
    ///
    /// - Parameters:
    ///   - findings: The findings.
    ///   - target: The server.
    ///   - model: The model that was asked; nil if there was none.
    ///   - omitsEffort: Whether the model refuses the parameter for the reasoning effort.
    init(_ findings: [ProbeFinding], _ target: ServerProbe.Target, model: String?, omitsEffort: Bool) {
        let available = Set(findings.filter { $0.result == .available }.map(\.capability))
        func missing(_ upstreamProtocol: UpstreamProtocol) -> [ServerCapability] {
            upstreamProtocol.neededCapabilities.filter { !available.contains($0) }
        }
        guard let model else {
            self.init(use: .none, protocol: nil, reason: Self.reasonWithoutModel(findings), settings: [])
            return
        }
        if let suitable = [UpstreamProtocol.responses, .assistants].first(where: { missing($0).isEmpty }) {
            self.init(
                use: .upstream,
                protocol: suitable,
                reason: "it has all that OPENAI_API=\(suitable.rawValue) needs",
                settings: target.upstreamSettings(suitable, model: model, omitsEffort: omitsEffort)
            )
            return
        }
        let lacks = "as upstream it lacks: \(missing(.responses).map(\.title).joined(separator: ", "))"
        guard available.contains(.chatCompletionStream) else {
            let reason = "\(lacks); as the engine's model: \(ServerCapability.chatCompletionStream.title)"
            self.init(use: .none, protocol: nil, reason: reason, settings: [])
            return
        }
        self.init(
            use: .engineModel,
            protocol: nil,
            reason: "it writes texts; \(lacks)",
            settings: target.engineSettings(model: model)
        )
    }

    private static func reasonWithoutModel(_ findings: [ProbeFinding]) -> String {
        guard let models = findings.first else { return "the probe was interrupted" }
        return models.result == .available
            ? "no model could be asked; name one with --model" : "\(models.capability.title): \(models.detail)"
    }
}

extension ServerProbe.Target {
    private var keyValue: String { isKeyed ? "…" : "none   # any value, as the server asks for no key" }

    fileprivate func upstreamSettings(
        _ upstreamProtocol: UpstreamProtocol,
        model: String,
        omitsEffort: Bool
    ) -> [String] {
        var lines = ["OPENAI_BASE_URL=\(baseURL)", "OPENAI_API_KEY=\(keyValue)"]
        if let apiKeyHeader { lines.append("OPENAI_API_KEY_HEADER=\(apiKeyHeader)") }
        lines.append("OPENAI_MODEL=\(model)")
        if omitsEffort { lines.append("OPENAI_REASONING_EFFORT=omit") }
        if upstreamProtocol != .responses { lines.append("OPENAI_API=\(upstreamProtocol.rawValue)") }
        return lines
    }

    fileprivate func engineSettings(model: String) -> [String] {
        ["ENGINE_MODEL_URL=\(baseURL)", "ENGINE_MODEL=\(model)"] + (isKeyed ? ["ENGINE_MODEL_API_KEY=…"] : [])
    }
}
