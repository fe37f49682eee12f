internal import Hummingbird
internal import NIOCore

/// The routes of `/v1/threads/{id}/runs` and their steps.
struct RunRoutes: Sendable {
    let threads: ThreadRepository
    let runs: RunRepository
    let lifecycle: RunLifecycle
    let worker: RunWorker

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.onAssistants(.post, "threads/runs") { request, context in
            let known = RunRequest.parameters.subtracting(["additional_messages", "additional_instructions"])
            let fields = try await request.fields(known: known.union(["thread", "tool_resources"]))
            let run = try RunRequest(fields)
            let events = RunEvents(includesContent: try request.includesStepContent())
            let thread = try await threads.create(ThreadRequest(fields.thread()))
            let created = RunEvent("thread.created", try JSONValue(thread.body))
            return try await start(run, in: thread.id, events, first: created)
                .response(from: request, context: context)
        }
        builder.onAssistants(.post, "threads/:thread/runs") { request, context in
            let run = try RunRequest(await request.fields(known: RunRequest.parameters))
            let events = RunEvents(includesContent: try request.includesStepContent())
            return try await start(run, in: context.id("thread"), events)
                .response(from: request, context: context)
        }
        builder.onAssistants(.get, "threads/:thread/runs") { request, context in
            try await runs.list(request.page(before: true), of: context.id("thread")).list
        }
        builder.onAssistants(.get, "threads/:thread/runs/:run") { _, context in
            try await runs.run(context.id("run"), of: context.id("thread"))
        }
        builder.onAssistants(.post, "threads/:thread/runs/:run") { request, context in
            let metadata = try await request.fields(known: ["metadata"]).metadata() ?? [:]
            return try await runs.update(context.id("run"), of: context.id("thread"), metadata: metadata)
        }
        builder.onAssistants(.post, "threads/:thread/runs/:run/cancel") { _, context in
            try await runs.cancel(context.id("run"), of: context.id("thread"))
        }
        builder.onAssistants(.post, "threads/:thread/runs/:run/submit_tool_outputs") { _, context -> JSONValue in
            let run = try await runs.run(context.id("run"), of: context.id("thread"))
            throw APIError.acceptsNoToolOutputs(run.status)
        }
        addSteps(to: &builder)
    }

    private func addSteps(to builder: inout RouteBuilder) {
        builder.onAssistants(.get, "threads/:thread/runs/:run/steps") { request, context in
            let includesContent = try request.includesStepContent()
            return try await runs.steps(request.page(before: true), of: context.id("run"), in: context.id("thread"))
                .list(id: \.id) { try RunStep($0).json(includingContent: includesContent) }
        }
        builder.onAssistants(.get, "threads/:thread/runs/:run/steps/:step") { request, context in
            let includesContent = try request.includesStepContent()
            let step = try await runs.step(context.id("step"), of: context.id("run"), in: context.id("thread"))
            return try RunStep(step).json(includingContent: includesContent)
        }
    }

    /// Starts a run, which continues whether its client stays connected or not.
    private func start(
        _ request: RunRequest,
        in threadID: String,
        _ events: RunEvents,
        first: RunEvent? = nil
    ) async throws -> RunReply {
        let prepared = try await lifecycle.queue(request, in: threadID)
        let stream = try await worker.execute(prepared, events: events)
        return request.isStreamed ? .stream(first: first, stream) : .run(prepared.run)
    }
}

/// The response to a client that starts a run.
private enum RunReply: ResponseGenerator {
    /// The run, queued.
    case run(Run)
    /// The events of the run.
    case stream(first: RunEvent?, AsyncStream<RunEvent>)

    func response(from request: Request, context: some RequestContext) throws -> Response {
        switch self {
        case .run(let run):
            return try run.response(from: request, context: context)
        case .stream(let first, let events):
            return .events { writer in
                if let first { try await writer.write(first.object.eventFrame(named: first.name)) }
                for await event in events { try await writer.write(event.object.eventFrame(named: event.name)) }
                try await writer.write(ByteBuffer(string: "event: done\ndata: [DONE]\n\n"))
                try await writer.finish(nil)
            }
        }
    }
}

extension RequestFields {
    /// The thread in which a run is started, with the tool resources beside it.
    fileprivate func thread() throws(APIError) -> RequestFields {
        var thread = try fields("thread", known: ["messages", "tool_resources", "metadata"])?.values ?? [:]
        if let resources = value("tool_resources") { thread["tool_resources"] = resources }
        return try RequestFields(.object(thread), at: "thread")
    }
}
