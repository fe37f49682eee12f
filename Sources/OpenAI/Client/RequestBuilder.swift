import FoundationEssentials
import HTTPClient
import HTTPTypes

/// Creates the HTTP requests of calls to one API with one key.
struct RequestBuilder: Sendable {
    private let base: OpenAIBaseURL
    private let unixSocketPath: String?
    private let timeouts: HTTPClientRequest.Timeouts
    private let commonHeaders: HTTPFields

    init(configuration: OpenAIConfiguration) throws(OpenAIError) {
        base = try OpenAIBaseURL(configuration.baseURL)
        unixSocketPath = configuration.unixSocketPath
        timeouts = configuration.timeouts
        var headers: HTTPFields = [.userAgent: configuration.userAgent]
        let key = if let key = configuration.apiKey { try Self.validated(key, "API key") } else { nil as String? }
        if let header = configuration.apiKeyHeader {
            guard let name = HTTPField.Name(header), name != .authorization else {
                throw OpenAIError(.invalidConfiguration, "The header of the API key is not the name of a header.")
            }
            headers[name] = key
        } else {
            headers[.authorization] = key.map { "Bearer \($0)" }
        }
        if let organization = configuration.organization {
            headers["OpenAI-Organization"] = try Self.validated(organization, "organization")
        }
        if let project = configuration.project {
            headers["OpenAI-Project"] = try Self.validated(project, "project")
        }
        commonHeaders = headers
    }

    /// Creates the request of one attempt at a call, with a client request ID of its own.
    ///
    /// - Throws: ``OpenAIError`` with code `invalidRequest` for an ID that cannot be a path segment, `deadlinePassed`
    ///   if no time is left.
    func request(for call: APICall) throws(OpenAIError) -> HTTPClientRequest {
        var path = base.pathPrefix
        for segment in call.path {
            // Dot segments are removed on the way even if encoded; an empty one makes a path of another resource.
            guard !["", ".", ".."].contains(segment) else {
                throw OpenAIError(.invalidRequest, "An object's ID is empty or not an ID.")
            }
            path += "/" + segment.percentEncoded()
        }
        let query = call.query.compactMap { name, value in
            value.map { "\(name.percentEncoded())=\($0.percentEncoded())" }
        }
        if !query.isEmpty { path += "?" + query.joined(separator: "&") }

        var headers = commonHeaders
        headers[.accept] = call.isStreamed ? "text/event-stream" : "application/json"
        headers["X-Client-Request-Id"] = String(UInt64.random(in: 0 ... .max), radix: 16)
        for field in call.headers { headers[field.name] = field.value }

        var request = HTTPClientRequest(
            HTTPRequest(
                method: call.method,
                scheme: base.scheme,
                authority: base.authority,
                path: path,
                headerFields: headers
            ),
            body: call.body
        )
        request.unixSocketPath = unixSocketPath
        request.timeouts = try timeouts(for: call)
        if call.isStreamed { request.readBufferSize = Self.streamReadBufferSize }
        return request
    }

    /// The call as errors show it: the method, and the path without IDs, such as
    /// `POST /v1/vector_stores/…/file_batches`.
    ///
    /// Of the base URL's path only a version is shown, since the rest may identify an account.
    func outline(of call: APICall) -> String {
        let version = base.pathPrefix.split(separator: "/").last.flatMap { last in
            last.first == "v" && last.count > 1 && last.dropFirst().allSatisfy(\.isNumber) ? "/\(last)" : nil
        }
        return "\(call.method.rawValue) \(version ?? "")/\(call.path(withIDsAs: "…"))"
    }

    /// Events are small and arrive over minutes, in thousands of streams at once.
    private static let streamReadBufferSize = 2048

    private func timeouts(for call: APICall) throws(OpenAIError) -> HTTPClientRequest.Timeouts {
        var timeouts = timeouts
        if call.isStreamed { timeouts.total = nil }
        if let left = call.countdown?.remaining {
            guard left > .zero else { throw OpenAIError(.deadlinePassed) }
            timeouts.total = timeouts.total.map { min($0, left) } ?? left
        }
        return timeouts
    }

    /// Returns the text if it is a valid header value without spaces.
    private static func validated(_ text: String, _ name: String) throws(OpenAIError) -> String {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw OpenAIError(
                .invalidConfiguration,
                "The \(name) is empty, or holds spaces or characters beyond ASCII."
            )
        }
        return text
    }
}

extension RequestBuilder: CustomReflectable {
    /// An empty mirror, so that no dump of a client shows the API key.
    var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
