internal import FoundationEssentials
internal import HTTPTypes

/// The verification and reading of Twilio's webhooks.
struct TwilioWebhooks: Sendable {
    let account: String
    /// The key of signatures with SHA-1; nil if only keys of one's own are in use.
    let authToken: String?
    /// The keys of one's own by their names.
    ///
    /// During a rotation the old and the new one are valid.
    let keys: [String: String]

    static let signature = HTTPField.Name(verified: "X-Twilio-Signature")
    static let settings = HTTPField.Name(verified: "X-Twilio-Webhooks-Signature-Settings")

    func verify(_ request: WebhookRequest, at address: PublicAddress) throws(WebhookRefusal) {
        guard let signature = request.headers[Self.signature], !signature.isEmpty,
            let (key, algorithm) = key(for: request)
        else { throw .forged }
        let fields = try signedFields(of: request)
        let isSigned = address.urls(request.target).contains { url in
            TwilioSignature.of(url, fields, key: key, algorithm).isEqualInConstantTime(to: signature)
        }
        guard isSigned else { throw .forged }
        guard try Self.fields(of: request)["AccountSid"] == account else { throw .foreignAccount }
    }

    /// Returns the key that the request names; nil if it is unknown.
    ///
    /// A request that names a key is never verified with the auth token.
    private func key(for request: WebhookRequest) -> (String, TwilioSignature.Algorithm)? {
        guard let settings = request.headers[Self.settings] else { return authToken.map { ($0, .sha1) } }
        var values: [String: String] = [:]
        for setting in settings.split(separator: ",") {
            let parts = setting.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            if parts.count == 2 { values[parts[0].lowercased()] = parts[1] }
        }
        guard values["algorithm"] == "HMAC_SHA256", let name = values["key"], let key = keys[name] else { return nil }
        return (key, .sha256)
    }

    /// The fields that the signature covers besides the URL: those of a form.
    ///
    /// The hash of another body is in the URL.
    private func signedFields(of request: WebhookRequest) throws(WebhookRefusal) -> FormFields {
        if request.method == .get || request.method == .head { return [:] }
        guard request.isJSON else { return try Self.form(request.body) }
        guard let hash = try Self.form(Array(request.query.utf8))["bodySHA256"],
            TwilioSignature.hash(of: request.body).isEqualInConstantTime(to: hash.lowercased())
        else { throw .forged }
        return [:]
    }

    /// The fields of the query of a GET, of a form, or of a JSON object.
    private static func fields(of request: WebhookRequest) throws(WebhookRefusal) -> FormFields {
        if request.method == .get || request.method == .head { return try form(Array(request.query.utf8)) }
        guard request.isJSON else { return try form(request.body) }
        guard let object = try? JSONDecoder().decode([String: FieldValue].self, from: Data(request.body)) else {
            throw .malformed
        }
        return FormFields(object.compactMapValues(\.text))
    }

    private static func form(_ bytes: [UInt8]) throws(WebhookRefusal) -> FormFields {
        guard let fields = FormFields(form: bytes) else { throw .malformed }
        return fields
    }

    func event(in request: WebhookRequest) throws(WebhookRefusal) -> WebhookEvent {
        let fields = try Self.fields(of: request)
        if let status = fields["MessageStatus"], !status.isEmpty {
            guard let id = fields["MessageSid"], !id.isEmpty else { throw .incomplete(["MessageSid"]) }
            guard let status = DeliveryStatus(rawValue: status) else { return .other }
            return .report(DeliveryReport(id: id, status: status, code: fields["ErrorCode"].flatMap { Int($0) }))
        }
        return .message(try Self.message(fields))
    }

    private static func message(_ fields: FormFields) throws(WebhookRefusal) -> IncomingMessage {
        let media = (0..<(fields["NumMedia"].flatMap { Int($0) }.map { min(max($0, 0), 10) } ?? 0)).compactMap {
            index in
            fields["MediaUrl\(index)"].map {
                IncomingMessage.Media(url: $0, contentType: fields["MediaContentType\(index)"] ?? "")
            }
        }
        var required = ["MessageSid", "From", "To"]
        if media.isEmpty { required.append("Body") }
        let missing = required.filter { fields[$0]?.isEmpty ?? true }
        guard missing.isEmpty else { throw .incomplete(missing) }
        let (from, to) = (PhoneNumber(fields["From"] ?? ""), PhoneNumber(fields["To"] ?? ""))
        guard let id = fields["MessageSid"], id.isWord, id.utf8.count <= 64, let from, let to else {
            throw .malformed
        }
        return IncomingMessage(id: id, from: from, to: to, body: fields["Body"] ?? "", media: media)
    }

    /// A value of a JSON object: a text, or a number as text.
    private struct FieldValue: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = (try? value.decode(String.self)) ?? (try? value.decode(Int.self)).map(String.init)
        }
    }
}
