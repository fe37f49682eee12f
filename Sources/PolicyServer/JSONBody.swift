internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Reads a request's JSON, and says what is wrong with it.
enum JSONBody {
    /// The largest body accepted, in bytes: any message within the limits fits, whatever its escapes.
    static func maximumBytes(forMessagesOf characters: Int) -> Int { 16 * 1024 + 12 * characters }

    /// Reads the body, and leaves the request fit for what watches whether its caller goes away.
    ///
    /// - Throws: ``Problem``: 415 for another content type, 413 for too many bytes, 400 for what is not JSON, 422 for
    ///   a field that is missing or of the wrong type.
    static func decode<Value: Decodable>(
        _ type: Value.Type,
        from request: inout Request,
        upTo maximumBytes: Int
    ) async throws -> Value {
        let mediaType = request.headers[.contentType].flatMap(MediaType.init(from:))
        guard let mediaType, mediaType.isType(.applicationJson) else {
            throw Problem(
                status: .unsupportedMediaType,
                code: "unsupported_media_type",
                detail: "The body must be JSON, with the header content-type: application/json."
            )
        }
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: maximumBytes)
        } catch is NIOTooManyBytesError {
            throw Problem(
                status: .contentTooLarge,
                code: "body_too_large",
                detail: "The body must have at most \(maximumBytes) bytes."
            )
        }
        do {
            return try JSONDecoder().decode(type, from: Data(body.readableBytesView))
        } catch let error as DecodingError {
            throw problem(error)
        }
    }

    private static func problem(_ error: DecodingError) -> Problem {
        switch error {
        case .keyNotFound(let key, _):
            invalid(key.stringValue, "is missing")
        case .typeMismatch(let type, let context):
            invalid(name(context.codingPath), "must be \(describe(type))")
        case .valueNotFound(let type, let context):
            invalid(name(context.codingPath), "must be \(describe(type)), not null")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            invalid(name(context.codingPath), "is not acceptable")
        default:
            Problem(status: .badRequest, code: "malformed_json", detail: "The body is not valid JSON.")
        }
    }

    private static func invalid(_ field: String, _ what: String) -> Problem {
        guard !field.isEmpty else {
            return Problem(
                status: .unprocessableContent,
                code: "invalid_field",
                detail: "The body must be a JSON object."
            )
        }
        return Problem(
            status: .unprocessableContent,
            code: "invalid_field",
            detail: "\(field) \(what).",
            field: field
        )
    }

    private static func name(_ path: [any CodingKey]) -> String {
        path.map(\.stringValue).joined(separator: ".")
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
