internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import NIOCore

/// The JSON body of a route's requests: its description and its decoding.
struct JSONBody<Value: Codable & Sendable>: Sendable {
    /// The schema of the JSON.
    let schema: Schema
    /// Named examples.
    let examples: [(name: String, value: Value)]
    /// The maximum size of the body in bytes.
    let maximumBytes: Int

    /// The body in the API's description.
    var description: BodyDescription {
        let examples = examples.map { (name: $0.name, value: JSONValue.of($0.value)) }
        return BodyDescription(
            forms: [.init(mediaType: "application/json", schema: schema, examples: examples)],
            maximumBytes: maximumBytes
        )
    }

    /// Reads and decodes the body.
    ///
    /// Afterwards the request's inbound stream can be used to detect a disconnect.
    ///
    /// - Throws: ``Problem``: one of ``problems``, or ``Problem/malformedRequest`` or ``Problem/callerLeft`` if the
    ///   body does not arrive completely; `CancellationError`.
    func decode(from request: inout Request, _ context: APIContext) async throws -> Value {
        try Self.decoded(try await bytes(of: &request, context))
    }

    private func bytes(of request: inout Request, _ context: APIContext) async throws -> ByteBuffer {
        let mediaType = request.headers[.contentType].flatMap(MediaType.init(from:))
        guard let mediaType, mediaType.isType(.applicationJson) else { throw Problem.unsupportedMediaType }
        return try await request.wholeBody(upTo: maximumBytes, context)
    }

    private static func decoded(_ body: ByteBuffer) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
        } catch let error as DecodingError {
            throw Problem(error)
        }
    }

    /// The problems of a body: 415 for another content type, 413 for too many bytes, 400 for invalid JSON, 422 for a
    /// field that is missing or of the wrong type.
    var problems: [ProblemKind] {
        [
            ProblemKind(.unsupportedMediaType), ProblemKind(.bodyTooLarge(than: maximumBytes)),
            ProblemKind(.malformedJSON), .invalidField("A field is missing or invalid."),
        ]
    }
}

extension JSONBody where Value: JSONReadable {
    /// Reads the body in one pass; what cannot be read so is left to `Codable`, which says what is wrong.
    ///
    /// Afterwards the request's inbound stream can be used to detect a disconnect.
    ///
    /// - Throws: As ``decode(from:_:)``.
    func read(from request: inout Request, _ context: APIContext) async throws -> Value {
        let body = try await bytes(of: &request, context)
        if let value = try? Value(json: Array(body.readableBytesView)) { return value }
        return try Self.decoded(body)
    }
}

extension Problem {
    fileprivate static let unsupportedMediaType = Problem(
        status: .unsupportedMediaType,
        code: "unsupported_media_type",
        detail: "The body must be JSON, with the header content-type: application/json."
    )

    fileprivate static let malformedJSON = Problem(
        status: .badRequest,
        code: "malformed_json",
        detail: "The body is not valid JSON."
    )

    /// Creates the problem for a body that cannot be decoded.
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .invalid(context.codingPath + [key], "is missing")
        case .typeMismatch(let type, let context):
            self = .invalid(context.codingPath, "must be \(Self.describe(type))")
        case .valueNotFound(let type, let context):
            self = .invalid(context.codingPath, "must be \(Self.describe(type)), not null")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            self = .invalid(context.codingPath, "has an invalid value")
        default:
            self = .malformedJSON
        }
    }

    private static func invalid(_ path: [any CodingKey], _ what: String) -> Problem {
        let field = path.map(\.stringValue).joined(separator: ".")
        return Problem(
            status: .unprocessableContent,
            code: "invalid_field",
            detail: field.isEmpty ? "The body must be a JSON object." : "\(field) \(what).",
            field: field.isEmpty ? nil : field
        )
    }

    private static func describe(_ type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type, is Double.Type: "a number"
        default: "an object"
        }
    }
}
