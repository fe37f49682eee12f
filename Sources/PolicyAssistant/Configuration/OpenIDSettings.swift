/// Sign-in with an identity provider by OpenID Connect Core 1.0: authorization code flow with PKCE.
public struct OpenIDSettings: Sendable {
    /// The provider's issuer identifier, as its discovery document and its tokens name it.
    public var issuer: String
    /// The ID under which this service is registered at the provider.
    public var clientID: String
    /// The client's secret; nil for a public client, which PKCE alone protects.
    public var clientSecret: SigningSecret?
    /// The scopes that a sign-in requests; `openid` is one of them.
    public var scopes: [String]
    /// The claim that identifies the user.
    public var userClaim: String
    /// The claim that lists the user's groups.
    public var groupsClaim: String
    /// The group whose members are administrators; nil for none.
    public var administratorGroup: String?
    /// The audience of the provider's access tokens that the API accepts; nil where it accepts none.
    public var audience: String?
    /// The URL under which browsers reach the page.
    public var publicURL: PublicURL

    /// The claim that identifies the user unless the settings name another.
    public static let standardUserClaim = "sub"
    /// The path to which the provider sends the browser back.
    public static let callbackPath = "/login/oidc/callback"

    /// The URL to which the provider sends the browser back, which has to be registered there.
    public var redirectURI: String { "\(publicURL)\(Self.callbackPath)" }

    /// The URL at which the provider announces that a user has signed out there (OpenID Connect Back-Channel Logout 1.0).
    public var backChannelLogoutURI: String { "\(publicURL)/login/oidc/logout" }
}

extension SettingsReader {
    /// Reads the settings of an identity provider; nil if one that is needed is missing.
    ///
    /// - Parameter publicURL: The URL of the page, which the provider sends browsers back to.
    /// - Returns: The settings; nil if a needed one is missing, which is a fault.
    mutating func openID(behind publicURL: PublicURL?) -> OpenIDSettings? {
        if publicURL == nil, text("PUBLIC_URL") == nil {
            fault("PUBLIC_URL", "is needed with AUTH_MODE=oidc: the provider sends browsers back to it")
        }
        guard let issuer = required("OIDC_ISSUER", "the URL of the identity provider, as its tokens name it"),
            let client = required("OIDC_CLIENT_ID", "the ID under which this service is registered there"),
            let publicURL
        else { return nil }
        if !isTrustworthyURL(issuer) || issuer.contains("?") || issuer.contains("#") {
            fault(
                "OIDC_ISSUER",
                "must be an https:// URL without credentials, query and fragment; http:// is allowed for this machine only"
            )
        }
        var scopes = (text("OIDC_SCOPES") ?? "openid profile").split(whereSeparator: \.isWhitespace).map(String.init)
        if !scopes.contains("openid") { scopes.insert("openid", at: 0) }
        return OpenIDSettings(
            issuer: issuer,
            clientID: client,
            clientSecret: text("OIDC_CLIENT_SECRET", isSecret: true).map(SigningSecret.init),
            scopes: scopes,
            userClaim: text("OIDC_USER_CLAIM") ?? OpenIDSettings.standardUserClaim,
            groupsClaim: text("OIDC_GROUPS_CLAIM") ?? "groups",
            administratorGroup: text("OIDC_ADMIN_GROUP"),
            audience: text("OIDC_AUDIENCE"),
            publicURL: publicURL
        )
    }

    private mutating func required(_ name: String, _ meaning: String) -> String? {
        guard let value = text(name) else {
            fault(name, "is needed with AUTH_MODE=oidc: \(meaning)")
            return nil
        }
        return value
    }
}
