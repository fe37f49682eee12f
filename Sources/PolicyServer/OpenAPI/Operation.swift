internal import HTTPTypes

/// What a route is for, takes and answers.
struct Operation: Sendable {
    let method: HTTPRequest.Method
    /// The path, with its parameters in braces.
    let path: String
    /// A name for programs, of which there is one of each.
    let id: String
    let tag: Tag
    /// What it does, in a few words.
    let summary: String
    /// More about it, in Markdown.
    var details: String?
    var access = Access.caller
    var parameters: [Parameter] = []
    var body: BodyDescription?
    /// What it answers where all is well.
    let replies: [Reply]
    /// What it answers else; what any route may answer is not told here.
    var problems: [ProblemKind] = []

    /// Whom a route is for.
    enum Access: Sendable {
        /// Whoever comes: nobody looks who it is.
        case anyone
        /// Whoever comes: the route is told who it is, where that is proved.
        case visitor
        /// Whoever proves who it is.
        case caller
        /// The user whom the request is about, and administrators; the route looks.
        case owner
        case administrator

        /// Whether callers have to prove who they are.
        var requiresAuthentication: Bool { self != .anyone && self != .visitor }
    }

    /// What routes are told together under.
    enum Tag: String, Sendable, CaseIterable {
        case chat, threads, documents, session, page, operations

        var summary: String {
            switch self {
            case .chat: "Questions and their answers."
            case .threads: "What was said before."
            case .documents: "What answers come from."
            case .session: "Who the caller is."
            case .page: "The page for people, and this description."
            case .operations: "For those who look after the server."
            }
        }
    }
}

/// Something that a request says outside its body.
struct Parameter: Sendable {
    enum Place: String, Sendable {
        case path, header
    }

    let name: String
    let place: Place
    let summary: String
    let schema: Schema
    /// A value as it might well be; a page on which to try routes begins with it.
    let example: JSONValue?

    /// A part of the path, which is always there.
    static func path(_ name: String, _ schema: Schema, _ summary: String, example: JSONValue) -> Self {
        Self(name: name, place: .path, summary: summary, schema: schema, example: example)
    }

    /// The content that the caller has already, where it is named so.
    static let knownTags = header(
        .ifNoneMatch,
        .string,
        "The `etag` of the content that the caller has; where it is still the same, it is not sent again."
    )

    /// The part of the content that the caller wants.
    static let range = header(
        .range,
        .string,
        "The bytes that are wanted, such as `bytes=0-1023`: one range, see RFC 9110."
    )

    /// The content that a range is of.
    static let rangeCondition = header(
        .ifRange,
        .string,
        "The `etag` of the content that `range` is of; where the content is another, all of it is sent."
    )

    /// A header field, which may be left out.
    static func header(_ name: HTTPField.Name, _ schema: Schema, _ summary: String) -> Self {
        Self(name: name.rawName, place: .header, summary: summary, schema: schema, example: nil)
    }
}

/// What the body of a request holds.
struct BodyDescription: Sendable {
    let schema: Schema
    let examples: [(name: String, value: JSONValue)]
    let maximumBytes: Int
}
