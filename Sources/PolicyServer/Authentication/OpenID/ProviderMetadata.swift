internal import FoundationEssentials
internal import PolicyAssistant

/// What an identity provider says of itself (OpenID Connect Discovery 1.0, section 3).
struct ProviderMetadata: Sendable, Decodable {
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let keySetURL: String
    let userInfoEndpoint: String?
    let endSessionEndpoint: String?
    private let tokenAuthenticationMethods: [String]?
    private let signingAlgorithms: [String]?
    private let challengeMethods: [String]?
    private let responseTypes: [String]?
    private let namesIssuer: Bool?
    private let hasBackChannelLogout: Bool?

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case keySetURL = "jwks_uri"
        case userInfoEndpoint = "userinfo_endpoint"
        case endSessionEndpoint = "end_session_endpoint"
        case tokenAuthenticationMethods = "token_endpoint_auth_methods_supported"
        case signingAlgorithms = "id_token_signing_alg_values_supported"
        case challengeMethods = "code_challenge_methods_supported"
        case responseTypes = "response_types_supported"
        case namesIssuer = "authorization_response_iss_parameter_supported"
        case hasBackChannelLogout = "backchannel_logout_supported"
    }

    /// Why a document is unusable.
    enum Fault: Error, Hashable {
        /// The document names another issuer.
        case issuer(String)
        /// The endpoint's URL is neither `https` nor on this machine.
        case endpoint(String)
        /// No algorithm of the provider's ID tokens is supported here.
        case algorithms
    }

    /// Decodes a document and checks that it is usable.
    ///
    /// - Throws: ``Fault``; `DecodingError`.
    init(json: [UInt8], issuer: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json))
        guard self.issuer == issuer else { throw Fault.issuer(self.issuer) }
        for endpoint in [authorizationEndpoint, tokenEndpoint, keySetURL, userInfoEndpoint, endSessionEndpoint] {
            if let endpoint, TrustworthyURL(endpoint) == nil { throw Fault.endpoint(endpoint) }
        }
        guard !algorithms.isEmpty else { throw Fault.algorithms }
    }

    /// Returns the URL of an issuer's document.
    static func url(of issuer: String) -> String {
        "\(issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)/.well-known/openid-configuration"
    }

    /// The algorithms of ID tokens that both sides support; RS256 is the provider's if it lists none.
    var algorithms: Set<String> {
        VerificationKey.asymmetricAlgorithms.intersection(signingAlgorithms ?? ["RS256"])
    }

    /// Whether the authorization response names the issuer (RFC 9207).
    var mustNameIssuer: Bool { namesIssuer ?? false }

    /// Whether the client's secret is sent in the header of token requests; otherwise it is sent in their body.
    var takesBasicAuthentication: Bool {
        guard let tokenAuthenticationMethods else { return true }
        return tokenAuthenticationMethods.contains("client_secret_basic")
            || !tokenAuthenticationMethods.contains("client_secret_post")
    }

    /// What the provider lacks, each as a sentence for the operator.
    func shortcomings(for settings: OpenIDSettings) -> [String] {
        var texts: [String] = []
        if let responseTypes, !responseTypes.contains("code") {
            texts.append("it does not list the response type code, which sign-in needs")
        }
        if challengeMethods?.contains("S256") != true {
            let isPublic = settings.clientSecret == nil
            texts.append(
                "it does not list PKCE with S256" + (isPublic ? ", which alone protects a client without a secret" : "")
            )
        }
        if settings.clientSecret == nil, let tokenAuthenticationMethods, !tokenAuthenticationMethods.contains("none") {
            texts.append("it does not list clients without a secret; set OIDC_CLIENT_SECRET if sign-in fails")
        }
        if endSessionEndpoint == nil {
            texts.append("it has no end_session_endpoint: signing out ends the session here only")
        }
        if hasBackChannelLogout != true {
            texts.append("it does not list back-channel logout: signing out there does not end sessions here")
        }
        return texts
    }
}
