internal import Hummingbird

/// The routes of `/v1/threads` and their messages.
struct ThreadRoutes: Sendable {
    let threads: ThreadRepository

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.onAssistants(.post, "threads") { request, _ in
            let fields = try await request.fields(known: ["messages", "tool_resources", "metadata"], optional: true)
            return try await threads.create(ThreadRequest(fields))
        }
        builder.onAssistants(.get, "threads/:thread") { _, context in
            try await threads.thread(context.id("thread"))
        }
        builder.onAssistants(.post, "threads/:thread") { request, context in
            let fields = try await request.fields(known: ["tool_resources", "metadata"])
            let thread = try ThreadRequest(fields)
            let id = try context.id("thread")
            return try await threads.update(id, metadata: thread.metadata, store: thread.store)
        }
        builder.onAssistants(.delete, "threads/:thread") { _, context -> JSONValue in
            let id = try context.id("thread")
            try await threads.delete(id)
            return ["id": .string(id), "object": "thread.deleted", "deleted": true]
        }
        addMessages(to: &builder)
    }

    private func addMessages(to builder: inout RouteBuilder) {
        builder.onAssistants(.post, "threads/:thread/messages") { request, context in
            let message = try MessageRequest(await request.fields(known: MessageRequest.parameters))
            return try await threads.add(message.stored(), to: context.id("thread"))
        }
        builder.onAssistants(.get, "threads/:thread/messages") { request, context in
            let run = request.uri.queryParameters["run_id"].map(String.init)
            return try await threads.messages(request.page(before: true), of: context.id("thread"), run: run).list
        }
        builder.onAssistants(.get, "threads/:thread/messages/:message") { _, context in
            try await threads.message(context.id("message"), of: context.id("thread"))
        }
        builder.onAssistants(.post, "threads/:thread/messages/:message") { request, context in
            let metadata = try await request.fields(known: ["metadata"]).metadata() ?? [:]
            return try await threads.updateMessage(
                context.id("message"),
                of: context.id("thread"),
                metadata: metadata
            )
        }
        builder.onAssistants(.delete, "threads/:thread/messages/:message") { _, context -> JSONValue in
            let id = try context.id("message")
            try await threads.deleteMessage(id, of: context.id("thread"))
            return ["id": .string(id), "object": "thread.message.deleted", "deleted": true]
        }
    }
}

extension ThreadRepository {
    /// Creates the thread that a request describes.
    func create(_ request: ThreadRequest) async throws -> StoredObject {
        try await create(
            metadata: request.metadata ?? [:],
            store: request.store ?? .none,
            messages: request.messages.map { try $0.stored() }
        )
    }
}
