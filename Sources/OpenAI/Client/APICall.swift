import HTTPClient
import HTTPTypes

/// One call of the API, before it is known where the API is.
struct APICall: Sendable {
    var method: HTTPRequest.Method
    /// The path below the base URL, unencoded: each segment stays one segment, whatever it holds.
    var path: [String]
    var query: Query = []
    /// Headers beside those that every call has.
    var headers: HTTPFields = [:]
    var body: HTTPClientRequest.Body = .none
    /// Whether the answer is a stream of events, which may take as long as it likes between start and end.
    var isStreamed = false
    var repeatability: RetryPolicy.Repeatability = .always
    /// The time left for the whole of it, attempts and pauses; nil for no bound but each attempt's own.
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
