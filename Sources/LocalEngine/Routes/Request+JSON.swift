internal import Foundation
internal import Hummingbird
internal import NIOCore

extension Request {
    /// The largest JSON body that is read; a batch of 2000 files with full attributes fits.
    static let maximumJSONBytes = 24 * 1024 * 1024

    /// Reads the body as a JSON object that may have the known fields and no others.
    ///
    /// - Parameters:
    ///   - known: The fields of the API.
    ///   - optional: Whether a missing body counts as an empty object.
    /// - Returns: The object's fields.
    /// - Throws: `APIError`, or the connection's error if the body does not arrive.
    func fields(known: Set<String>, optional: Bool = false) async throws -> RequestFields {
        let body: ByteBuffer
        do {
            body = try await self.body.collect(upTo: Self.maximumJSONBytes)
        } catch is NIOTooManyBytesError {
            throw APIError.tooLarge("The request body", maximum: Self.maximumJSONBytes)
        }
        if optional, body.readableBytes == 0 { return try RequestFields([:], known: known) }
        guard let value = try? JSONValue(json: Data(body.readableBytesView)) else { throw APIError.malformedJSON }
        return try RequestFields(value, known: known)
    }

    /// The options in the `include` parameters of the query.
    func include() throws(APIError) -> Set<IncludeOption> {
        try IncludeOption.set(of: includedNames)
    }

    /// Whether the `include` parameters of the query request the texts that a run's steps found.
    func includesStepContent() throws(APIError) -> Bool {
        let content = "step_details.tool_calls[*].file_search.results[*].content"
        for name in includedNames where name != content {
            throw .notOneOf("include", got: name, allowed: [content])
        }
        return !includedNames.isEmpty
    }

    /// The values of the `include` parameters, which are named `include` or `include[]`.
    private var includedNames: [String] {
        let parameters = uri.queryParameters.filter { parameter in
            // The brackets may be percent-encoded.
            ["include", "include[]"].contains(String(parameter.key).removingPercentEncoding)
        }
        return parameters.map { String($0.value) }
    }
}
