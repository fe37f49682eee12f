public import FoundationEssentials
public import HTTPClient
internal import HTTPTypes

/// Twilio's Programmable Messaging.
public struct Twilio: SMSProvider {
    /// The account and its credentials.
    public struct Configuration: Sendable {
        /// The account's SID.
        public var account: String
        /// The auth token, a secret: signs webhooks and, without an API key, authenticates calls.
        public var authToken: String?
        /// The API key's SID and its secret, which authenticate calls.
        public var apiKey: (id: String, secret: String)?
        /// Keys of one's own that sign webhooks, by their names; secrets.
        public var signingKeys: [String: String]
        /// The base URL of the API, without a slash at its end.
        public var baseURL: String

        /// The API's own base URL.
        public static let defaultBaseURL = "https://api.twilio.com"

        /// Creates a configuration.
        public init(
            account: String,
            authToken: String?,
            apiKey: (id: String, secret: String)? = nil,
            signingKeys: [String: String] = [:],
            baseURL: String = defaultBaseURL
        ) {
            self.account = account
            self.authToken = authToken
            self.apiKey = apiKey
            self.signingKeys = signingKeys
            self.baseURL = baseURL
        }
    }

    /// The name in routes, settings and logs.
    public let name = "twilio"
    /// Empty TwiML: Twilio sends nothing because of it.
    public let acknowledgement = (
        contentType: "text/xml", body: #"<?xml version="1.0" encoding="UTF-8"?><Response></Response>"#
    )
    /// Twilio deletes the text of a message and keeps the rest.
    public let canRedact = true

    private let configuration: Configuration
    private let webhooks: TwilioWebhooks
    private let calls: ProviderCalls
    private let downloads: MediaDownloads

    /// The domain to which the API redirects whoever fetches a file.
    private static let mediaDomains = ["twiliocdn.com"]

    /// Creates the provider.
    ///
    /// - Parameters:
    ///   - configuration: The account and its credentials.
    ///   - http: Performs the calls.
    public init(_ configuration: Configuration, http: HTTPClient) {
        self.configuration = configuration
        webhooks = TwilioWebhooks(
            account: configuration.account,
            authToken: configuration.authToken,
            keys: configuration.signingKeys
        )
        let (user, password) = configuration.apiKey ?? (configuration.account, configuration.authToken ?? "")
        let credentials = Data("\(user):\(password)".utf8).base64EncodedString()
        let authorization = "Basic \(credentials)"
        calls = ProviderCalls(http: http, baseURL: configuration.baseURL, authorization: authorization)
        downloads = MediaDownloads(
            http: http,
            baseURL: configuration.baseURL,
            authorization: authorization,
            domains: Self.mediaDomains
        )
    }

    /// Verifies a webhook's signature and account.
    public func verify(_ request: WebhookRequest, at address: PublicAddress, now: Date) throws(WebhookRefusal) {
        try webhooks.verify(request, at: address)
    }

    /// Reads a webhook.
    public func event(in request: WebhookRequest) throws(WebhookRefusal) -> WebhookEvent {
        try webhooks.event(in: request)
    }

    /// Returns a message of a test number, signed with the auth token or, without one, with the first key of one's own.
    public func signedSample(to target: String, at address: PublicAddress) -> WebhookRequest? {
        let fields: FormFields = [
            "AccountSid": configuration.account, "MessageSid": "SM00000000000000000000000000000000",
            "From": "TEST123", "To": "TEST123", "Body": "HELP", "NumMedia": "0",
        ]
        let url = address.url(target)
        var request = WebhookRequest(method: .post, target: target, headers: [:], body: fields.form)
        request.headers[.contentType] = "application/x-www-form-urlencoded"
        if let token = configuration.authToken {
            request.headers[TwilioWebhooks.signature] = TwilioSignature.of(url, fields, key: token, .sha1)
        } else if let (name, key) = configuration.signingKeys.min(by: { $0.key < $1.key }) {
            request.headers[TwilioWebhooks.signature] = TwilioSignature.of(url, fields, key: key, .sha256)
            request.headers[TwilioWebhooks.settings] = "key=\(name),algorithm=HMAC_SHA256"
        }
        return request
    }

    private var baseURL: String { configuration.baseURL }
    private var messages: String { "/2010-04-01/Accounts/\(configuration.account)/Messages" }

