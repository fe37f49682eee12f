internal import HTTPTypes

/// A successful response of a route.
struct Reply: Sendable {
    let status: HTTPResponse.Status
    let summary: String
    var contents: [Content] = []
    var headers: [HeaderDescription] = []

    /// A JSON response.
    static func json<Body: Encodable & Described>(
        _ type: Body.Type,
        _ summary: String,
        status: HTTPResponse.Status = .ok,
        headers: [HeaderDescription] = []
    ) -> Self {
        Self(status: status, summary: summary, contents: [.json(type)], headers: headers)
    }

    /// A text response.
    static func text(_ mediaTypes: [String], _ summary: String, headers: [HeaderDescription] = []) -> Self {
        Self(
            status: .ok,
            summary: summary,
            contents: mediaTypes.map { Content(mediaType: $0, schema: .string) },
            headers: headers
        )
    }

    /// A response with a part of a text.
    static func part(of mediaTypes: [String], _ summary: String, headers: [HeaderDescription]) -> Self {
        Self(
            status: .partialContent,
            summary: summary,
            contents: mediaTypes.map { Content(mediaType: $0, schema: .string) },
            headers: headers
        )
    }

    /// The response to a matching ``Parameter/ifNoneMatch``.
    static let notModified = Self(
        status: .notModified,
        summary: "The content matches `if-none-match`.",
        headers: [.entityTag]
    )

    /// A response without a body.
    static func noContent(_ summary: String) -> Self {
        Self(status: .noContent, summary: summary)
    }
}

/// A body of a response.
struct Content: Sendable {
    let mediaType: String
    /// The schema of the body; for a stream, of each event.
    let schema: Schema
    var example: JSONValue?

    static func json<Body: Encodable & Described>(_ type: Body.Type) -> Self {
        Self(mediaType: "application/json", schema: Body.schema, example: .of(Body.example))
    }
}

/// A header field of a response.
struct HeaderDescription: Sendable {
    let name: HTTPField.Name
    let summary: String
    var schema = Schema.string
    /// Whether every response has it.
    var isRequired = false

    static let requestID = Self(
        name: .requestID,
        summary: "The ID by which operators find the request in the log; the client's own, if it sent a valid one.",
        isRequired: true
    )
    static let retryAfter = Self(
        name: .retryAfter,
        summary: "The seconds to wait before the request is sent again.",
        schema: .string(pattern: "^[0-9]+$")
    )
    static let challenge = Self(name: .wwwAuthenticate, summary: "The scheme of authentication.", isRequired: true)
    static let acceptedRanges = Self(name: .acceptRanges, summary: "The unit of ranges: `bytes`.")
    static let contentRange = Self(
        name: .contentRange,
        summary: "The range that is sent, and the length of the content."
    )
    static let entityTag = Self(name: .eTag, summary: "The entity tag of the content.")
}
