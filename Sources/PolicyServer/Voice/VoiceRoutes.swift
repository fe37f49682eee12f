internal import Crypto
internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant
internal import Voice

/// `POST /voice/ask` answers a spoken question aloud, `POST /voice/transcriptions` only hears, `POST /voice/speech` only
/// speaks, and `GET /voice` shows which of that is available.
struct VoiceRoutes: Sendable {
    let assistant: Assistant
    let voice: Voice
    let metrics: VoiceMetrics
    /// The recordings of a user are heard one after another, so that questions are asked in the order in which they came.
    let users: KeyedSemaphore<UserID>

    init(assistant: Assistant, voice: Voice, metrics: VoiceMetrics) {
        self.assistant = assistant
        self.voice = voice
        self.metrics = metrics
        let busy = VoiceError(.busy, "Earlier recordings of this user are still being heard.", retryAfter: .seconds(5))
        users = KeyedSemaphore(
            capacity: 1,
            maximumWaiting: 20,
            whenFull: PolicyAssistantError(.userBusy, busy.message, retryAfter: busy.retryAfter)
        )
    }

    var routes: [Route] {
        [
            Route(Self.showing, show),
            Route(asking, ask),
            Route(Self.transcribing, transcribe),
            Route(Self.speaking, speak),
        ]
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        try .json(VoiceBody(voice))
    }

    // MARK: Asking

    @Sendable private func ask(_ request: Request, _ context: APIContext) async throws -> Response {
        try voice.requireHearing()
        let format = try SpokenFormat(of: request, voice)
        var request = request
        let body = try await RecordingBody.read(from: &request, context)
        // The recording is not kept until the answer has been spoken.
        let unnamed = assistant.settings.sharedThread.map { _ in UserID.anonymous }
        let user = try context.identity.user(claimed: body.userID, orElse: unnamed)
        return try await limited(user) {
            let key = try request.headers[.idempotencyKey].map {
                try IdempotencyKey($0, for: Self.digest(of: body.file))
            }
            let (heard, turn) = try await users.withPermit(user) {
                let heard = try await hear(body)
                guard !heard.text.isEmpty else { return (heard, nil as Turn?) }
                return (heard, try await begin(heard.text, by: user, key, context))
            }
            return try await reply(to: heard, turn, as: format, body.endsOnDisconnect, request, context)
        }
    }

    /// Hears a recording.
    func hear(_ body: RecordingBody) async throws(VoiceError) -> Voice.Heard {
        try await metrics.recording("hearing") { () throws(VoiceError) in
            try await voice.hear(body.file, in: body.language)
        }
    }

    /// Begins the turn of a spoken question.
    func begin(_ text: String, by user: UserID, _ key: IdempotencyKey?, _ context: APIContext) async throws -> Turn {
        var question = Question(text, by: user, isStreamed: true, idempotencyKey: key)
        question.instructions = assistant.settings.voice.instructions
        return try await assistant.turns.begin(question, on: context.executor)
    }

    private func reply(
        to heard: Voice.Heard,
        _ turn: Turn?,
        as format: SpokenFormat,
        _ endsOnDisconnect: Bool,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        if let turn {
            return try await spoken(turn, heard, heard.language, as: format, endsOnDisconnect, request, context)
        }
        let words = SpokenPhrase.nothingHeard(in: heard.language)
        switch format {
        // A caller who listens cannot read a problem.
        case .audio(let type): return try await said(words, heard.language, as: type, request, context)
        case .events: throw VoiceError(.noSpeech, words)
        }
    }

    /// Responds with what follows an event of a turn, spoken.
    func follow(
        _ turn: Turn,
        after number: Int,
        as format: SpokenFormat,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        try await limited(turn.user) {
            try await spoken(turn, nil, voice.languages[0], after: number, as: format, false, request, context)
        }
    }

