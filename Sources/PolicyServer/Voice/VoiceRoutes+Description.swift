internal import HTTPTypes
internal import PolicyAssistant
internal import Voice

extension VoiceRoutes {
    static let showing = Operation(
        method: .get,
        path: "/voice",
        id: "voice",
        tag: .voice,
        summary: "Show what speech is available",
        replies: [.json(VoiceBody.self, "What is on, and how the rest is turned on.")]
    )

    var asking: Operation {
        Operation(
            method: .post,
            path: "/voice/ask",
            id: "askAloud",
            tag: .voice,
            summary: "Ask aloud, and hear the answer",
            details: """
                The recording is transcribed, and asked as a question of the user's thread, like one of POST /chat. The \
                answer is spoken sentence by sentence while it comes: as one stream of audio or, with `accept: \
                text/event-stream`, as events. Their numbers are those of `GET /chat/{turn_id}/events`, by which a caller who \
                was cut off reads and hears the rest; `transcript` and `audio` have none. If nothing was understood, nothing is asked: the stream of \
                audio says so, and for events it is the problem `no_speech`.
                """,
            parameters: [
                .header(
                    .idempotencyKey,
                    .string(1...IdempotencyKey.maximumCharacters, pattern: IdempotencyKey.pattern),
                    "A key that the caller chooses for this recording: sent again with it, it is answered once."
                ),
                .query("audio", .choice(AudioType.queryNames), "The format of the events `audio`; mp3 by default."),
            ] + RecordingBody.parameters,
            body: RecordingBody.description,
            replies: [
                .speech("The spoken answer.", and: [SpokenEventStream.content], headers: Self.headers)
            ],
            problems: RecordingBody.problems + Self.inTurns + [
                ProblemKind(.idempotencyKeyReused, "This Idempotency-Key was used with another question.")
            ] + ProblemKind.ofSpeaking + ProblemKind.ofHearing
        )
    }

    static let transcribing = Operation(
        method: .post,
        path: "/voice/transcriptions",
        id: "transcribe",
        tag: .voice,
        summary: "Transcribe a recording",
        parameters: RecordingBody.parameters,
        body: RecordingBody.description,
        replies: [
            .json(TranscriptBody.self, "What was heard.", headers: [.rateLimit, .rateLimitPolicy])
        ],
        problems: RecordingBody.problems + limits + ProblemKind.ofHearing
    )

    static let speaking = Operation(
        method: .post,
        path: "/voice/speech",
        id: "speak",
        tag: .voice,
        summary: "Speak a text",
        details: "Markdown is put into words: marks are left out, and a row of a table is a sentence.",
        body: SpeechRequest.body.description,
        replies: [.speech("The speech.", headers: [.rateLimit, .rateLimitPolicy])],
        problems: SpeechRequest.body.problems + limits + ProblemKind.ofSpeaking
    )

    static let headers: [HeaderDescription] = [.turnID, .rateLimit, .rateLimitPolicy]

    private static let limits = [
        ProblemKind(.userMismatch), ProblemKind(RateLimitFields.exceeded), .storeUnavailable, ProblemKind(.callerLeft),
        ProblemKind(.userBusy, "Earlier recordings of this user are still being heard."),
        .invalidField("language must be one of en, de."),
    ]

    /// The problems of a spoken turn.
    static let inTurns = limits + ChatRoutes.inTurns
}

extension SpokenEventStream {
    /// The events of a recording's answer.
    static let content = Content(mediaType: "text/event-stream", schema: eventSchema, example: .of(example))

    /// The events of a turn that is followed.
    static let followedContent = Content(
        mediaType: "text/event-stream",
        schema: .named(
            "FollowedEvent",
            .oneOf([event("audio", AudioBody.schema), TurnStream.eventSchema]),
            "An event of an answer that is followed: `audio` for each sentence, if the query asks for it, and those of a "
                + "streamed answer."
        ),
        example: .of(TurnStream.example)
    )

    private static let eventSchema = Schema.named(
        "SpokenEvent",
        .oneOf([
            event("transcript", TranscriptBody.schema), event("audio", AudioBody.schema), TurnStream.eventSchema,
        ]),
        "An event of a spoken answer: at first `transcript`, then those of a streamed answer, and `audio` for each sentence."
    )

    private static func event(_ name: String, _ data: Schema) -> Schema {
        .object(
            .required("event", .choice([name]), "The kind."),
            .required("data", .encoded(data), "The event's data.")
        )
    }

    private static var example: String {
        let events = [
            ("transcript", JSONText.ofConstant(TranscriptBody.example)),
            ("audio", JSONText.ofConstant(AudioBody.example)),
        ]
        return events.map { "event: \($0.0)\ndata: \(String(decoding: $0.1, as: UTF8.self))\n\n" }.joined()
            + TurnStream.example
    }
}

extension Reply {
    /// A stream of audio.
    static func speech(_ summary: String, and others: [Content] = [], headers: [HeaderDescription]) -> Self {
        Self(
            status: .ok,
            summary: summary,
            contents: AudioType.allCases.map { Content(mediaType: $0.rawValue, schema: .binary) } + others,
            headers: headers
        )
    }
}
