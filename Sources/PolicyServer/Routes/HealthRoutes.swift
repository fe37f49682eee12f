internal import Hummingbird
internal import PolicyAssistant

/// `/healthz` and `/readyz`: whether the process lives, and whether it can answer questions.
struct HealthRoutes: Sendable {
    let assistant: Assistant

    func add(to router: Router<APIContext>) {
        router.route("healthz", [.get: { _, _ in .json(["status": "ok"]) }])
        router.route("readyz", [.get: ready])
    }

    @Sendable private func ready(_ request: Request, _ context: APIContext) async throws -> Response {
        try await assistant.checkReadiness()
        return .json(["status": "ready"])
    }
}
