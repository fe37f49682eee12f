internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The JSON of values, with their keys in order, and slashes as they are.
enum JSONText {
    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// Returns a value's JSON, on one line.
    ///
    /// - Throws: `EncodingError` for what JSON cannot hold, such as a number that is not finite.
    static func of(_ value: some Encodable) throws -> [UInt8] { Array(try encoder.encode(value)) }

    /// Returns the JSON of a value that the program holds as a constant, and that therefore can be encoded.
    static func ofConstant(_ value: some Encodable) -> [UInt8] {
        do { return try of(value) } catch { preconditionFailure("a constant cannot be encoded: \(error)") }
    }
}

extension Response {
    /// Creates an answer of a value's JSON.
    ///
    /// - Throws: `EncodingError`, see ``JSONText/of(_:)``.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        contentType: String = "application/json",
        headers: HTTPFields = [:]
    ) throws -> Response {
        let body = ByteBuffer(bytes: try JSONText.of(value))
        var headers = headers
        headers[.contentType] = contentType
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: body)
        )
    }
}
