internal import PolicyAssistant
internal import Voice

/// An answer that is spoken while it arrives: its sentences are cut, spoken some ahead, and handed on in their order.
///
/// All work is done in child tasks of ``run(_:)``; when that ends or is cancelled, none is left. What was handed on and what
/// was not is kept, so that it can be run again from there.
struct SpeakingTurn {
    /// What is handed on.
    enum Output {
        /// Events of the turn, the first of them with this number.
        case events(first: Int, [TurnEvent])
        /// Nothing happened for some seconds.
        case heartbeat
        /// The speech of an utterance, or why there is none, and the number of the event with which it is over.
        case speech(AnswerSpeech.Utterance, event: Int, Result<Speech, VoiceError>)
    }

    /// How many utterances are spoken before they can be handed on, besides the next.
    private static let ahead = 2
    /// After so long without more text, what was received is spoken.
    private static let pause = Duration.milliseconds(200)

    private struct Pending {
        let utterance: AnswerSpeech.Utterance
        let event: Int
        var number: Int { utterance.number }
    }

    private let speak: @Sendable (AnswerSpeech.Utterance) async -> Result<Speech, VoiceError>
    private var updates: TurnUpdates.Iterator?
    private var answer: AnswerSpeech
    /// The number of the last event that was taken.
    private var event = 0
    /// Utterances that are over with this event, or one before it, are not spoken.
    private let lastEventID: Int
    /// The utterances that have not been handed on, in their order.
    private var utterances: [Pending] = []
    /// The speech of those of them that have been spoken.
    private var spoken: [Int: Result<Speech, VoiceError>] = [:]

    /// Speaks the answer of a turn.
    ///
    /// - Parameters:
    ///   - turn: The turn.
    ///   - lastEventID: The last event that the caller has; 0 for none.
    ///   - language: The language of the question.
    ///   - speak: Speaks an utterance.
    init(
        _ turn: Turn,
        after lastEventID: Int = 0,
        language: Language,
        speak: @escaping @Sendable (AnswerSpeech.Utterance) async -> Result<Speech, VoiceError>
    ) {
        // Where a sentence ends is known only from the beginning.
        updates = turn.updates().makeAsyncIterator()
        answer = AnswerSpeech(language: language)
        self.lastEventID = lastEventID
        self.speak = speak
    }

    /// Speaks a text.
    init(
        _ text: String,
        language: Language,
        speak: @escaping @Sendable (AnswerSpeech.Utterance) async -> Result<Speech, VoiceError>
    ) {
        answer = AnswerSpeech(language: language)
        lastEventID = -1
        self.speak = speak
        add(answer.add(text) + answer.finish())
    }

    private enum Step: Sendable {
        case update(Turn.Update?, TurnUpdates.Iterator)
        case speech(Int, Result<Speech, VoiceError>)
        /// Nothing came for ``pause`` after so many updates.
        case pause(after: Int)
    }

    /// Speaks until the turn has ended and all is handed on, or the receiver wants no more.
    ///
    /// - Parameter receive: Receives each output; while it runs, at most ``ahead`` utterances more are spoken. It returns
    ///   whether it wants more.
    /// - Throws: What `receive` throws; `PolicyAssistantError` if the turn cannot be followed; `CancellationError`.
    mutating func run(_ receive: (Output) async throws -> Bool) async throws {
        try await withThrowingTaskGroup(of: Step.self) { group in
            defer { group.cancelAll() }
            var isReading = false
            var updateCount = 0
            var started: Set<Int> = []
            while true {
                while let next = utterances.first, let result = spoken.removeValue(forKey: next.number) {
                    utterances.removeFirst()
                    guard try await receive(.speech(next.utterance, event: next.event, result)) else { return }
                }
                for utterance in utterances.prefix(1 + Self.ahead).map(\.utterance) {
                    guard spoken[utterance.number] == nil, started.insert(utterance.number).inserted else { continue }
                    group.addTask { [speak] in .speech(utterance.number, await speak(utterance)) }
                }
                if let updates, !isReading {
                    isReading = true
                    group.addTask {
                        var updates = updates
                        let update = try await updates.next()
                        return .update(update, updates)
                    }
                }
                if updates == nil, utterances.isEmpty { return }
                guard let step = try await group.next() else { return }
                switch step {
                case .speech(let number, let result): spoken[number] = result
                case .pause(let count): if count == updateCount { add(answer.pause()) }
                case .update(let update, let rest):
                    isReading = false
                    updateCount += 1
                    updates = update == nil ? nil : rest
                    guard let update else { break }
                    take(update)
                    if answer.isWaiting {
                        group.addTask { [updateCount] in
                            try await Task.sleep(for: Self.pause)
                            return .pause(after: updateCount)
                        }
                    }
                    guard try await receive(Output(update)) else { return }
                }
            }
        }
    }

    private mutating func take(_ update: Turn.Update) {
        guard case .events(let first, let events) = update else { return }
        for (offset, event) in events.enumerated() {
            self.event = first + offset
            switch event {
            case .delta(let text, _): add(answer.add(text))
            case .citation(let citation): answer.addSource(citation.filename)
            case .done: add(answer.finish())
            case .failed:
                let rest = answer.finish(namingSources: false)
                // What was said so far is not the whole answer.
                add(rest + [answer.utterance(saying: SpokenPhrase.interrupted)])
            }
        }
    }

    /// Adds the utterances that are over with the last event.
    private mutating func add(_ complete: [AnswerSpeech.Utterance]) {
        guard event > lastEventID else { return }
        utterances += complete.map { Pending(utterance: $0, event: event) }
    }
}

extension SpeakingTurn.Output {
    fileprivate init(_ update: Turn.Update) {
        switch update {
        case .events(let first, let events): self = .events(first: first, events)
        case .heartbeat: self = .heartbeat
        }
    }
}
