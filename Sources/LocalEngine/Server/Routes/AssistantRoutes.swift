internal import HTTPTypes
internal import Hummingbird

/// The routes of `/v1/assistants`.
struct AssistantRoutes: Sendable {
    let assistants: AssistantRepository

    /// Adds the routes.
    func add(to book: inout RouteBuilder) {
        book.onAssistants(.post, "assistants") { request, _ in
            let fields = try await request.fields(known: AssistantSettings.parameters)
            return try await assistants.create(AssistantSettings(fields, isNew: true))
        }
        book.onAssistants(.get, "assistants") { request, _ in
            try await assistants.list(request.page(before: true)).list
        }
        book.onAssistants(.get, "assistants/:assistant") { _, context in
            try await assistants.assistant(context.id("assistant"))
        }
        book.onAssistants(.post, "assistants/:assistant") { request, context in
            let fields = try await request.fields(known: AssistantSettings.parameters)
            return try await assistants.update(context.id("assistant"), AssistantSettings(fields, isNew: false))
        }
        book.onAssistants(.delete, "assistants/:assistant") { _, context -> JSONValue in
            let id = try context.id("assistant")
            try await assistants.delete(id)
            return ["id": .string(id), "object": "assistant.deleted", "deleted": true]
        }
    }
}

extension RouteBuilder {
    /// Adds a route that is for those only who say which version of assistants they mean.
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

extension Page where Element == JSONValue {
    /// The page of objects as the API's list object.
    var list: JSONValue {
        list(id: { $0["id"]?.string ?? "" }, \.self)
    }
}
