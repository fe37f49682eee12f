import HTTPTypes

extension OpenAIError {
    /// Creates the error that an answer other than 2xx amounts to.
    ///
    /// - Parameters:
    ///   - head: The answer's head.
    ///   - body: The answer's body; empty if there was none or it could not be read.
    ///   - hint: What the head says about trying again.
    ///   - call: The call that was answered.
    init(head: HTTPResponse, body: [UInt8], hint: RetryHint, call: APICall? = nil) {
        let status = head.status.code
        let envelope = try? WireJSON.decode(ErrorEnvelope.self, from: body)
        let code: Code =
            if envelope == nil && !body.isEmpty && status == 404 {
                // A page that says 404 is no word of the API about an object: most likely the base URL is wrong, and to
                // take it for "already gone" would lose track of what still exists.
                .malformedAnswer
            } else if status == 400, envelope?.detail.message.map(Self.speaksOfActiveRun) ?? false {
                .threadBusy
            } else if status == 400, let call, let detail = envelope?.detail, detail.saysUnknown(call) {
                .notFound
            } else {
                .classifying(status: status, apiCode: envelope?.detail.code, apiType: envelope?.detail.type)
            }
        self.init(
            code,
            status: status,
            apiCode: envelope?.detail.code,
            apiType: envelope?.detail.type,
            param: envelope?.detail.param,
            requestID: head.headerFields.requestID,
            retryAfter: hint.delay,
            upstreamMessage: envelope?.detail.message
        )
    }

    /// Creates the error that an error object inside a successful answer amounts to: of a stream, or of a failed
    /// response.
    init(_ detail: ErrorDetail) {
        self.init(
            .classifying(status: nil, apiCode: detail.code, apiType: detail.type),
            apiCode: detail.code,
            apiType: detail.type,
            param: detail.param,
            upstreamMessage: detail.message
        )
    }
}

extension HTTPFields {
    /// The API's ID of the request; nil where there is none, or where it is no ID that a log line can carry.
    var requestID: String? {
        self["x-request-id"].flatMap { id in
            (1...128).contains(id.utf8.count)
                && id.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") } ? id : nil
        }
    }

    /// The value of the field of this name; a name that is no legal field name has none and takes none.
    subscript(name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}
