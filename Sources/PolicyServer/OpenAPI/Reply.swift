internal import HTTPTypes

/// An answer that a route gives where all is well.
struct Reply: Sendable {
    let status: HTTPResponse.Status
    let summary: String
    var contents: [Content] = []
    var headers: [HeaderDescription] = []

    /// An answer of a value's JSON.
    static func json<Body: Encodable & Described>(
        _ type: Body.Type,
        _ summary: String,
        status: HTTPResponse.Status = .ok,
        headers: [HeaderDescription] = []
    ) -> Self {
        Self(status: status, summary: summary, contents: [.json(type)], headers: headers)
    }

    /// An answer of text.
    static func text(_ mediaTypes: [String], _ summary: String, headers: [HeaderDescription] = []) -> Self {
        Self(
            status: .ok,
            summary: summary,
            contents: mediaTypes.map { Content(mediaType: $0, schema: .string) },
            headers: headers
        )
    }

    /// An answer of a part of a text.
    static func part(of mediaTypes: [String], _ summary: String, headers: [HeaderDescription]) -> Self {
        Self(
            status: .partialContent,
            summary: summary,
            contents: mediaTypes.map { Content(mediaType: $0, schema: .string) },
            headers: headers
        )
    }

    /// The caller has what is asked for already, and says so by ``Parameter/knownTags``.
    static let unchanged = Self(
        status: .notModified,
        summary: "`if-none-match` names the content as it is: the caller has it.",
        headers: [.entityTag]
    )

    /// There is nothing to say but that it is done.
    static func nothing(_ summary: String) -> Self {
        Self(status: .noContent, summary: summary)
    }
}

/// A body that an answer may have.
struct Content: Sendable {
    let mediaType: String
    /// What the body looks like; of a stream of events, each of them.
    let schema: Schema
    var example: JSONValue?

    static func json<Body: Encodable & Described>(_ type: Body.Type) -> Self {
        Self(mediaType: "application/json", schema: Body.schema, example: .of(Body.example))
    }
}

/// A header field that answers have.
struct HeaderDescription: Sendable {
    let name: HTTPField.Name
    let summary: String
    var schema = Schema.string
    /// Whether it is there always.
    var isCertain = false

    static let requestID = Self(
        name: RequestIDMiddleware.header,
        summary: "The ID by which operators find the request in the log; the caller's own, where it sent a plain word.",
        isCertain: true
    )
    static let retryAfter = Self(
        name: .retryAfter,
        summary: "In how many seconds the same request may well be answered.",
        schema: .string(pattern: "^[0-9]+$")
    )
    static let challenge = Self(name: .wwwAuthenticate, summary: "How callers prove who they are.", isCertain: true)
    static let acceptedRanges = Self(name: .acceptRanges, summary: "In which unit parts can be asked for: `bytes`.")
    static let contentRange = Self(
        name: .contentRange,
        summary: "Which bytes of the content these are, and of how many."
    )
    static let entityTag = Self(name: .eTag, summary: "A name for the content: other content has another name.")
}
