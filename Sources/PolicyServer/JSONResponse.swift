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
    static func of(_ value: some Encodable) -> [UInt8] {
        // Answers are structs of strings and numbers that are always finite: there is nothing in them that could fail.
        (try? encoder.encode(value)).map(Array.init) ?? []
    }
}

extension Response {
    /// Makes an answer of a value's JSON.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        contentType: String = "application/json",
        headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = contentType
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONText.of(value)))
        )
    }
}
