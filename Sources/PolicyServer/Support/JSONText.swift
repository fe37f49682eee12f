internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import NIOCore

/// The encoding of the API's JSON: sorted keys, and slashes unescaped.
///
/// Bodies spell their keys out in `CodingKeys`: converting the keys of an answer to snake case takes the encoder as
/// long as all the rest of it.
enum JSONText {
    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// Encodes a value on one line.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot represent, such as a number that is not finite.
    static func of(_ value: some Encodable) throws -> [UInt8] { Array(try encoder.encode(value)) }

    /// Encodes a constant of the program, which is known to be encodable.
    static func ofConstant(_ value: some Encodable) -> [UInt8] {
        do { return try of(value) } catch { preconditionFailure("a constant cannot be encoded: \(error)") }
    }
}

extension Response {
    /// Creates a response with a value's JSON as its body.
    ///
    /// - Throws: `EncodingError`, see ``JSONText/of(_:)``.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        contentType: String = "application/json",
        headers: HTTPFields = [:]
    ) throws -> Response {
        json(try JSONText.of(value), status: status, contentType: contentType, headers: headers)
    }

    /// Creates a response with a value that writes itself as its body.
    static func json(_ value: some JSONWritable, headers: HTTPFields = [:]) -> Response {
        json(value.json, status: .ok, contentType: "application/json", headers: headers)
    }

    private static func json(
        _ json: [UInt8],
        status: HTTPResponse.Status,
        contentType: String,
        headers: HTTPFields
    ) -> Response {
        var headers = headers
        headers[.contentType] = contentType
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}
