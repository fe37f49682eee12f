import HTTPTypes

extension OpenAIError {
    /// Creates the error of a response whose status is not 2xx.
    ///
    /// - Parameters:
    ///   - head: The response's head.
    ///   - body: The response's body; empty if there was none or it could not be read.
    ///   - hint: What the head says about a retry.
    ///   - call: The call.
    init(head: HTTPResponse, body: [UInt8], hint: RetryHint, call: APICall? = nil) {
        let status = head.status.code
        let envelope = try? WireJSON.decode(ErrorEnvelope.self, from: body)
        let code: Code =
            if envelope == nil && !body.isEmpty && status == 404 {
                // A 404 that is not the API's says nothing about an object: the base URL is probably wrong, and to take
                // the object for deleted would lose track of it.
                .malformedAnswer
            } else if status == 400, envelope?.detail.message.map(Self.saysActiveRun) ?? false {
                .threadBusy
            } else if status == 400, let call, let detail = envelope?.detail, detail.saysNotFound(call) {
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

    /// Creates the error of an error object in a successful response: of a stream, or of a failed run.
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
    /// The API's ID of the request, if it is fit for a log line.
    var requestID: String? {
        self["x-request-id"].flatMap { id in
            (1...128).contains(id.utf8.count)
                && id.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") } ? id : nil
        }
    }

    /// The value of the field of this name; an invalid name has no value.
    subscript(name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}