    /// Sends a message: `POST …/Messages.json`.
    public func send(_ message: OutgoingMessage) async throws(SendingError) -> SentMessage {
        var fields: FormFields = [
            "To": message.to.value, "From": message.from.value, "StatusCallback": message.reportURL,
        ]
        if !message.body.isEmpty { fields.append("Body", message.body) }
        for url in message.mediaURLs { fields.append("MediaUrl", url) }
        return try await calls.value(.post, "\(messages).json", form: fields, as: Resource.self).message
    }

    /// Lists sent messages: `GET …/Messages.json`, the latest 1,000 of the days since then.
    public func sent(
        from: PhoneNumber,
        to: PhoneNumber,
        since: Date
    ) async throws(SendingError) -> [SentMessage]? {
        let list = try await list(["From": from.value, "To": to.value], since: since)
        // Twilio's times have no fractions.
        return list.map(\.message).filter { $0.acceptedAt.map { $0 >= since.addingTimeInterval(-1) } ?? true }
    }

    /// Lists messages that have arrived: `GET …/Messages.json`, the latest 1,000 of the days since then; for those with
    /// files `GET …/Messages/{sid}/Media.json` as well.
    public func received(since: Date) async throws(SendingError) -> [IncomingMessage]? {
        var received: [IncomingMessage] = []
        for resource in try await list([:], since: since).reversed() {
            guard resource.direction == "inbound", resource.message.acceptedAt.map({ $0 >= since }) ?? true,
                let from = PhoneNumber(resource.from ?? ""), let to = PhoneNumber(resource.to ?? "")
            else { continue }
            let media = try await media(of: resource)
            let body = resource.body ?? ""
            // One without both was redacted.
            guard !body.isEmpty || !media.isEmpty else { continue }
            received.append(IncomingMessage(id: resource.sid, from: from, to: to, body: body, media: media))
        }
        return received
    }

    /// Lists the files of a message.
    private func media(of resource: Resource) async throws(SendingError) -> [IncomingMessage.Media] {
        guard resource.hasMedia else { return [] }
        let target = "\(messages)/\(resource.sid)/Media"
        return try await calls.value(.get, "\(target).json", as: MediaList.self).media_list.map { file in
            IncomingMessage.Media(url: "\(baseURL)\(target)/\(file.sid)", contentType: file.content_type ?? "")
        }
    }

    private func list(_ filter: KeyValuePairs<String, String>, since: Date) async throws(SendingError) -> [Resource] {
        var query = FormFields(filter)
        query.append("DateSent>", since.formatted(.iso8601.year().month().day()))
        query.append("PageSize", "1000")
        let target = "\(messages).json?" + String(decoding: query.form, as: UTF8.self)
        return try await calls.value(.get, target, as: List.self).messages
    }

    /// Fetches a file: `GET …/Messages/{sid}/Media/{sid}`, which redirects to a link without credentials.
    public func file(_ media: IncomingMessage.Media) async throws(SendingError) -> [UInt8] {
        try await downloads.file(at: media.url, upTo: IncomingMessage.Media.maximumBytes)
    }

    /// Deletes the text of a message, by `POST …/Messages/{sid}.json` with an empty body, and its files, by
    /// `DELETE …/Messages/{sid}/Media/{sid}.json`.
    public func redact(_ id: String) async throws(SendingError) {
        do {
            let resource = try await calls.value(
                .post,
                "\(messages)/\(id).json",
                form: ["Body": ""],
                as: Resource.self
            )
            for file in try await media(of: resource) {
                try await delete(String(file.url.dropFirst(baseURL.count)))
            }
        } catch  where error.status == 404 {}
    }

    private func delete(_ target: String) async throws(SendingError) {
        do {
            try await calls.perform(.delete, "\(target).json")
        } catch  where error.status == 404 {}
    }

    /// The part of a message resource that is of use here.
    private struct Resource: Decodable {
        let sid: String
        let status: String?
        let body: String?
        let from: String?
        let to: String?
        let direction: String?
        let date_created: String?
        let num_media: String?

        /// Whether the message has files, as far as Twilio says.
        var hasMedia: Bool { num_media.flatMap { Int($0) } ?? 0 > 0 }

        var message: SentMessage {
            SentMessage(
                id: sid,
                status: status.flatMap(DeliveryStatus.init(rawValue:)) ?? .accepted,
                body: body ?? "",
                acceptedAt: date_created.flatMap(MailDate.date)
            )
        }
    }

    private struct List: Decodable {
        let messages: [Resource]
    }

    private struct MediaList: Decodable {
        let media_list: [File]

        struct File: Decodable {
            let sid: String
            let content_type: String?
        }
    }
}
