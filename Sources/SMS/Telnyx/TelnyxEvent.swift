/// A message in the body of `POST /v2/messages`.
struct TelnyxMessage: Encodable {
    let from: String
    let to: String
    let text: String?
    let mediaURLs: [String]?
    let webhookURL: String

    private enum CodingKeys: String, CodingKey {
        case from, to, text
        case mediaURLs = "media_urls"
        case webhookURL = "webhook_url"
    }
}

/// The body of Telnyx's webhooks.
struct TelnyxEvent: Decodable {
    let data: Body

    struct Body: Decodable {
        let eventType: String
        let payload: Payload?

        private enum CodingKeys: String, CodingKey {
            case eventType = "event_type"
            case payload
        }
    }

    struct Payload: Decodable {
        let id: String?
        let from: Party?
        let to: [Party]?
        let text: String?
        let media: [Media]?
        let errors: [Fault]?
    }

    struct Party: Decodable {
        let number: String?
        let status: String?

        private enum CodingKeys: String, CodingKey {
            case number = "phone_number"
            case status
        }
    }

    struct Media: Decodable {
        let url: String
        let contentType: String?

        private enum CodingKeys: String, CodingKey {
            case url
            case contentType = "content_type"
        }
    }

    struct Fault: Decodable {
        let code: String?
    }

    var event: WebhookEvent {
        get throws(WebhookRefusal) {
            switch data.eventType {
            case "message.received": .message(try message)
            case "message.sent", "message.finalized": try report
            default: .other
            }
        }
    }

    private var message: IncomingMessage {
        get throws(WebhookRefusal) {
            let payload = data.payload
            let media = (payload?.media ?? []).prefix(10).map {
                IncomingMessage.Media(url: $0.url, contentType: $0.contentType ?? "")
            }
            let (id, from, to) = (payload?.id ?? "", payload?.from?.number ?? "", payload?.to?.first?.number ?? "")
            let fields = [("id", id), ("from", from), ("to", to), ("text", media.isEmpty ? payload?.text ?? "" : "…")]
            let missing = fields.filter(\.1.isEmpty).map(\.0)
            guard missing.isEmpty else { throw .incomplete(missing) }
            guard let from = PhoneNumber(from), let to = PhoneNumber(to), id.utf8.count <= 64, id.isWord else {
                throw .malformed
            }
            return IncomingMessage(id: id, from: from, to: to, body: payload?.text ?? "", media: Array(media))
        }
    }

    private var report: WebhookEvent {
        get throws(WebhookRefusal) {
            guard let id = data.payload?.id, !id.isEmpty else { throw .incomplete(["id"]) }
            guard let word = data.payload?.to?.first?.status, let status = Self.statuses[word] else { return .other }
            let code = data.payload?.errors?.first?.code.flatMap { Int($0) }
            return .report(DeliveryReport(id: id, status: status, code: code))
        }
    }

    private static let statuses: [String: DeliveryStatus] = [
        "queued": .queued, "sending": .sending, "sent": .sent, "delivered": .delivered, "expired": .failed,
        "sending_failed": .failed, "delivery_failed": .undelivered, "delivery_unconfirmed": .sent,
    ]
}

extension String {
    /// Whether the text has only letters and digits of ASCII, hyphens and underscores.
    var isWord: Bool {
        utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
}
