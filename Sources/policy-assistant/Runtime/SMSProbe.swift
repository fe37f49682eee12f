internal import HTTPClient
internal import HTTPTypes
internal import PolicyAssistant
internal import SMS

/// Posts a signed text message to `PUBLIC_URL`, as the provider would, to find out what arrives.
enum SMSProbe {
    private static let subject = "text messages"
    private static let maximumBytes = 64 * 1024

    /// Returns the finding; none without text messages.
    static func findings(_ runtime: Runtime) async -> [Finding] {
        guard let sms = runtime.assistant.sms else { return [] }
        guard let (url, request) = sms.signedSample() else {
            let text = "\(sms.provider.name); only the provider can sign, so that its webhook cannot be tried from here"
            return [Finding(level: .warning, subject: subject, text: text)]
        }
        guard var head = HTTPRequest(request.method, url: url, headers: request.headers) else { return [] }
        head.headerFields[.userAgent] = "policy-assistant/\(Version.current)"
        let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(5), total: .seconds(15))
        do {
            let response = try await runtime.http.execute(
                HTTPClientRequest(head, body: .bytes(request.body), timeouts: timeouts)
            )
            let body = try await response.body.collect(upTo: maximumBytes)
            return [finding(response.head.status.code, String(decoding: body, as: UTF8.self), at: url, sms)]
        } catch {
            let text = "\(url) cannot be reached: \(error.code); the provider calls this address of PUBLIC_URL"
            return [Finding(level: .fault, subject: subject, text: text)]
        }
    }

    private static func finding(_ status: Int, _ body: String, at url: String, _ sms: SMSChannel) -> Finding {
        switch status {
        case 200 where body == sms.provider.acknowledgement.body:
            return Finding(level: .good, subject: subject, text: "a message signed for \(url) arrives, and is accepted")
        case 403:
            let text = """
                a message signed for \(url) arrives, and is refused: the server that answers there has another PUBLIC_URL, \
                other credentials or other SMS_NUMBERS, or a proxy changes the path
                """
            return Finding(level: .fault, subject: subject, text: text)
        case 404:
            let text = "\(url) has no such route: the server that answers there has no SMS_PROVIDER, or is another one"
            return Finding(level: .fault, subject: subject, text: text)
        default:
            let text =
                "a message signed for \(url) gets status \(status), which is no answer of a server with text messages"
            return Finding(level: .fault, subject: subject, text: text)
        }
    }
}