    /// Responds with a turn, spoken.
    private func spoken(
        _ turn: Turn,
        _ heard: Voice.Heard?,
        _ language: Language,
        after number: Int = 0,
        as format: SpokenFormat,
        _ endsOnDisconnect: Bool,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        switch format {
        case .audio(let type):
            let stream = SpokenStream(
                type: type,
                logger: context.logger,
                turn: turn,
                endsOnDisconnect: endsOnDisconnect
            )
            let speech = speech(of: turn, after: number, language, as: type)
            return try await stream.response(speaking: speech, to: request)
        case .events(let type):
            let stream = SpokenEventStream(
                voice: voice,
                type: type,
                turn: turn,
                heard: heard,
                lastEventID: number,
                endsOnDisconnect: endsOnDisconnect,
                requestID: context.requestID,
                logger: context.logger
            )
            let speech = speech(of: turn, after: number, language, as: type)
            return try await stream.response(speaking: speech, to: request)
        }
    }

    /// Returns the speech of a turn's answer, of the sentences that end after an event.
    func speech(of turn: Turn, after number: Int = 0, _ language: Language, as type: AudioType) -> SpeakingTurn {
        SpeakingTurn(turn, after: number, language: language, speak: speaker(type))
    }

    private func speaker(
        _ type: AudioType
    ) -> @Sendable (AnswerSpeech.Utterance) async -> Result<Speech, VoiceError> {
        { [voice, metrics] utterance in
            do throws(VoiceError) {
                return .success(
                    try await metrics.recording("speaking") { () throws(VoiceError) in
                        try await voice.speech(of: utterance.text, in: utterance.language, as: type)
                    }
                )
            } catch {
                return .failure(error)
            }
        }
    }

    /// Responds with a text that is spoken.
    func said(
        _ text: String,
        _ language: Language,
        as type: AudioType,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        let stream = SpokenStream(type: type, logger: context.logger)
        return try await stream.response(
            speaking: SpeakingTurn(text, language: language, speak: speaker(type)),
            to: request
        )
    }

    // MARK: One direction

    @Sendable private func transcribe(_ request: Request, _ context: APIContext) async throws -> Response {
        try voice.requireHearing()
        var request = request
        let body = try await RecordingBody.read(from: &request, context)
        let user = try context.identity.user(claimed: body.userID, orElse: .anonymous)
        return try await limited(user) {
            let heard = try await users.withPermit(user) { try await hear(body) }
            return try .json(TranscriptBody(heard))
        }
    }

    @Sendable private func speak(_ request: Request, _ context: APIContext) async throws -> Response {
        try voice.requireSpeaking()
        let type = try AudioType(acceptedBy: request)
        var request = request
        let body = try await SpeechRequest.body.decode(from: &request, context)
        // Each word of the languages that are spoken has one of these.
        let isText = body.text.contains { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard isText, body.text.unicodeScalars.count <= SpeechRequest.maximumCharacters else {
            throw PolicyAssistantError(
                .invalidField,
                "text must have words, and at most \(SpeechRequest.maximumCharacters) characters.",
                field: "text"
            )
        }
        let language = try body.language.map { try Language(named: $0) } ?? voice.language(of: body.text)
        let user = try context.identity.user(claimed: nil, orElse: .anonymous)
        return try await limited(user) { try await said(body.text, language, as: type, request, context) }
    }

    // MARK: Limits

    /// Runs `body` within the rate limits of a user, whose fields its response gets.
    func limited(_ user: UserID, _ body: () async throws -> Response) async throws -> Response {
        let limits = RateLimitFields(try await assistant.rateLimiter.admit(user))
        if let refusal = limits.refusal { throw refusal }
        do {
            var response = try await body()
            response.headers.append(contentsOf: limits.fields)
            return response
        } catch {
            var problem = Problem(error)
            problem.headers.append(contentsOf: limits.fields)
            throw problem
        }
    }

    /// What stands for a recording where a key is used again.
    static func digest(of file: [UInt8]) -> String {
        "recording " + SHA256.hash(data: file).map { String($0, radix: 16) }.joined(separator: " ")
    }
}
