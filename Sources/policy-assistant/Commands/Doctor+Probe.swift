internal import ArgumentParser
internal import Foundation
internal import HTTPClient
internal import OpenAI
internal import PolicyAssistant

/// The probe of another server.
extension Doctor {
    func runProbe(of baseURL: String) async throws {
        do {
            try await probe(baseURL)
        } catch is CancellationError {
            Terminal.error("The probe was interrupted; what it created is deleted, but for what is named above.")
            throw ExitStatus.failed
        } catch let error as OpenAIError where error.code == .invalidConfiguration {
            throw ValidationError("The server cannot be probed: \(error.message)")
        }
    }

    private func probe(_ baseURL: String) async throws {
        let settings = try await options.settings(for: [])
        let (configuration, isKeyed) = try probeConfiguration(try OpenAIBaseURL(baseURL), baseURL, settings)
        let http = try HTTPClient(
            configuration: .init(
                trustRootsFile: settings.trustRootsFile,
                trustRootsDirectories: settings.trustRootsDirectories
            )
        )
        let report = try await closing {
            let openAI = try OpenAIClient(configuration: configuration, http: http)
            let target = ServerProbe.Target(
                baseURL: baseURL,
                apiKeyHeader: configuration.apiKeyHeader,
                isKeyed: isKeyed
            )
            let probe = ServerProbe(openAI: openAI, target: target, model: model)
            return try await cancellingOnSignals {
                let report = await probe.report()
                for left in report.leftBehind { Terminal.error("Not deleted: \(left)") }
                return report
            }
        } finally: {
            await http.shutdown()
        }
        try Terminal.output(report, asJSON: json, text: \.text)
        guard report.recommendation.use != .none, report.leftBehind.isEmpty else { throw ExitStatus.failed }
    }

    /// Returns the configuration, and whether its key is one that was given for this server.
    private func probeConfiguration(
        _ url: OpenAIBaseURL,
        _ baseURL: String,
        _ settings: Settings
    ) throws(OpenAIError) -> (OpenAIConfiguration, isKeyed: Bool) {
        // A server that asks for no key takes any.
        var configuration = OpenAIConfiguration(baseURL: baseURL, apiKey: "none", apiKeyHeader: keyHeader)
        configuration.userAgent = "policy-assistant/\(Version.current)"
        if let key = ProcessInfo.processInfo.environment["PROBE_API_KEY"], !key.isEmpty {
            configuration.apiKey = key
            return (configuration, true)
        }
        // The key of the configured server is sent to no other.
        guard case .remote(let upstream) = settings.upstream, try OpenAIBaseURL(upstream.baseURL) == url else {
            return (configuration, false)
        }
        configuration.apiKey = upstream.apiKey
        configuration.organization = upstream.organization
        configuration.project = upstream.project
        configuration.apiKeyHeader = keyHeader ?? upstream.apiKeyHeader
        return (configuration, true)
    }
}
