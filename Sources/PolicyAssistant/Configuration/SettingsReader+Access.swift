internal import FoundationEssentials

extension SettingsReader {
    /// Reads how callers authenticate.
    ///
    /// - Parameters:
    ///   - publicURL: The URL of the page, which decides the attributes of cookies.
    ///   - proxies: The trusted proxies, one of which may sign users in.
    /// - Returns: The mode, with its settings.
    mutating func authentication(behind publicURL: PublicURL?, _ proxies: TrustedProxies) -> Authentication {
        switch choice("AUTH_MODE", of: ["none", "api-key", "jwt", "oidc", "proxy"], default: "none") {
        case "api-key": .apiKey
        case "jwt": tokens(behind: publicURL).map { .token($0) } ?? .apiKey
        case "oidc": openID(behind: publicURL).map { .openID($0) } ?? .apiKey
        case "proxy": proxy(among: proxies).map { .proxy($0) } ?? .apiKey
        default: .none
        }
    }

    /// The variables that are set although the mode does not use them.
    func idleAuthenticationVariables(_ authentication: Authentication) -> [String] {
        let variables = [
            "jwt": [
                "AUTH_JWT_SECRET", "AUTH_JWKS_URL", "AUTH_JWKS_FILE", "AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_USERS",
                "AUTH_COOKIE_SECURE",
            ],
            "oidc": [
                "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_SCOPES", "OIDC_USER_CLAIM",
                "OIDC_GROUPS_CLAIM", "OIDC_ADMIN_GROUP", "OIDC_AUDIENCE",
            ],
            "proxy": [
                "AUTH_PROXY_SECRET", "AUTH_PROXY_USER_HEADER", "AUTH_PROXY_GROUPS_HEADER", "AUTH_PROXY_ADMIN_GROUP",
                "AUTH_PROXY_SIGN_OUT_URL",
            ],
        ]
        return variables.filter { $0.key != authentication.mode }.values.joined().sorted()
            .filter { text($0, isSecret: true) != nil }
    }

    private mutating func tokens(behind publicURL: PublicURL?) -> TokenSettings? {
        let hasUsers = choice("AUTH_USERS", of: ["none", "redis"], default: "none") == "redis"
        if hasUsers, text("AUTH_JWT_SECRET", isSecret: true) == nil {
            fault("AUTH_JWT_SECRET", "is needed with AUTH_USERS=redis: it signs the tokens of users who sign in")
            return nil
        }
        guard let keys = tokenKeys() else { return nil }
        var settings = tokenSettings(keys)
        if hasUsers, case .secret(let secret) = keys {
            let hasSecureCookie = boolean("AUTH_COOKIE_SECURE", default: publicURL?.isSecure ?? true)
            settings.signIn = SignInSettings(
                secret: secret,
                hasSecureCookie: hasSecureCookie,
                cookiePath: publicURL?.cookiePath ?? "/"
            )
        }
        return settings
    }

    /// Reads the other origins whose web pages may use the API.
    mutating func allowedOrigins() -> AllowedOrigins? {
        guard let text = text("CORS_ALLOWED_ORIGINS") else { return nil }
        let words = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        if words == ["*"] { return .any }
        for word in words where !isOrigin(word) {
            fault(
                "CORS_ALLOWED_ORIGINS",
                "\(quoted(word)) is not an origin such as https://intranet.example, and not * alone"
            )
        }
        return .listed(Set(words))
    }

    /// Whether a word is an origin in the form in which browsers send it.
    private func isOrigin(_ word: String) -> Bool {
        guard let parts = URLComponents(string: word), let scheme = parts.scheme, ["http", "https"].contains(scheme),
            let host = parts.encodedHost, !host.isEmpty, !host.contains("*"), word == word.lowercased()
        else { return false }
        let usual = scheme == "https" ? 443 : 80
        return parts.port != usual && word == "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }

    private mutating func tokenSettings(_ keys: TokenSettings.Keys) -> TokenSettings {
        let settings = TokenSettings(keys: keys, issuer: text("AUTH_ISSUER"), audience: text("AUTH_AUDIENCE"))
        // A provider signs tokens for many services; these two claims identify those for this one.
        if case .secret = keys { return settings }
        if settings.issuer == nil { fault("AUTH_ISSUER", "is needed with a key set: the issuer that tokens must name") }
        if settings.audience == nil {
            fault("AUTH_AUDIENCE", "is needed with a key set: the audience that tokens must name")
        }
        return settings
    }

    private mutating func tokenKeys() -> TokenSettings.Keys? {
        let secret = text("AUTH_JWT_SECRET", isSecret: true)
        let (url, file) = (text("AUTH_JWKS_URL"), text("AUTH_JWKS_FILE"))
        switch (secret, url, file) {
        case (let secret?, nil, nil):
            if secret.utf8.count < SigningSecret.minimumBytes {
                fault("AUTH_JWT_SECRET", "must have at least \(SigningSecret.minimumBytes) bytes")
            }
            return .secret(SigningSecret(secret))
        case (nil, let url?, nil):
            if !isTrustworthyURL(url) {
                fault(
                    "AUTH_JWKS_URL",
                    "must be an https:// URL without credentials; http:// is allowed for this machine only"
                )
            }
            return .url(url)
        case (nil, nil, _?):
            return .file(existing("AUTH_JWKS_FILE", .file, default: ""))
        default:
            fault("AUTH_MODE", "jwt needs one of AUTH_JWT_SECRET, AUTH_JWKS_URL and AUTH_JWKS_FILE")
            return nil
        }
    }

    /// Whether nobody on the network can replace or read what is at the URL.
    func isTrustworthyURL(_ url: String) -> Bool { TrustworthyURL(url) != nil }
}
