public import HTTPTypes

/// A request of a provider as it arrived.
public struct WebhookRequest: Sendable {
    /// The method.
    public var method: HTTPRequest.Method
    /// The path with the query, byte for byte.
    public var target: String
    /// The header fields.
    public var headers: HTTPFields
    /// The body.
    public var body: [UInt8]

    /// Creates a request.
    public init(method: HTTPRequest.Method, target: String, headers: HTTPFields, body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The query; empty if there is none.
    var query: Substring {
        target.firstIndex(of: "?").map { target[target.index(after: $0)...] } ?? ""
    }

    /// Whether the body is JSON, by its content type.
    var isJSON: Bool {
        let mediaType = headers[.contentType]?.prefix { $0 != ";" }.lowercased() ?? ""
        return mediaType.trimmingPrefix { $0 == " " }.prefix { $0 != " " } == "application/json"
    }
}

/// Why a provider's request is refused.
public enum WebhookRefusal: Error, Sendable, Hashable {
    /// The provider has not signed the request, or not this one, or not now.
    case forged
    /// The request belongs to another account of the provider.
    case foreignAccount
    /// The body or the query cannot be read.
    case malformed
    /// Fields are missing or empty; their names.
    case incomplete([String])
}

/// What a provider tells with a request.
public enum WebhookEvent: Sendable {
    /// A message has arrived.
    case message(IncomingMessage)
    /// The state of a sent message.
    case report(DeliveryReport)
    /// Something that is of no use here.
    case other
}
