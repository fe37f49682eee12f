internal import FoundationEssentials
internal import Logging
internal import Redis
public import SMS
internal import WorkQueue

/// Webhooks: messages and reports.
extension SMSChannel {
    /// What became of a webhook.
    public enum Receipt: Sendable, Hashable {
        /// The message with the ID is in the queue, now or since an earlier webhook.
        case message(id: String)
        /// The webhook was no message.
        case other
    }

    /// Verifies a webhook, and puts its message into the queue, in one round trip to Redis.
    ///
    /// A message that comes again is told once.
    ///
    /// - Throws: `WebhookRefusal`; ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func receive(_ request: WebhookRequest) async throws -> Receipt {
        try verify(request)
        switch try provider.event(in: request) {
        case .message(let message):
            try await accept(message)
            return .message(id: message.id)
        case .report, .other:
            return .other
        }
    }

    /// Verifies a report and records it.
    ///
    /// - Parameters:
    ///   - request: The webhook.
    ///   - token: The token in its path.
    /// - Throws: `WebhookRefusal`; ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func receiveReport(_ request: WebhookRequest, of token: String) async throws {
        try verify(request)
        guard case .report(let report) = try provider.event(in: request) else { return }
        try await record(report, of: token)
    }

    /// Returns a message from and to the test number, signed as the provider would sign it for this server, and the URL to
    /// post it to; nil if only the provider can sign.
    ///
    /// Its text is a keyword that nothing answers.
    public func signedSample() -> (url: String, request: WebhookRequest)? {
        let path = "/channels/\(provider.name)/sms"
        guard let address = settings.publicURL?.providerAddress else { return nil }
        return provider.signedSample(to: path, at: address).map { (address.url(path), $0) }
    }

    private func verify(_ request: WebhookRequest) throws {
        guard let address = settings.publicURL?.providerAddress else { throw WebhookRefusal.forged }
        try provider.verify(request, at: address, now: now())
    }

    /// Puts a message into the queue, unless it is there or was there within a day.
    func accept(_ message: IncomingMessage) async throws {
        guard sms.numbers.isEmpty || message.to.isTest || sms.numbers.contains(message.to) else {
            throw WebhookRefusal.foreignAccount
        }
        let entry = TextEntry(message)
        let pair = try await pseudonyms.pair(person: message.from, service: message.to)
        let outcome = try await translatingRedisErrors {
            try await queue.enqueue(
                entry.json,
                line: pair.line,
                unless: "text-\(message.id)",
                by: TextEntry.Stage.receiving.rawValue
            )
        }
        switch outcome {
        case .accepted:
            log(entry, .receiving, "Received message", "from \(pair.line)")
            // At once: answers to earlier questions may still wait to be sent.
            if case .stop = Keyword(message.body) { try await records.stop(pair.number, at: now()) }
        case .duplicate: log(entry, .receiving, "Received message again", level: .debug)
        }
    }

    /// Records the state of a sent answer.
    private func record(_ report: DeliveryReport, of token: String) async throws {
        let entry = try await records.redis.run(TextScripts.report(report, of: token)).flatMap(TextEntry.init(json:))
        guard let entry else { return }
        let reason = report.code.map { code in "code \(code)" + (ProviderCode.all[code].map { ", \($0.meaning)" } ?? "")
        }
        let parameters = [report.status.rawValue, reason].compactMap(\.self).joined(separator: ", ")
        guard report.status.isFailure else {
            log(entry, .sending, "Delivered message", parameters)
            return try await redact(entry, sent: report.id)
        }
        let known = report.code.flatMap { ProviderCode.all[$0] }
        log(
            entry,
            .sending,
            "The message did not arrive",
            parameters,
            level: known?.needsOperator == true ? .error : .warning
        )
        if known?.effect == .optedOut, let person = entry.numbers?.person {
            try await records.stop(pseudonyms.number(person), at: now())
        }
        // Once more, later: the carrier's reasons may pass.
        guard case .later(let pause) = known?.effect, entry.repetition == nil else { return }
        var again = entry
        again.repetition = 1
        again.dueAt = Int(now().timeIntervalSince1970) + Int(pause?.components.seconds ?? 300)
        try await enqueue(again, unless: "again-\(token)")
    }

    /// Deletes the texts of a question and its answer at the provider, if that is wanted.
    private func redact(_ entry: TextEntry, sent id: String) async throws {
        guard sms.redacts else { return }
        for id in [entry.conversationId, id] { try await enqueueRedaction(of: id) }
    }

    /// Puts the deletion of a text at the provider into the queue, in a line of its own.
    func enqueueRedaction(of id: String) async throws {
        guard provider.canRedact else { return }
        let entry = TextEntry(redacting: id)
        _ = try await translatingRedisErrors {
            try await queue.enqueue(
                entry.json,
                line: "redact-\(id)",
                unless: "redact-\(id)",
                at: Stage.sending,
                by: TextEntry.Stage.sending.rawValue
            )
        }
    }

    private func enqueue(_ entry: TextEntry, unless key: String) async throws {
        guard let (person, service) = entry.numbers else { return }
        let line = try await pseudonyms.pair(person: person, service: service).line
        _ = try await translatingRedisErrors {
            try await queue.enqueue(entry.json, line: line, unless: key, at: Stage.sending, by: entry.lambda)
        }
    }
}

extension PublicURL {
    /// The address that a provider's signatures cover.
    var providerAddress: PublicAddress {
        PublicAddress(isSecure: isSecure, host: host.contains(":") ? "[\(host)]" : host, port: port, path: path)
    }
}

/// Runs `body`, and throws its errors of Redis as ``PolicyAssistantError``.
public func translatingRedisErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as RedisError {
        throw PolicyAssistantError(error)
    }
}
