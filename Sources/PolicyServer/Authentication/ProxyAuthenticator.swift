internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import IPAddresses
internal import PolicyAssistant

/// Authenticates requests by the user that a trusted proxy names in a header field.
struct ProxyAuthenticator: Sendable {
    private let proxies: TrustedProxies
    private let secret: SHA256.Digest
    private let userHeader: HTTPField.Name
    private let groupsHeader: HTTPField.Name
    private let administratorGroup: String?
    /// The origins of pages that may send requests that change something, besides the page of the request's own host.
    private let origins: Set<String>

    /// Creates an authenticator.
    ///
    /// - Parameters:
    ///   - settings: The proxy's secret and header fields.
    ///   - proxies: The addresses of the proxies.
    ///   - origins: The origins of pages that may use the API.
    init(_ settings: ProxySettings, proxies: TrustedProxies, origins: Set<String>) {
        self.proxies = proxies
        self.origins = origins
        secret = SHA256.hash(data: Data(settings.secret.value.utf8))
        userHeader = HTTPField.Name(verified: settings.userHeader)
        groupsHeader = HTTPField.Name(verified: settings.groupsHeader)
        administratorGroup = settings.administratorGroup
    }

    /// Returns the user that the proxy names; nil if the request names none.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - peer: The IP address of the other end of the connection.
    /// - Returns: The identity of the user; nil if the proxy names none.
    /// - Throws: ``Problem/unauthorized`` if a user is named by somebody else than a trusted proxy that knows the secret;
    ///   ``Problem/crossSiteRequest`` for a request that another site's page makes a browser send.
    func identity(of request: Request, from peer: String?) throws -> Identity? {
        let users = request.headers[values: userHeader].filter { !$0.isEmpty }
        guard !users.isEmpty else { return nil }
        guard users.count == 1, let address = peer.flatMap({ IPAddress($0) }), proxies.contain(address),
            hasSecret(request), let user = try? UserID(users[0])
        else { throw Problem.unauthorized }
        guard request.method.isSafe || isOfOwnPage(request) else { throw Problem.crossSiteRequest }
        let groups = request.headers[values: groupsHeader].flatMap { $0.split(separator: ",") }.map { group in
            String(group.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        return .user(user, isAdmin: administratorGroup.map(groups.contains) ?? false)
    }

    /// Compares hashes, so that the time reveals nothing of the secret.
    private func hasSecret(_ request: Request) -> Bool {
        request.headers[Self.secretHeader].map { SHA256.hash(data: Data($0.utf8)) == secret } ?? false
    }

    /// Whether no other site's page sent the request: the proxy's cookie authenticates a browser's requests, whoever
    /// causes them.
    private func isOfOwnPage(_ request: Request) -> Bool {
        if let origin = request.headers[.origin] {
            return origins.contains(origin) || request.head.authority.map { origin.hasSuffix("://\($0)") } ?? false
        }
        guard let site = request.headers[Self.fetchSite] else { return true }
        return site == "same-origin" || site == "none"
    }

    private static let secretHeader = HTTPField.Name(verified: ProxySettings.secretHeader)
    private static let fetchSite = HTTPField.Name(verified: "sec-fetch-site")
}
