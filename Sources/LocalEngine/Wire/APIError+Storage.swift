internal import HTTPTypes

extension APIError {
    /// The API's error for an error of the storage.
    init(_ error: StorageError) {
        switch error {
        case .notFound(let kind, let id):
            self.init(missing: kind, id)
        case .unknownCursor(let cursor, let id):
            let name = cursor.rawValue
            self = .invalid("Invalid '\(name)': no element with id '\(id)' in this list.", param: name)
        case .expired(let store):
            self = .invalid(
                "Vector store '\(store)' has expired and can no longer be used.",
                code: "vector_store_expired"
            )
        case .conversationLocked:
            self = .invalid(
                "Another process is currently operating on this conversation. Please retry in a few seconds.",
                param: "conversation",
                code: "conversation_locked"
            )
        // Clients recognise busy threads and ended runs by these messages: OpenAI has no codes for them.
        case .threadBusy(let thread, let run, refuses: .message):
            self = .invalid("Can't add messages to \(thread) while a run \(run) is active.")
        case .threadBusy(let thread, let run, refuses: .run):
            self = .invalid("Thread \(thread) already has an active run \(run).")
        case .notCancellable(let status):
            self = .invalid("Cannot cancel run with status '\(status.rawValue)'.")
        }
    }

    private init(missing kind: StorageError.Kind, _ id: String) {
        switch kind {
        case .file: self = .notFound("No such File object: \(id)", param: "id")
        case .attachedFile: self = .notFound("No such File object: \(id)", param: "file_id")
        case .vectorStore: self = .notFound("Vector store with id '\(id)' not found.")
        case .conversation: self = .notFound("Conversation with id '\(id)' not found.")
        case .response: self = .notFound("Response with id '\(id)' not found.")
        case .fileInVectorStore(let store):
            self = .notFound("No file found with id '\(id)' in vector store '\(store)'.")
        case .batchInVectorStore(let store):
            self = .notFound("No file batch found with id '\(id)' in vector store '\(store)'.")
        case .itemInConversation(let conversation):
            self = .notFound("Item with id '\(id)' not found in conversation '\(conversation)'.")
        case .assistant: self = .notFound("No assistant found with id '\(id)'.")
        case .thread: self = .notFound("No thread found with id '\(id)'.")
        case .message: self = .notFound("No message found with id '\(id)'.")
        case .run: self = .notFound("No run found with id '\(id)'.")
        case .runStep: self = .notFound("No run step found with id '\(id)'.")
        case .previousResponse:
            self = .invalid(
                "Previous response with id '\(id)' not found.",
                param: "previous_response_id",
                code: "previous_response_not_found"
            )
        }
    }

    private static func notFound(_ message: String, param: String? = nil) -> APIError {
        APIError(status: .notFound, param: param, message: message)
    }

    /// The API's error for any error; nil for one that is not reported to clients.
    init?(_ error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as StorageError: self.init(error)
        case is FairScheduler.QueueFull: self = .overloaded
        default: return nil
        }
    }
}
