internal import HTTPTypes

/// The description of a route: its purpose, requests and responses.
struct Operation: Sendable {
    let method: HTTPRequest.Method
    /// The path, with its parameters in braces.
    let path: String
    /// OpenAPI's `operationId`, which is unique.
    let id: String
    let tag: Tag
    /// A short description.
    let summary: String
    /// A longer description in Markdown.
    var details: String?
    var access = Access.caller
    var parameters: [Parameter] = []
    var body: BodyDescription?
    /// The successful responses.
    let replies: [Reply]
    /// The problems that are specific to the route; ``ProblemKind/ofAll`` has those of all routes.
    var problems: [ProblemKind] = []

    /// Who is authorized to use a route.
    enum Access: Sendable {
        /// Everybody, without authentication.
        case anyone
        /// Everybody; valid credentials are authenticated.
        case optionallyAuthenticated
        /// Authenticated callers.
        case caller
        /// The user whom the request concerns, and administrators; the handler checks it.
        case owner
        case administrator

        /// Whether callers have to authenticate.
        var requiresAuthentication: Bool { self != .anyone && self != .optionallyAuthenticated }
    }

    /// A group of operations.
    enum Tag: String, Sendable, CaseIterable {
        case chat, voice, threads, roles, documents, session, channels, page, operations

        var summary: String {
            switch self {
            case .chat: "Questions and answers."
            case .voice: "Spoken questions and answers."
            case .threads: "Conversations so far."
            case .roles: "The roles in which questions are asked."
            case .documents: "The documents that answers are based on."
            case .session: "The caller's identity, sign-in and sign-out."
            case .channels: "Questions from elsewhere than the page, such as text messages."
            case .page: "The chat page and this description."
            case .operations: "Health and metrics, for operators."
            }
        }
    }
}

/// A parameter of a request's path, query or header.
struct Parameter: Sendable {
    enum Place: String, Sendable {
        case path, query, header
    }

    let name: String
    let place: Place
    let summary: String
    let schema: Schema
    /// An example, with which the page at `/docs` starts.
    let example: JSONValue?
    var isRequired = false

    /// A parameter of the path, which is required.
    static func path(_ name: String, _ schema: Schema, _ summary: String, example: JSONValue) -> Self {
        Self(name: name, place: .path, summary: summary, schema: schema, example: example, isRequired: true)
    }

    /// A parameter of the query.
    static func query(
        _ name: String,
        _ schema: Schema,
        _ summary: String,
        example: JSONValue? = nil,
        isRequired: Bool = false
    ) -> Self {
        Self(
            name: name,
            place: .query,
            summary: summary,
            schema: schema,
            example: example,
            isRequired: isRequired
        )
    }

    /// The entity tags of the representations that the client has cached.
    static let ifNoneMatch = header(
        .ifNoneMatch,
        .string,
        "The `etag` of the cached content; if it still matches, the content is not sent again."
    )

    /// The range of the content to send.
    static let range = header(
        .range,
        .string,
        "The range to send, such as `bytes=0-1023`: one range of bytes, see RFC 9110."
    )

    /// The entity tag of the content that the range refers to.
    static let ifRange = header(
        .ifRange,
        .string,
        "The `etag` of the content that `range` refers to; if it does not match, the complete content is sent."
    )

    /// An optional header field.
    static func header(_ name: HTTPField.Name, _ schema: Schema, _ summary: String) -> Self {
        Self(name: name.rawName, place: .header, summary: summary, schema: schema, example: nil)
    }
}

/// The description of a request's body.
struct BodyDescription: Sendable {
    /// A media type of the body.
    struct Form: Sendable {
        let mediaType: String
        let schema: Schema
        var examples: [(name: String, value: JSONValue)] = []
    }

    /// The media types, of which a request has one.
    let forms: [Form]
    let maximumBytes: Int
}
