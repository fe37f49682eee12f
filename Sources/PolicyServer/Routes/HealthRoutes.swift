internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /healthz`: whether the process is alive; `GET /readyz`: whether it can answer questions.
struct HealthRoutes: Sendable {
    let assistant: Assistant

    var routes: [Route] {
        [
            Route(Self.living) { _, _ in try .json(HealthBody.healthy) },
            Route(Self.answering, ready),
        ]
    }

    @Sendable private func ready(_ request: Request, _ context: APIContext) async throws -> Response {
        try await assistant.checkReadiness()
        return try .json(HealthBody(status: "ready", engineSearch: assistant.settings.engineSearch?.rawValue))
    }

    private static let living = Operation(
        method: .get,
        path: "/healthz",
        id: "health",
        tag: .operations,
        summary: "Check whether the process is alive",
        access: .anyone,
        replies: [.json(HealthBody.self, "The process is alive.")]
    )

    private static let answering = Operation(
        method: .get,
        path: "/readyz",
        id: "readiness",
        tag: .operations,
        summary: "Check whether questions can be answered",
        details:
            "Checks that Redis allows the commands of a question, and that upstream has the synced documents.",
        access: .anyone,
        replies: [.json(HealthBody.self, "Questions can be answered.")],
        problems: [.notSynced, .storeUnavailable] + ProblemKind.ofUpstream
    )
}

struct HealthBody: Encodable, Described {
    let status: String
    var engineSearch: String?

    enum CodingKeys: String, CodingKey {
        case status
        case engineSearch = "engine_search"
    }

    static let healthy = HealthBody(status: "ok")

    static let schema = Schema.named(
        "Health",
        .object(
            .required("status", .choice([healthy.status, "ready"]), "The state."),
            .optional(
                "engine_search",
                .choice(["meaning", "meaning_english", "words"]),
                "Only in `/readyz`, with the embedded engine: `meaning` if it searches with sentence encoders for "
                    + "English and for other languages, `meaning_english` with the one for English alone, `words` "
                    + "without any."
            )
        ),
        "The health of the server."
    )

    static let example = healthy
}
