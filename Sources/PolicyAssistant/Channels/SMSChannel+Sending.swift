internal import FoundationEssentials
internal import Logging
internal import Redis
internal import SMS
internal import WorkQueue

/// The stage that sends.
///
/// A message is never sent twice: what may have been accepted is looked for, by the provider's report and in its list, before
/// it is sent again.
extension SMSChannel {
    /// Sends an answer, or deletes a text at the provider.
    func send(_ item: WorkItem) async throws -> WorkOutcome {
        guard let entry = TextEntry(json: item.payload) else { return .dead(reason: "the entry cannot be read") }
        if let id = entry.redaction { return try await redact(id) }
        guard let (person, service) = entry.numbers else { return .dead(reason: "the entry has no numbers") }
        guard !person.isTest, !service.isTest else {
            log(entry, .sending, "Test Successful!")
            return .done()
        }
        let now = now()
        if let dueAt = entry.dueAt, dueAt > Int(now.timeIntervalSince1970) {
            return .postpone(.seconds(dueAt - Int(now.timeIntervalSince1970)), reason: "the carrier lost it before")
        }
        let token = try await pseudonyms.token(of: entry)
        if let begun = item.state.flatMap({ Double($0) }) {
            let attempt = Date(timeIntervalSince1970: begun)
            if let outcome = try await resolve(entry, token, item, since: attempt) { return outcome }
        } else if let quiet = sms.quietHours?.rest(at: now) {
            return .postpone(quiet, reason: "quiet hours")
        }
        if entry.confirmsStop != true, try await records.hasStopped(pseudonyms.number(person)) {
            log(entry, .sending, "Not sent", "the person has opted out")
            return .done()
        }
        return try await attempt(entry, token, item)
    }

    private func attempt(_ entry: TextEntry, _ token: String, _ item: WorkItem) async throws -> WorkOutcome {
        guard let (person, service) = entry.numbers, let publicURL = settings.publicURL else {
            return .dead(reason: "the entry has no numbers")
        }
        let message = OutgoingMessage(
            from: service,
            to: person,
            body: entry.body,
            mediaURLs: [entry.imageUrl].compactMap(\.self),
            reportURL: "\(publicURL)\(Self.reportPath(of: provider, token))"
        )
        log(entry, .sending, "Sending message to \(provider.name)")
        try await item.save(String(now().timeIntervalSince1970))
        try item.checkLease()
        do throws(SendingError) {
            return accepted(try await provider.send(message), entry, token)
        } catch {
            return try await outcome(of: error, entry, item)
        }
    }

    /// The path of an answer's reports.
    static func reportPath(of provider: any SMSProvider, _ token: String) -> String {
        "/channels/\(provider.name)/sms/reports/\(token)"
    }

    private func accepted(_ sent: SentMessage, _ entry: TextEntry, _ token: String) -> WorkOutcome {
        let kind = entry.imageUrl == nil ? "SMS" : "MMS"
        log(entry, .sending, "\(kind) message sent successfully", sent.id)
        return .done(effects: TextRecords.record(sent.id, as: token, entry, at: now()))
    }

    private func outcome(of error: SendingError, _ entry: TextEntry, _ item: WorkItem) async throws -> WorkOutcome {
        let needsOperator =
            error.code.flatMap { ProviderCode.all[$0]?.needsOperator } ?? (error.effect == .unauthorized)
        let parameters = "\(error)"
        log(entry, .sending, "Failed to send message", parameters, level: needsOperator ? .error : .warning)
        switch error.effect {
        case .unknown:
            return .postpone(Self.resolutionStep, reason: "the provider may have accepted it; \(parameters)")
        case .later(let pause):
            // It was not accepted, so that the next attempt may send at once.
            try await item.save("")
            return .retry(reason: parameters.isEmpty ? "no connection to the provider" : parameters, after: pause)
        case .unauthorized:
            try await item.save("")
            return .retry(reason: parameters)
        case .rejected:
            return .dead(reason: parameters)
        case .optedOut:
            if let person = entry.numbers?.person { try await records.stop(pseudonyms.number(person), at: now()) }
            return .done()
        }
    }

    // MARK: What may have been accepted

    /// Finds out what became of an attempt whose response did not arrive; nil if it was certainly not accepted.
    private func resolve(
        _ entry: TextEntry,
        _ token: String,
        _ item: WorkItem,
        since attempt: Date
    ) async throws -> WorkOutcome? {
        if let sent = try await records.sent(token) {
            log(entry, .sending, "The provider has accepted the message", sent.id)
            let message = SentMessage(id: sent.id, status: sent.status ?? .accepted, body: entry.body)
            return accepted(message, entry, token)
        }
        let passed = Duration.seconds(now().timeIntervalSince(attempt))
        guard passed >= sms.resolutionTime else {
            return .postpone(min(Self.resolutionStep, sms.resolutionTime - passed), reason: "waiting for a report")
        }
        guard let (person, service) = entry.numbers else { return nil }
        do throws(SendingError) {
            if let list = try await provider.sent(from: service, to: person, since: attempt) {
                for sent in list where sent.body.hasSuffix(entry.body) {
                    if try await isOther(sent.id, than: token) { continue }
                    return accepted(sent, entry, token)
                }
            } else if passed < sms.resolutionTime * 4 {
                // Nothing but a report can tell.
                return .postpone(Self.resolutionStep, reason: "waiting for a report")
            }
        } catch {
            return .postpone(Self.resolutionStep * 5, reason: "the provider's list is not available; \(error)")
        }
        try await item.save("")
        log(entry, .sending, "The provider has not accepted the message", level: .warning)
        return .retry(reason: "the provider has not accepted it", after: .zero)
    }

    private func isOther(_ id: String, than token: String) async throws(SendingError) -> Bool {
        do { return try await records.isOther(id, than: token) } catch { throw SendingError(.unknown) }
    }

    private func redact(_ id: String) async throws -> WorkOutcome {
        do throws(SendingError) {
            try await provider.redact(id)
            return .done()
        } catch {
            return .retry(reason: "the text was not deleted at the provider; \(error)")
        }
    }
}
