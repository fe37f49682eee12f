internal import FoundationEssentials
internal import JWTKit
internal import PolicyAssistant

/// The tokens of users who signed in here with a password.
struct SessionTokens: Sendable {
    let secret: SigningSecret
    let issuer: String?
    let audience: String?

    /// Signs a session's token.
    func token(for session: Session, at now: Date = .now) async throws -> String {
        let seconds = now.timeIntervalSince1970.rounded(.down)
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: secret.value), digestAlgorithm: .sha256)
        return try await keys.sign(
            AccessToken(
                subject: session.user.value,
                expiry: seconds + Double(SessionCredentials.lifetime),
                issuedAt: seconds,
                issuer: issuer,
                audience: audience.map(AccessToken.Audience.init),
                session: session.id
            )
        )
    }
}
