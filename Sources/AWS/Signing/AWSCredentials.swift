public import FoundationEssentials

/// An access key, with the session token of temporary credentials; its description hides the secrets.
public struct AWSCredentials: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The public half of the key, which stands in each request.
    public let accessKeyID: String
    /// The secret half, which signs.
    let secretAccessKey: String
    /// The token of temporary credentials, which stands in each request; nil for a user's own key.
    let sessionToken: String?
    /// When the credentials end; nil if they do not.
    public let expiration: Date?

    /// Creates credentials.
    ///
    /// - Parameters:
    ///   - accessKeyID: The public half of the key.
    ///   - secretAccessKey: The secret half.
    ///   - sessionToken: The token of temporary credentials; an empty one counts as none.
    ///   - expiration: When the credentials end.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Date? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken?.isEmpty == true ? nil : sessionToken
        self.expiration = expiration
    }

    /// The credentials without what is secret.
    public var description: String { "AWSCredentials(accessKeyID: \(accessKeyID))" }

    /// The description.
    public var debugDescription: String { description }
}
