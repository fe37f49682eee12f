internal import HTTPTypes
internal import Hummingbird

/// The routes of `/v1/assistants`.
struct AssistantRoutes: Sendable {
    let assistants: AssistantRepository

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.onAssistants(.post, "assistants") { request, _ in
            let fields = try await request.fields(known: AssistantRequest.parameters)
            let assistant = try AssistantRequest(fields, isNew: true)
            return try await assistants.create(assistant.newFields(), store: assistant.store ?? .none)
        }
        builder.onAssistants(.get, "assistants") { request, _ in
            try await assistants.list(request.page(before: true)).list
        }
        builder.onAssistants(.get, "assistants/:assistant") { _, context in
            try await assistants.assistant(context.id("assistant"))
        }
        builder.onAssistants(.post, "assistants/:assistant") { request, context in
            let fields = try await request.fields(known: AssistantRequest.parameters)
            let assistant = try AssistantRequest(fields, isNew: false)
            let id = try context.id("assistant")
            return try await assistants.update(id, assistant.changedFields(), store: assistant.store)
        }
        builder.onAssistants(.delete, "assistants/:assistant") { _, context -> JSONValue in
            let id = try context.id("assistant")
            try await assistants.delete(id)
            return ["id": .string(id), "object": "assistant.deleted", "deleted": true]
        }
    }
}

extension RouteBuilder {
    /// Adds a route that requires the header with the version of the Assistants API.
    mutating func onAssistants(
        _ method: HTTPRequest.Method,
        _ path: String,
        use handler: @escaping @Sendable (Request, EngineContext) async throws -> some ResponseGenerator
    ) {
        on(method, path) { request, context in
            guard request.headers[.openAIBeta]?.contains("assistants=v2") == true else { throw APIError.missingBeta }
            return try await handler(request, context)
        }
    }
}
