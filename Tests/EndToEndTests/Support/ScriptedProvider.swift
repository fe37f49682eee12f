import Crypto
import Foundation
import Synchronization
import TestSupport

/// An identity provider that tells the truth unless a test makes it lie.
///
/// It has no page to sign in: a test takes the place of the browser, and brings the code back itself.
final class ScriptedProvider: Sendable {
    /// What the provider does otherwise than it should.
    struct Behaviour: Sendable {
        /// Claims that replace the usual ones, as JSON; nil removes a claim.
        var claims: [String: String?] = [:]
        /// Makes the ID token of its claims; nil for one signed as usual.
        var token: (@Sendable (_ json: String) async throws -> String)?
        /// Members that replace those of the discovery document, as JSON; nil removes one.
        var metadata: [String: String?] = [:]
        /// The key set; nil for the provider's key.
        var keys: [String]?
        /// The claims of UserInfo; nil for none.
        var userInfo: String?
        /// The status and body of the token endpoint; nil for tokens.
        var tokenReply: (status: Int, body: String)?
    }

    /// A token request as it came.
    struct TokenRequest: Sendable {
        let fields: [String: String]
        let authorization: String?
    }

    static let client = "policy-assistant"
    /// Has characters that have to be encoded.
    static let secret = "a secret: +/ä"

    let port: Int
    let key: TokenIssuer
    private let behaviour = Mutex(Behaviour())
    private let requests = Mutex<[TokenRequest]>([])
    /// The code challenge and nonce of each code that was given out and not used.
    private let codes = Mutex<[String: (challenge: String, nonce: String)]>([:])

    fileprivate init(port: Int, key: TokenIssuer) {
        self.port = port
        self.key = key
    }

    var issuer: String { "http://127.0.0.1:\(port)/tenant" }
    var tokenRequests: [TokenRequest] { requests.withLock(\.self) }

    /// The settings of a server that signs people in here.
    var settings: [String: String] {
        [
            "AUTH_MODE": "oidc", "OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": Self.client,
            "OIDC_CLIENT_SECRET": Self.secret,
            "OIDC_ADMIN_GROUP": "hr", "PUBLIC_URL": "http://127.0.0.1:9",
        ]
    }

    func behave(_ change: @Sendable (inout Behaviour) -> Void) {
        behaviour.withLock { behaviour in
            behaviour = Behaviour()
            change(&behaviour)
        }
    }

    /// Gives out a code, as after somebody has signed in here.
    func code(for challenge: String, nonce: String) -> String {
        let code = UUID().uuidString
        codes.withLock { $0[code] = (challenge, nonce) }
        return code
    }

    /// The claims of a token, as JSON.
    func claims(nonce: String? = nil, _ changes: [String: String?] = [:]) -> String {
        let now = Int(Date.now.timeIntervalSince1970)
        var claims: [String: String?] = [
            "iss": #""\#(issuer)""#, "aud": #""\#(Self.client)""#, "sub": #""user-1""#, "name": #""Ana Ürün""#,
            "groups": #"["staff"]"#, "sid": #""session-1""#, "iat": "\(now)", "exp": "\(now + 300)",
            "nonce": nonce.map { "\"\($0)\"" },
        ]
        claims.merge(changes) { $1 }
        return Self.json(claims)
    }

    fileprivate func reply(to request: ReceivedRequest) async throws -> (status: Int, body: String) {
        let behaviour = behaviour.withLock(\.self)
        switch request.line.split(separator: " ").dropFirst().first {
        case "/tenant/.well-known/openid-configuration":
            return (200, Self.json(metadata.merging(behaviour.metadata) { $1 }))
        case "/tenant/keys":
            let keys = if let keys = behaviour.keys { keys } else { [try await key.jwk()] }
            return (200, #"{"keys":[\#(keys.joined(separator: ","))]}"#)
        case "/tenant/userinfo":
            return behaviour.userInfo.map { (200, $0) } ?? (401, "{}")
        case "/tenant/token":
            return try await tokens(request, behaviour)
        default:
            return (404, "{}")
        }
    }

    private var metadata: [String: String?] {
        [
            "issuer": #""\#(issuer)""#, "authorization_endpoint": #""\#(issuer)/authorize?tenant=1""#,
            "token_endpoint": #""\#(issuer)/token""#, "jwks_uri": #""\#(issuer)/keys""#,
            "userinfo_endpoint": #""\#(issuer)/userinfo""#, "end_session_endpoint": #""\#(issuer)/end""#,
            "id_token_signing_alg_values_supported": #"["RS256","HS256","none"]"#,
            "code_challenge_methods_supported": #"["S256"]"#, "backchannel_logout_supported": "true",
        ]
    }

    private func tokens(_ request: ReceivedRequest, _ behaviour: Behaviour) async throws -> (status: Int, body: String)
    {
        let fields = Self.fields(request.text)
        requests.withLock { $0.append(TokenRequest(fields: fields, authorization: request["authorization"])) }
        if let reply = behaviour.tokenReply { return reply }
        guard let code = fields["code"], let known = codes.withLock({ $0.removeValue(forKey: code) }),
            let verifier = fields["code_verifier"],
            base64URL(Array(SHA256.hash(data: Data(verifier.utf8)))[...]) == known.challenge
        else { return (400, #"{"error":"invalid_grant"}"#) }
        let json = claims(nonce: known.nonce, behaviour.claims)
        let token =
            if let make = behaviour.token { try await make(json) } else {
                try await key.token(json: json, algorithm: "RS256")
            }
        return (200, #"{"access_token":"at","token_type":"Bearer","id_token":"\#(token)"}"#)
    }

    static func fields(_ text: String) -> [String: String] {
        let items = URLComponents(string: "?\(text.replacing("+", with: "%20"))")?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }

    private static func json(_ members: [String: String?]) -> String {
        "{" + members.compactMap { name, value in value.map { #""\#(name)":\#($0)"# } }.joined(separator: ",") + "}"
    }
}

/// Runs a scripted identity provider until `body` returns.
func withScriptedProvider<Result>(_ body: (ScriptedProvider) async throws -> Result) async throws -> Result {
    try await withTemporaryFolder { folder in
        let key = try await TokenIssuer(.rsa, id: "key", in: folder)
        let provider = Mutex<ScriptedProvider?>(nil)
        return try await withScriptedServer { connection in
            while let request = try await connection.request(), let provider = provider.withLock(\.self) {
                let (status, body) = try await provider.reply(to: request)
                try await connection.send(
                    "HTTP/1.1 \(status) X\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
                )
            }
        } _: { server in
            let own = ScriptedProvider(port: server.port, key: key)
            provider.withLock { $0 = own }
            return try await body(own)
        }
    }
}
