import Foundation
import HTTPTypes
import Testing

@testable import OpenAI

@Suite struct OpenAIErrorTests {
    struct Row: CustomTestStringConvertible {
        let status: Int
        let body: String
        let code: OpenAIError.Code

        init(_ status: Int, _ body: String, _ code: OpenAIError.Code) {
            (self.status, self.body, self.code) = (status, body, code)
        }

        var testDescription: String { "\(status) \(body)" }
    }

    private static func envelope(_ code: String?, type: String = "invalid_request_error") -> String {
        let code = code.map { "\"\($0)\"" } ?? "null"
        return #"{"error":{"message":"m","type":"\#(type)","param":null,"code":\#(code)}}"#
    }

    static let rows = [
        Row(400, envelope("conversation_locked"), .conversationLocked),
        Row(400, envelope("context_length_exceeded"), .contextLengthExceeded),
        Row(400, envelope("invalid_item"), .invalidRequest),
        Row(400, envelope(nil), .invalidRequest),
        Row(401, envelope("invalid_api_key"), .unauthorized),
        Row(401, envelope(nil), .unauthorized),
        Row(403, envelope("unsupported_country_region_territory"), .forbidden),
        Row(404, envelope(nil), .notFound),
        Row(404, envelope("model_not_found"), .modelNotFound),
        Row(404, envelope("DeploymentNotFound"), .modelNotFound),
        Row(400, envelope("model_not_found"), .modelNotFound),
        Row(404, #"{"message":"No such thing"}"#, .notFound),
        Row(404, "", .notFound),
        Row(404, "<html><body>404 Not Found</body></html>", .malformedAnswer),
        Row(408, "", .timedOut),
        Row(409, envelope(nil), .conflict),
        Row(413, "", .invalidRequest),
        Row(422, #"{"detail":[]}"#, .invalidRequest),
        Row(429, envelope("rate_limit_exceeded", type: "requests"), .rateLimited),
        Row(429, envelope("rate_limit_exceeded", type: "tokens"), .rateLimited),
        Row(429, "", .rateLimited),
        Row(429, envelope("insufficient_quota", type: "insufficient_quota"), .quotaExhausted),
        Row(429, envelope("credit_balance_exhausted"), .quotaExhausted),
        Row(429, envelope("organization_spend_limit_exceeded"), .quotaExhausted),
        Row(429, envelope("project_spend_limit_exceeded"), .quotaExhausted),
        Row(429, envelope("organization_usage_limit_exceeded"), .quotaExhausted),
        Row(429, envelope("something_new", type: "insufficient_quota"), .quotaExhausted),
        Row(429, envelope("rate_limit_exceeded", type: "insufficient_quota"), .quotaExhausted),
        Row(500, envelope("server_error", type: "server_error"), .serverError),
        Row(502, "<html><body>Bad Gateway</body></html>", .serverError),
        Row(503, envelope("server_is_overloaded", type: "server_error"), .overloaded),
        Row(503, envelope("slow_down", type: "server_error"), .overloaded),
        Row(503, envelope(nil, type: "server_error"), .overloaded),
        Row(504, "", .timedOut),
        Row(302, "", .malformedAnswer),
    ]

    @Test(arguments: rows)
    func tellsKindsApart(_ row: Row) {
        #expect(error(row.status, row.body).code == row.code)
    }

    @Test func keepsTheFieldsOfTheEnvelope() {
        let error = error(
            400,
            #"{"error":{"message":"Another process is at work.","type":"invalid_request_error","param":"conversation","#
                + #""code":"conversation_locked"}}"#,
            headers: [(.init("x-request-id"), "req_1")]
        )
        #expect(error.status == 400)
        #expect(error.apiCode == "conversation_locked")
        #expect(error.apiType == "invalid_request_error")
        #expect(error.param == "conversation")
        #expect(error.requestID == "req_1")
        #expect(error.upstreamMessage == "Another process is at work.")
    }

    @Test(
        arguments: [
            (#"{"message":"bare"}"#, "bare"),
            (#"{"error":"text"}"#, "text"),
            (#"{"error":{"message":"m","code":404}}"#, "m"),
            (#"{"error":{"message":"m","code":null,"param":["x"]},"detail":{"message":"n","code":"c"}}"#, "m"),
            (#"{"error":null,"message":"m"}"#, "m"),
            (#"{"detail":"m"}"#, "m"),
            (#"[1]"#, nil),
            (#"{}"#, nil),
            ("<html>", nil),
            ("", nil),
        ] as [(String, String?)]
    )
    func findsUpstreamsWordsInEveryShape(_ body: String, _ message: String?) {
        #expect(error(400, body).upstreamMessage == message)
    }

    @Test func readsACodeThatIsANumber() {
        #expect(error(404, #"{"error":{"message":"m","code":404}}"#).apiCode == "404")
    }

    @Test func showsNothingOfUpstreamsMessage() {
        let error = error(400, #"{"error":{"message":"You asked: what does Ana earn?","type":"t","code":"c"}}"#)
        #expect(!"\(error)".contains("Ana"))
        #expect(!error.message.contains("Ana"))
        #expect(
            error.description
                == "invalidRequest: The OpenAI service rejected the request as invalid. (400 c)"
        )
    }

    @Test func keepsAPauseOfAnyLength() {
        let hint = RetryHint(delay: .seconds(3_600))
        let error = OpenAIError(head: HTTPResponse(status: .tooManyRequests), body: [], hint: hint)
        #expect(error.retryAfter == .seconds(3_600))
    }

    @Test(arguments: ["", "what does Ana earn?", "a\"b", String(repeating: "x", count: 129)])
    func takesForARequestIDOnlyWhatIsOne(_ id: String) {
        #expect(error(500, "", headers: [(.init("x-request-id"), id)]).requestID == nil)
    }

    @Test(arguments: [
        "what does Ana earn", "a\u{1b}c", "ü", "sk-proj-abc", "", String(repeating: "x", count: 65), "a:b",
    ])
    func letsNoServerWriteIntoALog(_ words: String) throws {
        let value = try #require(String(bytes: try WireJSON.encode(words), encoding: .utf8))
        let body = #"{"error":{"message":\#(value),"type":\#(value),"param":\#(value),"code":\#(value)}}"#
        let error = error(400, body)
        #expect(error.apiCode == nil && error.apiType == nil && error.param == nil)
        #expect(words.isEmpty || !"\(error)".contains(words))
    }

    @Test func describesTheCallTheStatusTheCodeAndTheRequest() {
        var error = OpenAIError(.invalidRequest, status: 400, apiType: "invalid_request_error", requestID: "req_1")
        #expect(error.summary == "400 invalid_request_error, request req_1")
        error.call = "POST /v1/vector_stores/…/file_batches"
        #expect(
            error.summary == "POST /v1/vector_stores/…/file_batches: 400 invalid_request_error, request req_1"
        )
        error.apiCode = "invalid_value"
        #expect(error.description.hasSuffix("file_batches: 400 invalid_value, request req_1)"))
        #expect(OpenAIError(.invalidConfiguration).summary == nil)
    }

    @Test func showsOperatorsAShortCleanMessage() {
        let words = "Incorrect API key\n\u{1b}[31m sk-abc123 provided: " + String(repeating: "x", count: 500)
        let shown = error(401, #"{"error":{"message":"\#(words.debugDescription.dropFirst().dropLast())"}}"#)
        #expect(shown.operatorMessage == nil || shown.operatorMessage?.contains("sk-") == false)
        let message = OpenAIError(.unauthorized, upstreamMessage: words).operatorMessage
        #expect(message?.hasPrefix("Incorrect API key [31m … provided: xxx") == true)
        #expect(message?.count == 301)
        #expect(OpenAIError(.unauthorized, upstreamMessage: " \n").operatorMessage == nil)
    }

    @Test(arguments: [
        ("rate_limit_exceeded", OpenAIError.Code.rateLimited),
        ("server_error", .serverError),
        ("vector_store_timeout", .timedOut),
        ("invalid_prompt", .invalidRequest),
        ("bio_policy", .forbidden),
        ("credit_balance_exhausted", .quotaExhausted),
        ("something_new", .serverError),
    ])
    func tellsKindsApartInsideAGoodAnswer(_ code: String, _ expected: OpenAIError.Code) {
        var detail = ErrorDetail(message: "m")
        detail.code = code
        #expect(OpenAIError(detail).code == expected)
    }

    private func error(_ status: Int, _ body: String, headers: [(HTTPField.Name?, String)] = []) -> OpenAIError {
        var fields = HTTPFields()
        for case (let name?, let value) in headers { fields[name] = value }
        let head = HTTPResponse(status: .init(code: status), headerFields: fields)
        return OpenAIError(head: head, body: Array(body.utf8), hint: RetryHint())
    }
}
