internal import FoundationEssentials
internal import Logging
internal import Redis
internal import SMS
internal import WorkQueue

/// The stage that answers.
extension SMSChannel {
    /// Who asks.
    private struct Asker {
        let user: UserID
        /// The role of the number's questions; nil for the default one.
        var role: RoleName?
        /// Whether the message has just made the number the user's.
        var isNew = false
    }

    /// A message with what is known about its sender.
    private struct Text {
        let entry: TextEntry
        let person: PhoneNumber
        let pseudonyms: NumberPseudonyms.Pair
        /// What is said besides answers, in the person's language.
        let texts: SMSTexts
    }

    /// Answers a message, by keywords, codes and turns.
    func answer(_ item: WorkItem) async throws -> WorkOutcome {
        guard let entry = TextEntry(json: item.payload), let (person, service) = entry.numbers else {
            return .dead(reason: "the entry cannot be read")
        }
        let pair = try await pseudonyms.pair(person: person, service: service)
        let language = try await language(of: entry, ofLine: pair.line)
        let text = Text(entry: entry, person: person, pseudonyms: pair, texts: SMSTexts(language))
        if let outcome = try await outcome(ofKeyword: Keyword(entry.body), text) { return outcome }
        if try await records.hasStopped(text.pseudonyms.number) {
            log(entry, .answering, "Left unanswered", "the person has opted out")
            return .done()
        }
        // Each message counts once, however often it is tried.
        if item.state == nil {
            if let refusal = try await refusal(of: text) { return refusal }
            try await item.save("admitted")
        }
        guard let asker = try await asker(of: text) else {
            return try await notice("unknown", text.texts.unknown(settings.publicURL), text, within: .seconds(86_400))
        }
        let user = asker.user
        // Before anything of the user is kept: what a deletion has to find.
        let traces = ["line \(text.pseudonyms.line)", "text \(entry.conversationId)"]
        _ = try await records.redis.ask(TextRecords.list(traces, of: user, at: now()))
        if asker.isNew { return next(entry, text.texts.bound, for: user) }
        if Keyword(entry.body) == .more { return try await more(text, user) }
        switch try await read(entry, item) {
        case .later(let outcome): return outcome
        case .question(let question) where question.words.isEmpty:
            let isUnheard = question.omission == .unheard
            let reply = isUnheard ? text.texts.unheard : text.texts.unreadable(hearing: tools.hear != nil)
            return next(entry, reply, for: user)
        case .question(let question): return try await ask(question, text, asker, item)
        }
    }

    /// The language of a message or, if that does not tell, of the person's last question.
    private func language(of entry: TextEntry, ofLine line: String) async throws -> TextLanguage {
        if Keyword.isGerman(entry.body) { return .german }
        let language = TextLanguage(of: entry.body)
        guard language == .other else { return language }
        return try await records.language(ofLine: line) ?? .other
    }

    // MARK: Keywords

    /// What follows a keyword that carriers know: they confirm it themselves, so nothing is sent.
    private func outcome(ofKeyword keyword: Keyword?, _ text: Text) async throws -> WorkOutcome? {
        let number = text.pseudonyms.number
        switch keyword {
        case .stop(let isCarriers):
            try await records.stop(number, at: now())
            log(text.entry, .answering, "The person has opted out")
            guard !isCarriers else { return .done() }
            var confirmation = text.entry.answered(text.texts.stopped)
            confirmation.confirmsStop = true
            return .next(stage: Stage.sending, payload: confirmation.json)
        case .start(let isCarriers):
            // “Yes” from somebody who has not opted out is a message like others.
            guard try await records.hasStopped(number) else { return nil }
            try await records.restart(number)
            log(text.entry, .answering, "The person has opted in")
            return isCarriers ? .done() : next(text.entry, text.texts.restarted)
        case .help(let isCarriers):
            log(text.entry, .answering, "The person asked for help")
            return isCarriers ? .done() : next(text.entry, text.texts.help)
        case .more, nil:
            return nil
        }
    }

    private func more(_ text: Text, _ user: UserID) async throws -> WorkOutcome {
        guard var rest = try await records.rest(ofLine: text.pseudonyms.line) else {
            return next(text.entry, text.texts.nothingMore, for: user)
        }
        // A message whose worker was killed gets the same piece again.
        if rest.message == text.entry.conversationId, let piece = rest.piece {
            return next(text.entry, piece, for: user)
        }
        guard !rest.text.isEmpty else { return next(text.entry, text.texts.nothingMore, for: user) }
        let cut = PhoneText(rest.text, ending: rest.ending, invitation: text.texts.invitation, segments: sms.segments)
        (rest.text, rest.message, rest.piece) = (cut.rest ?? "", text.entry.conversationId, cut.piece)
        return next(text.entry, cut.piece, for: user, TextRecords.record(rest, ofLine: text.pseudonyms.line))
    }

    // MARK: Who asks

    /// The user whose message it is; nil if the number is not known and has to be.
    private func asker(of text: Text) async throws -> Asker? {
        if let user = try await numbers.redeem(text.entry.body, from: text.person) {
            return Asker(user: user, isNew: true)
        }
        if let owner = try await numbers.owner(of: text.pseudonyms.number) {
            return Asker(user: owner.user, role: owner.role)
        }
        // Without a user, a person has a thread for each number of this service.
        return sms.users == .anyone ? Asker(user: UserID(recorded: "sms_" + text.pseudonyms.line)) : nil
    }

