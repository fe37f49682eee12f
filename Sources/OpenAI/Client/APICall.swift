import HTTPClient
import HTTPTypes

/// A call of the API, relative to its base URL.
struct APICall: Sendable {
    var method: HTTPRequest.Method
    /// The path's segments below the base URL, not percent-encoded.
    var path: [String]
    /// Whether kinds of objects and IDs alternate in the path, as they do in most of the API.
    var hasIDs = true
    /// The segment of the first kind of object, before which the path has no ID.
    var firstKind = 0
    var query: Query = []
    /// The headers in addition to those of every call.
    var headers: HTTPFields = [:]
    var body: HTTPClientRequest.Body = .none
    /// Whether the response is a stream of events, to which the total timeout does not apply.
    var isStreamed = false
    var repeatability: RetryPolicy.Repeatability = .always
    /// The time left for all attempts and pauses; nil for each attempt's own timeout only.
    var countdown: Countdown?

    typealias Query = [(name: String, value: String?)]

    static func get(_ path: String..., query: Query = []) -> APICall {
        APICall(method: .get, path: path, query: query)
    }

    static func delete(_ path: String...) -> APICall {
        APICall(method: .delete, path: path)
    }

    static func post(_ path: String..., body: HTTPClientRequest.Body = .none) -> APICall {
        APICall(method: .post, path: path, body: body)
    }

    static func post(_ path: String..., json: some Encodable) throws(OpenAIError) -> APICall {
        post(path, json: try WireJSON.encode(json))
    }

    static func post(_ path: String..., json: [UInt8]) -> APICall {
        post(path, json: json)
    }

    private static func post(_ path: [String], json: [UInt8]) -> APICall {
        APICall(method: .post, path: path, headers: [.contentType: "application/json"], body: .bytes(json))
    }
}

extension APICall {
    /// The method, and the path without IDs, such as `GET files/{id}`.
    var operation: String { "\(method.rawValue) \(path(withIDsAs: "{id}"))" }

    /// The path with another text in place of IDs.
    func path(withIDsAs text: String) -> String {
        path.enumerated().map { offset, segment in
            let isID = hasIDs && offset > firstKind && !(offset - firstKind).isMultiple(of: 2)
            return isID ? text : segment
        }.joined(separator: "/")
    }
}
