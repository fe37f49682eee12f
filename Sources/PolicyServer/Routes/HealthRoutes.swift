internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `/healthz` and `/readyz`: whether the process lives, and whether it can answer questions.
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
        summary: "Tell whether the process lives",
        access: .anyone,
        replies: [.json(HealthBody.self, "It does.")]
    )

    private static let answering = Operation(
        method: .get,
        path: "/readyz",
        id: "readiness",
        tag: .operations,
        summary: "Tell whether questions can be answered",
        details: "Redis does what a question needs, upstream answers, and has the documents that are synced.",
        access: .anyone,
        replies: [.json(HealthBody.self, "They can.")],
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
            .required("status", .choice([healthy.status, "ready"]), "All is well."),
            .optional(
                "engine_search",
                .choice(["meaning", "meaning_english", "words"]),
                "Of `/readyz`, where the embedded engine answers: whether it finds passages by their meaning, with its "
                    + "sentence encoders for English and for other languages or with the one for English alone, or by "
                    + "the words of the question, without any."
            )
        ),
        "A sign of life."
    )

    static let example = healthy
}
