internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant
internal import Voice

/// `POST /processText` and `POST /processAudioFile`, as the clients of the former system use them: one question, without a
/// conversation, answered by a stream of audio.
struct FormerVoiceRoutes: Sendable {
    let voice: VoiceRoutes

    private var assistant: Assistant { voice.assistant }

    /// Whose rate limit callers without a user share.
    private static let unnamedCallers = "former-voice-clients"

    var routes: [Route] {
        [Route(askingByText, processText), Route(Self.askingBySound, processAudioFile)]
    }

    private var body: JSONBody<TextRequest> {
        TextRequest.body(maximumCharacters: assistant.settings.maximumMessageCharacters)
    }

    @Sendable private func processText(_ request: Request, _ context: APIContext) async throws -> Response {
        try voice.voice.requireSpeaking()
        let type = try AudioType(acceptedBy: request)
        var request = request
        let body = try await body.decode(from: &request, context)
        let asker = try FormerAsker(context, assistant, claimed: nil, group: Self.unnamedCallers)
        return try await voice.limited(asker.limited) {
            try await answer(body.text, voice.voice.language(of: body.text), by: asker, as: type, request, context)
        }
    }

    @Sendable private func processAudioFile(_ request: Request, _ context: APIContext) async throws -> Response {
        try voice.voice.requireHearing()
        try voice.voice.requireSpeaking()
        let type = try AudioType(acceptedBy: request)
        var request = request
        let body = try await RecordingBody.read(from: &request, context)
        let asker = try FormerAsker(context, assistant, claimed: body.userID, group: Self.unnamedCallers)
        return try await voice.limited(asker.limited) {
            let heard = try await voice.hear(body)
            guard !heard.text.isEmpty else {
                let words = SpokenPhrase.nothingHeard(in: heard.language)
                return try await voice.said(words, heard.language, as: type, request, context)
            }
            return try await answer(heard.text, heard.language, by: asker, as: type, request, context)
        }
    }

    private func answer(
        _ question: String,
        _ language: Language,
        by asker: FormerAsker,
        as type: AudioType,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        let turn = try await voice.begin(question, by: asker.user, nil, context)
        var stream = SpokenStream(type: type, logger: context.logger, turn: turn, endsOnDisconnect: asker.isUnnamed)
        if asker.isUnnamed {
            stream.onEnd = { [assistant] in _ = try? await assistant.forget(asker.user) }
        }
        return try await stream.response(speaking: voice.speech(of: turn, language, as: type), to: request)
    }
}

extension FormerVoiceRoutes {
    fileprivate var askingByText: Operation {
        Operation(
            method: .post,
            path: "/processText",
            id: "processText",
            tag: .voice,
            summary: "Ask in writing, and hear the answer",
            details: "For clients of the former system: the question stands alone, and nothing of it is kept.",
            body: body.description,
            replies: [.speech("The spoken answer.", headers: VoiceRoutes.headers)],
            problems: body.problems + VoiceRoutes.inTurns + ProblemKind.ofSpeaking
        )
    }

    fileprivate static let askingBySound = Operation(
        method: .post,
        path: "/processAudioFile",
        id: "processAudioFile",
        tag: .voice,
        summary: "Ask aloud, and hear the answer",
        details: "For clients of the former system: the question stands alone, and nothing of it is kept.",
        parameters: RecordingBody.parameters,
        body: RecordingBody.description,
        replies: [.speech("The spoken answer.", headers: VoiceRoutes.headers)],
        problems: RecordingBody.problems + VoiceRoutes.inTurns + ProblemKind.ofSpeaking + ProblemKind.ofHearing
    )
}
