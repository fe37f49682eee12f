internal import PolicyAssistant
internal import Voice

/// What was heard in a recording.
struct TranscriptBody: Encodable, Described {
    let text: String
    let language: String
    let seconds: Int

    init(_ heard: Voice.Heard) {
        self.init(text: heard.text, language: heard.language, duration: heard.duration)
    }

    private init(text: String, language: Language, duration: Duration) {
        self.text = text
        self.language = language.rawValue
        let (whole, rest) = duration.components
        seconds = Int(whole) + (rest > 0 ? 1 : 0)
    }

    static let schema = Schema.named(
        "Transcript",
        .object(
            .required("text", .string, "The words; empty if none were understood."),
            .required("language", .language, "The language of the words."),
            .required("seconds", .count, "The length of the recording in seconds, rounded up.")
        ),
        "What was heard in a recording."
    )

    static let example = Self(
        text: "How many days of annual leave do I get?",
        language: .english,
        duration: .milliseconds(2400)
    )
}

/// The speech of a sentence of an answer.
struct AudioBody: Encodable, Described {
    let sentence: Int
    let text: String
    let event: Int
    let mediaType: String
    let audio: String

    private enum CodingKeys: String, CodingKey {
        case sentence, text, event, audio
        case mediaType = "media_type"
    }

    static let schema = Schema.named(
        "Audio",
        .object(
            .required("sentence", .count, "The number of the sentence; the first is 1, and none is left out of order."),
            .required("text", .string, "The words that are spoken."),
            .required("event", .count, "The number of the event with which the sentence is over."),
            .required("media_type", .choice(AudioType.allCases.map(\.rawValue)), "The format."),
            .required("audio", .string, "The speech in Base64, as a file of its own.")
        ),
        "The speech of a sentence."
    )

    static let example = Self(
        sentence: 1,
        text: ChatResponse.example.answer,
        event: 1,
        mediaType: AudioType.mpeg.rawValue,
        audio: "//NkxAAAAANIAAAAAExBTUUzLjEwMFVVVVVVVVVVVVVV"
    )
}

/// What speech is available.
struct VoiceBody: Encodable, Described {
    let speaking: Bool
    let hearing: Bool
    let languages: [String]
    let reasons: [String]

    init(_ voice: Voice) {
        var reasons: [String] = []
        if case .off(let reason) = voice.speaking { reasons.append(reason) }
        if case .off(let reason) = voice.hearing, !reasons.contains(reason) { reasons.append(reason) }
        self.init(
            speaking: (try? voice.requireSpeaking()) != nil,
            hearing: (try? voice.requireHearing()) != nil,
            languages: voice.languages.map(\.rawValue),
            reasons: reasons
        )
    }

    private init(speaking: Bool, hearing: Bool, languages: [String], reasons: [String]) {
        self.speaking = speaking
        self.hearing = hearing
        self.languages = languages
        self.reasons = reasons
    }

    static let schema = Schema.named(
        "Voice",
        .object(
            .required("speaking", .boolean, "Whether answers can be spoken."),
            .required("hearing", .boolean, "Whether questions can be asked aloud."),
            .required("languages", .array(of: .language), "The languages, the most likely first."),
            .required("reasons", .array(of: .string), "What is off, and how it is turned on.")
        ),
        "What speech is available."
    )

    static let example = Self(speaking: true, hearing: true, languages: ["en", "de"], reasons: [])
}

/// The body of `POST /voice/speech`.
struct SpeechRequest: Codable, Sendable {
    var text: String
    var language: String?

    static let maximumCharacters = 4096

    static let body = JSONBody<SpeechRequest>(
        schema: .named(
            "SpeechRequest",
            .object(
                .required(
                    "text",
                    .string(1...maximumCharacters, pattern: "[A-Za-z0-9]"),
                    "The text, which may have Markdown."
                ),
                .omittable("language", .language, "The language of the text; by default the one it seems to be in.")
            )
        ),
        examples: [("text", SpeechRequest(text: "The daily allowance is **CHF 75**.", language: "en"))],
        maximumBytes: 16 * 1024 + 12 * maximumCharacters
    )
}

/// The body of `POST /processText`.
struct TextRequest: Codable, Sendable {
    var text: String

    static func body(maximumCharacters characters: Int) -> JSONBody<TextRequest> {
        JSONBody(
            schema: .named(
                "TextQuestion",
                .object(.required("text", .string(1...characters, pattern: #"\S"#), "The question."))
            ),
            examples: [("question", TextRequest(text: "How many days of annual leave do I get?"))],
            maximumBytes: 16 * 1024 + 12 * characters
        )
    }
}
