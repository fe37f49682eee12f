internal import HTTPClient
internal import PolicyAssistant
internal import PolicyServer

/// Asks the identity provider what it offers, to see whether users can sign in.
enum IdentityProviderProbe {
    private static let subject = "identity provider"

    /// Checks the provider that the settings name; no finding if they name none.
    static func findings(_ settings: Settings) async -> [Finding] {
        guard case .openID(let openID) = settings.authentication else { return [] }
        do {
            let http = try HTTPClient(
                configuration: .init(
                    trustRootsFile: settings.trustRootsFile,
                    trustRootsDirectories: settings.trustRootsDirectories
                )
            )
            let report = await IdentityProviderReport(of: openID, call: http.callProvider)
            await http.shutdown()
            return findings(report, openID)
        } catch {
            return [Finding(level: .fault, subject: subject, text: "\(error)")]
        }
    }

    private static func findings(_ report: IdentityProviderReport, _ openID: OpenIDSettings) -> [Finding] {
        guard report.fault == nil else {
            return [Finding(level: .fault, subject: subject, text: "nobody can sign in: \(report.fault ?? "")")]
        }
        let addresses =
            "register \(openID.redirectURI) there as redirect URI and, for sign-outs there, "
            + "\(openID.backChannelLogoutURI) as back-channel logout URI"
        return [Finding(level: .good, subject: subject, text: "\(openID.issuer) can sign users in; \(addresses)")]
            + report.shortcomings.map { Finding(level: .warning, subject: subject, text: $0) }
    }
}