    /// The role in which somebody's question is asked: that of the number or, if it is gone, the default one.
    private func role(of asker: Asker, _ text: Text) async throws -> Role? {
        guard let name = asker.role else { return nil }
        do {
            return try await roles.role(name, of: asker.user)
        } catch let error as PolicyAssistantError where error.code == .roleNotFound {
            log(text.entry, .answering, "The number's role is gone", level: .warning)
            return nil
        }
    }

    /// What follows a message of a number that has sent too many; nil for others.
    private func refusal(of text: Text) async throws -> WorkOutcome? {
        guard sms.hourlyLimit > 0 else { return nil }
        let bucket = TokenBucket(
            key: .texts(ofNumber: text.pseudonyms.number),
            capacity: sms.hourlyLimit,
            refill: .microseconds(3_600_000_000 / sms.hourlyLimit)
        )
        guard try await buckets.take(from: [bucket]).wait != nil else { return nil }
        return try await notice("limit", text.texts.limited, text, within: .seconds(3600))
    }

    /// Tells the person something that is told once within a time.
    private func notice(_ kind: String, _ words: String, _ text: Text, within time: Duration) async throws
        -> WorkOutcome
    {
        log(text.entry, .answering, "Refused", kind)
        let (number, message) = (text.pseudonyms.number, text.entry.conversationId)
        guard try await records.isDue(kind, toNumber: number, of: message, within: time) else { return .done() }
        return next(text.entry, words)
    }

    // MARK: Asking

    private func ask(
        _ question: TextQuestion,
        _ text: Text,
        _ asker: Asker,
        _ item: WorkItem
    ) async throws -> WorkOutcome {
        let user = asker.user
        log(text.entry, .answering, "Asking", "user \(user.pseudonym)")
        let answer: Answer
        do {
            if let wait = try await rateLimiter.admit(user)?.retryAfter {
                return .postpone(wait, reason: "the user's limit of questions")
            }
            // A repetition finds the turn of the first attempt: nothing is asked twice.
            let key = try IdempotencyKey("sms-\(text.entry.conversationId)", for: question.words)
            var question = Question(question.words, by: user, idempotencyKey: key)
            question.role = try await role(of: asker, text)
            answer = try await turns.begin(question).answer()
        } catch let error as PolicyAssistantError where error.code == .invalidField {
            return next(text.entry, text.texts.tooLong, for: user)
        } catch let error as PolicyAssistantError where !Self.passes(error) && item.attempt >= Self.fewAttempts {
            return .dead(reason: error.code.description)
        } catch let error as PolicyAssistantError {
            return .retry(reason: error.code.description, after: error.retryAfter.map { max($0, .seconds(1)) })
        }
        return try await reply(to: question, text, user, with: answer)
    }

    /// Hands an answer over to the stage that sends, or that makes images.
    private func reply(
        to question: TextQuestion,
        _ text: Text,
        _ user: UserID,
        with answer: Answer
    ) async throws -> WorkOutcome {
        let line = text.pseudonyms.line
        let (words, prompt, effects) = try await imagePrompt(in: answer.text, ofLine: line)
        let plain = PlainAnswer.text(of: words)
        let language = TextLanguage(of: plain)
        let texts = language == .other ? text.texts : SMSTexts(language)
        // A link takes a third of the room at most.
        let room = (MessageSize(of: plain).encoding == .gsm7 ? 153 : 67) * sms.segments
        let source = await source.lines(for: answer.citations, maximumLink: room / 3, in: texts)
        let ending = [question.omission == nil ? "" : texts.leftOut, source].filter { !$0.isEmpty }
            .joined(separator: "\n")
        let cut = PhoneText(plain, ending: ending, invitation: texts.invitation, segments: sms.segments)
        let rest = cut.rest.map { TextRecords.Rest(text: $0, ending: source) }
        log(text.entry, .answering, "Answered", "segments \(MessageSize(of: cut.piece).segments)")
        let all =
            TextRecords.record(rest, ofLine: line)
            + TextRecords.record(TextLanguage(of: question.words), ofLine: line) + effects
        guard let prompt else { return next(text.entry, cut.piece, for: user, all) }
        var entry = text.entry.answered(cut.piece, for: user)
        entry.imagePrompt = prompt
        return .next(stage: Stage.images, payload: entry.json, effects: all)
    }

    /// The number of attempts at a question that upstream refuses, or does not answer to its end.
    static let fewAttempts = 3

    /// Whether an error may be gone after a while.
    private static func passes(_ error: PolicyAssistantError) -> Bool {
        ![.upstreamFailed, .upstreamRefused, .answerIncomplete, .vectorStoreLost, .internalError].contains(error.code)
    }

    /// Hands a text over to the stage that sends.
    private func next(
        _ entry: TextEntry,
        _ text: String,
        for user: UserID? = nil,
        _ effects: [RedisCommand] = []
    ) -> WorkOutcome {
        .next(stage: Stage.sending, payload: entry.answered(text, for: user).json, effects: effects)
    }
}
