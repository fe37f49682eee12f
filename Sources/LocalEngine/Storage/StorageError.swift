internal import GRDB

/// Why a repository cannot do what it is asked for.
enum StorageError: Error, Sendable, Hashable {
    /// The kinds of objects that can be missing.
    enum Kind: Sendable, Hashable {
        case file
        /// A file that is to be put into a vector store.
        case attachedFile
        case vectorStore
        case fileInVectorStore(String)
        case batchInVectorStore(String)
        case conversation
        case itemInConversation(String)
        case response
        /// The response that a new one continues.
        case previousResponse
        case assistant, thread, message, run, runStep
    }

    /// What a thread with an active run refuses.
    enum Addition: Sendable, Hashable {
        case message, run
    }

    /// There is no object of the kind with the ID.
    case notFound(Kind, id: String)
    /// The cursor of a page names no element of the list.
    case unknownCursor(PageRequest.Cursor, id: String)
    /// The vector store has expired and can be neither searched nor filled.
    case expired(vectorStore: String)
    /// Another response is being created in the conversation.
    case conversationLocked
    /// The thread has an active run, during which it takes no messages and no other runs.
    case threadBusy(thread: String, run: String, refuses: Addition)
    /// The run has ended, so it cannot be cancelled.
    case notCancellable(Run.Status)
}

extension Error {
    /// What a log may say about an error: its kind, and nothing of its subject.
    var kind: String {
        (self as? DatabaseError)?.extendedResultCode.description ?? String(describing: type(of: self))
    }

    /// Whether the database stayed locked by other writers for longer than a statement waits.
    var isDatabaseBusy: Bool {
        (self as? DatabaseError)?.resultCode == .SQLITE_BUSY
    }
}
