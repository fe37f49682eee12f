internal import OpenAI

/// Threads of both protocols, and questions in them, by the adapters that turns use.
extension ProbeRun {
    private static let instructions = "Answer from the documents in one sentence, and cite them."

    mutating func checkConversations(_ document: ProbeDocument?) async throws {
        let (openAI, resources) = (openAI, resources)
        let adapter = ResponsesAdapter(openAI: openAI, model: model ?? "", reasoningEffort: reasoningEffort)
        let conversation = try await check(.conversations, within: limits.call) {
            let id = try await Self.makeThread(adapter, document, resources, .conversation)
            guard try await adapter.messages(of: id, limit: 5).contains(where: { $0.text == Self.greeting }) else {
                throw ProbeFailure.unexpected("the conversation does not have the message that it was created with")
            }
            return (id, "created with a message, which it lists")
        }
        guard let conversation, let document, model != nil else {
            let reason =
                conversation == nil ? "there are no conversations" : document == nil ? "no file is indexed" : nil
            return skip([.citations], reason ?? "no model is known")
        }
        try await checkCitations(.citations, adapter, conversation, document, document.corpus())
    }

    mutating func checkAssistants(_ document: ProbeDocument?) async throws {
        let (openAI, resources, model) = (openAI, resources, model)
        let assistant = try await check(.assistants, within: limits.call) {
            var request = AssistantRequest(model: model ?? "none", instructions: Self.instructions)
            request.name = resources.name
            request.tools = [.fileSearch()]
            let assistant = try await resources.create(.assistant, id: \.id) { [request] in
                try await openAI.assistants.create(request)
            }
            return (assistant.id, "created")
        }
        let adapter = AssistantsAdapter(
            openAI: openAI,
            model: model ?? "",
            reasoningEffort: reasoningEffort,
            configuredAssistantID: assistant
        )
        guard let assistant, let document else {
            return skip([.threads, .runs], assistant == nil ? "there are no assistants" : "no file is indexed")
        }
        let thread = try await check(.threads, within: limits.call) {
            (try await Self.makeThread(adapter, document, resources, .thread), "created with its vector store")
        }
        guard let thread, model != nil else {
            return skip([.runs], thread == nil ? "there are no threads" : "no model is known")
        }
        try await checkCitations(.runs, adapter, thread, document, document.corpus(assistantID: assistant))
    }

    private static let greeting = "Good morning."

    private static func makeThread(
        _ adapter: any UpstreamAdapter,
        _ document: ProbeDocument?,
        _ resources: ProbeResources,
        _ kind: ProbeResources.Kind
    ) async throws -> String {
        try await resources.create(kind, id: \.self) {
            try await adapter.makeThread(
                for: UserID(recorded: resources.name),
                over: (document ?? ProbeDocument(fileID: "", storeID: "")).corpus(),
                beginningWith: [UpstreamMessage(id: "", role: .user, text: greeting)]
            )
        }
    }

    /// Asks about the document, and checks that the streamed answer cites it.
    private mutating func checkCitations(
        _ capability: ServerCapability,
        _ adapter: any UpstreamAdapter,
        _ thread: String,
        _ document: ProbeDocument,
        _ corpus: Corpus
    ) async throws {
        let resources = resources
        let question = UpstreamQuestion(
            text: ProbeDocument.question,
            user: UserID(recorded: resources.name),
            threadID: thread,
            corpus: corpus,
            instructions: Self.instructions,
            onResponse: { resources.add(.response, $0) }
        )
        _ = try await check(capability, within: limits.answer) {
            for try await event in try await adapter.stream(question) {
                guard case .ended(let answer) = event else { continue }
                let isCited = answer.citations.contains { citation in
                    citation.fileID == document.fileID || citation.filename?.hasPrefix(resources.name) ?? false
                }
                guard isCited else {
                    let count = "\(answer.text.count) characters, \(answer.passages.count) passages found"
                    throw ProbeFailure.unexpected("the answer does not cite the file (\(count))")
                }
                return ((), "cited, \(answer.passages.count) passages returned")
            }
            throw ProbeFailure.unexpected("a stream without an end")
        }
    }
}
