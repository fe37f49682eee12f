internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1

/// The JSON that a route takes: read by what it is described by.
struct JSONBody<Value: Codable & Sendable>: Sendable {
    /// What the JSON looks like.
    let schema: Schema
    /// Values as they might well be, by their names.
    let examples: [(name: String, value: Value)]
    /// The largest body accepted, in bytes.
    let maximumBytes: Int

    /// What the API's description says of it.
    var description: BodyDescription {
        BodyDescription(
            schema: schema,
            examples: examples.map { ($0.name, .of($0.value)) },
            maximumBytes: maximumBytes
        )
    }

    /// Reads the body, and leaves the request fit for what watches whether its caller goes away.
    ///
    /// - Throws: ``Problem``, one of ``problems``, or ``Problem/malformedRequest`` or ``Problem/callerLeft`` where the
    ///   body does not arrive whole; `CancellationError`.
    func decode(from request: inout Request, _ context: APIContext) async throws -> Value {
        let mediaType = request.headers[.contentType].flatMap(MediaType.init(from:))
        guard let mediaType, mediaType.isType(.applicationJson) else { throw Problem.unsupportedMediaType }
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > maximumBytes { throw Problem.bodyTooLarge(than: maximumBytes) }
        context.askForBody(of: request)
        let body = try await collect(from: &request)
        if let announced, body.readableBytes < announced { throw Problem.callerLeft }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
        } catch let error as DecodingError {
            throw Problem(error)
        }
    }

    /// Returns the body as it arrived; what keeps it from arriving is the caller's doing, or the network's.
    private func collect(from request: inout Request) async throws -> ByteBuffer {
        do {
            let body = try await request.collectBody(upTo: maximumBytes)
            // The body of a task that is cancelled just ends.
            try Task.checkCancellation()
            return body
        } catch is NIOTooManyBytesError {
            throw Problem.bodyTooLarge(than: maximumBytes)
        } catch is HTTPParserError {
            throw Problem.malformedRequest
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Problem.callerLeft
        }
    }

    /// What is answered to a body that cannot be taken: 415 for another content type, 413 for too many bytes, 400 for
    /// what is not JSON, 422 for a field that is missing or of the wrong type.
    var problems: [ProblemKind] {
        [
            ProblemKind(.unsupportedMediaType), ProblemKind(.bodyTooLarge(than: maximumBytes)),
            ProblemKind(.malformedJSON), .invalidField("A field is missing, or is not as it must be."),
        ]
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

    fileprivate static func bodyTooLarge(than maximumBytes: Int) -> Problem {
        Problem(
            status: .contentTooLarge,
            code: "body_too_large",
            detail: "The body must have at most \(maximumBytes) bytes."
        )
    }

    /// Says what is wrong with a body.
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .invalid(context.codingPath + [key], "is missing")
        case .typeMismatch(let type, let context):
            self = .invalid(context.codingPath, "must be \(Self.describe(type))")
        case .valueNotFound(let type, let context):
            self = .invalid(context.codingPath, "must be \(Self.describe(type)), not null")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            self = .invalid(context.codingPath, "is not acceptable")
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
