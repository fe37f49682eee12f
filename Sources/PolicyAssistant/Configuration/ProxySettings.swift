/// Authentication by a proxy that has signed users in and names them in a header field.
public struct ProxySettings: Sendable {
    /// The secret that the proxy sends in ``secretHeader``.
    public var secret: SigningSecret
    /// The header field that names the user.
    public var userHeader: String
    /// The header field that lists the user's groups, with commas between them.
    public var groupsHeader: String
    /// The group whose members are administrators; nil for none.
    public var administratorGroup: String?
    /// The URL that signs users out at the proxy; nil where the page has no button for it.
    public var signOutURL: String?

    /// The header field in which the proxy sends the shared secret.
    public static let secretHeader = "x-proxy-secret"
}

extension SettingsReader {
    /// Reads the settings of a proxy that signs users in; nil if the secret is missing.
    ///
    /// - Parameter proxies: The proxies that are trusted, whose addresses have to be known.
    /// - Returns: The settings; nil if the secret is missing, which is a fault.
    mutating func proxy(among proxies: TrustedProxies) -> ProxySettings? {
        if case .count = proxies {
            fault(
                "TRUSTED_PROXIES",
                "must list the addresses of the proxies under AUTH_MODE=proxy, such as 10.0.0.5, 10.1.0.0/16"
            )
        }
        guard let secret = text("AUTH_PROXY_SECRET", isSecret: true) else {
            fault(
                "AUTH_PROXY_SECRET",
                "is needed with AUTH_MODE=proxy: the proxy sends it in \(ProxySettings.secretHeader)"
            )
            return nil
        }
        if secret.utf8.count < SigningSecret.minimumBytes {
            fault("AUTH_PROXY_SECRET", "must have at least \(SigningSecret.minimumBytes) bytes")
        }
        let signOutURL = text("AUTH_PROXY_SIGN_OUT_URL")
        if let signOutURL, !(signOutURL.hasPrefix("/") && !signOutURL.hasPrefix("//")), !isTrustworthyURL(signOutURL) {
            fault("AUTH_PROXY_SIGN_OUT_URL", "must be a path such as /oauth2/sign_out, or an https:// URL")
        }
        return ProxySettings(
            secret: SigningSecret(secret),
            userHeader: headerName("AUTH_PROXY_USER_HEADER") ?? "x-forwarded-user",
            groupsHeader: headerName("AUTH_PROXY_GROUPS_HEADER") ?? "x-forwarded-groups",
            administratorGroup: text("AUTH_PROXY_ADMIN_GROUP"),
            signOutURL: signOutURL
        )
    }
}
