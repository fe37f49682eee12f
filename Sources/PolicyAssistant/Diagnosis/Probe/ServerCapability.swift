/// A part of OpenAI's API that a server may have.
public enum ServerCapability: String, Sendable, CaseIterable, Encodable {
    /// The list of models.
    case models
    /// Whole texts without stored state.
    case chatCompletions = "chat_completions"
    /// The same as a stream.
    case chatCompletionStream = "chat_completions_stream"
    /// Whole responses.
    case responses
    /// The events of a response.
    case responseStream = "responses_stream"
    /// Uploaded files.
    case files
    /// Vector stores.
    case vectorStores = "vector_stores"
    /// Files in vector stores.
    case indexing
    /// The attributes of files in vector stores.
    case attributes
    /// Several files for a vector store with one call, with attributes.
    case batches = "file_batches"
    /// The text of a file in a vector store.
    case content = "file_content"
    /// Searches of a vector store.
    case search
    /// Searches that a filter on attributes restricts.
    case filters = "search_filters"
    /// Conversations and their messages.
    case conversations
    /// Responses in a conversation that cite the files they are based on.
    case citations
    /// Assistants.
    case assistants
    /// Threads, each with a vector store of its own.
    case threads
    /// The events of runs whose answers cite the files they are based on.
    case runs

    /// The capability in words.
    public var title: String {
        switch self {
        case .models: "models"
        case .chatCompletions: "chat completions"
        case .chatCompletionStream: "streamed chat completions"
        case .responses: "responses"
        case .responseStream: "streamed responses"
        case .conversations: "conversations"
        case .files: "files"
        case .vectorStores: "vector stores"
        case .indexing: "files in vector stores"
        case .attributes: "attributes of files"
        case .batches: "file batches"
        case .content: "text of files"
        case .search: "search"
        case .filters: "search with filters"
        case .citations: "responses with citations"
        case .assistants: "assistants"
        case .threads: "threads"
        case .runs: "runs with citations"
        }
    }
}

extension UpstreamProtocol {
    /// What a server must have to be the upstream over this protocol.
    ///
    /// Batches and the text of files are not needed: files are attached one by one, and syncs do not verify themselves.
    var neededCapabilities: [ServerCapability] {
        switch self {
        case .responses:
            [
                .models, .responses, .responseStream, .conversations, .files, .vectorStores, .indexing, .attributes,
                .search, .filters, .citations,
            ]
        case .assistants: [.models, .files, .vectorStores, .indexing, .search, .assistants, .threads, .runs]
        }
    }
}
