internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes

/// The calls of a provider's API.
struct ProviderCalls: Sendable {
    let http: HTTPClient
    /// The API's base URL, without a slash at its end.
    let baseURL: String
    /// The value of `Authorization`, a secret.
    let authorization: String

    private static let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(5), total: .seconds(20))
    private static let maximumResponseBytes = 8 << 20

    /// Performs a call with a form, and decodes its response.
    func value<Value: Decodable>(
        _ method: HTTPRequest.Method,
        _ target: String,
        form: FormFields? = nil,
        as type: Value.Type
    ) async throws(SendingError) -> Value {
        try await value(method, target, body: form?.form, contentType: "application/x-www-form-urlencoded", as: type)
    }

    /// Performs a call whose response has no body.
    func perform(_ method: HTTPRequest.Method, _ target: String) async throws(SendingError) {
        _ = try await bytes(method, target, body: nil, contentType: "")
    }

    /// Performs a call with JSON, and decodes its response.
    func value<Value: Decodable>(
        _ method: HTTPRequest.Method,
        _ target: String,
        json: some Encodable,
        as type: Value.Type
    ) async throws(SendingError) -> Value {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(json) else { throw SendingError(.rejected) }
        return try await value(method, target, body: Array(body), contentType: "application/json", as: type)
    }

    private func value<Value: Decodable>(
        _ method: HTTPRequest.Method,
        _ target: String,
        body: [UInt8]?,
        contentType: String,
        as type: Value.Type
    ) async throws(SendingError) -> Value {
        let (status, bytes) = try await bytes(method, target, body: body, contentType: contentType)
        // What was accepted and cannot be read has to be found out.
        guard let value = try? JSONDecoder().decode(type, from: Data(bytes)) else {
            throw SendingError(.unknown, status: status)
        }
        return value
    }

    /// Performs a call, and returns the status and the body of its response.
    private func bytes(
        _ method: HTTPRequest.Method,
        _ target: String,
        body: [UInt8]?,
        contentType: String
    ) async throws(SendingError) -> (status: Int, bytes: [UInt8]) {
        var headers: HTTPFields = [.authorization: authorization, .accept: "application/json"]
        if body != nil { headers[.contentType] = contentType }
        guard let head = HTTPRequest(method, url: baseURL + target, headers: headers) else {
            throw SendingError(.rejected)
        }
        let request = HTTPClientRequest(head, body: body.map { .bytes($0) } ?? .none, timeouts: Self.timeouts)
        let (status, fields, bytes) = try await reply(to: request)
        guard (200..<300).contains(status) else {
            let fault = try? JSONDecoder().decode(Fault.self, from: Data(bytes))
            throw SendingError(status: status, code: fault?.number, headers: fields)
        }
        return (status, bytes)
    }

    private func reply(to request: HTTPClientRequest) async throws(SendingError) -> (Int, HTTPFields, [UInt8]) {
        do {
            let response = try await http.execute(request)
            let bytes = try await response.body.collect(upTo: Self.maximumResponseBytes)
            return (response.head.status.code, response.head.headerFields, bytes)
        } catch {
            throw SendingError(error)
        }
    }

    /// The code in the body of an error: Twilio's object, or the first of Telnyx's list.
    private struct Fault: Decodable {
        let code: Int?
        let errors: [Detail]?

        var number: Int? { code ?? errors?.first?.code.flatMap { Int($0) } }

        struct Detail: Decodable {
            let code: String?
        }
    }
}
