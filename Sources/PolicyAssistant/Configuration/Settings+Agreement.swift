internal import OpenAI

/// What the settings of the upstream have to agree on.
extension Settings {
    /// OpenAI itself no longer speaks the older protocol; other servers do.
    func checkProtocol(_ reader: inout SettingsReader) {
        guard upstreamProtocol == .assistants, case .remote(let configuration) = upstream,
            let url = try? OpenAIBaseURL(configuration.baseURL), Self.isOpenAI(url.host)
        else { return }
        reader.fault(
            "OPENAI_API",
            "OpenAI shut the assistants protocol down on 2026-08-26; set OPENAI_API=responses, "
                + "or OPENAI_BASE_URL to a server that still speaks it"
        )
    }

    /// A thread belongs to one protocol, which its ID tells by its first letters.
    func checkSharedThread(_ reader: inout SettingsReader) {
        let (own, foreign) = upstreamProtocol == .responses ? ("conv_", "thread_") : ("thread_", "conv_")
        guard let sharedThread, sharedThread.hasPrefix(foreign) else { return }
        reader.fault(
            "THREAD_ID",
            "“\(sharedThread)” is of another protocol; OPENAI_API=\(upstreamProtocol) has threads such as \(own)abc123"
        )
    }

    /// Whether a host is OpenAI's own, in any region.
    private static func isOpenAI(_ host: String) -> Bool {
        let name = host.hasSuffix(".") ? host.dropLast() : host[...]
        return name == "api.openai.com" || name.hasSuffix(".api.openai.com")
    }
}
