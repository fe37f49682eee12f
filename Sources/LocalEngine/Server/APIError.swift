internal import HTTPTypes

/// An error as the API tells it: a status and what stands in the envelope.
struct APIError: Error, Sendable, Hashable {
    /// The status of the answer.
    var status: HTTPResponse.Status
    /// The broad kind.
    var type = "invalid_request_error"
    /// The exact kind, where the API has a name for it.
    var code: String?
    /// The request's parameter at fault.
    var param: String?
    /// What a person should know.
    var message: String

    /// The body of the answer.
    var envelope: JSONValue {
        ["error": fields]
    }

    /// The error without its envelope, as stream events carry it.
    var fields: JSONValue {
        ["message": .string(message), "type": .string(type), "param": .optional(param), "code": .optional(code)]
    }
}

// MARK: - Things that are not there

extension APIError {
    /// An object of a kind that calls its like "objects".
    static func noFile(_ id: String, param: String = "id") -> APIError {
        APIError(status: .notFound, param: param, message: "No such File object: \(id)")
    }

    /// An object known by its kind and ID.
    static func notFound(_ kind: String, _ id: String) -> APIError {
        APIError(status: .notFound, message: "\(kind) with id '\(id)' not found.")
    }

    /// A file that is not attached to the store.
    static func noFile(_ fileID: String, inStore storeID: String) -> APIError {
        APIError(status: .notFound, message: "No file found with id '\(fileID)' in vector store '\(storeID)'.")
    }

    /// A batch that the store does not have.
    static func noBatch(_ batchID: String, inStore storeID: String) -> APIError {
        APIError(status: .notFound, message: "No file batch found with id '\(batchID)' in vector store '\(storeID)'.")
    }

    /// An item that the conversation does not have.
    static func noItem(_ itemID: String, inConversation id: String) -> APIError {
        APIError(status: .notFound, message: "Item with id '\(itemID)' not found in conversation '\(id)'.")
    }

    /// A model that the engine does not list.
    static func noModel(_ id: String) -> APIError {
        APIError(
            status: .notFound,
            code: "model_not_found",
            param: "model",
            message: "The model '\(id)' does not exist or you do not have access to it."
        )
    }
}

// MARK: - Things that cannot be done now

extension APIError {
    /// Another response is being made in the conversation.
    static let conversationLocked = APIError(
        status: .badRequest,
        code: "conversation_locked",
        param: "conversation",
        message: "Another process is currently operating on this conversation. Please retry in a few seconds."
    )

    /// A store that has expired is neither searched nor filled.
    static func expired(store id: String) -> APIError {
        APIError(
            status: .badRequest,
            code: "vector_store_expired",
            message: "Vector store '\(id)' has expired and can no longer be used."
        )
    }

    /// Only background responses can be cancelled, and the engine makes none.
    static let synchronousResponse = APIError(
        status: .badRequest,
        message: "Cannot cancel a synchronous response."
    )

    /// The engine itself failed.
    static let serverError = APIError(
        status: .internalServerError,
        type: "server_error",
        code: "server_error",
        message: "The server had an error while processing your request. Sorry about that!"
    )

    /// The engine's database did not get free in time.
    static let overloaded = APIError(
        status: .serviceUnavailable,
        type: "server_error",
        code: "server_is_overloaded",
        message: "The engine is overloaded. Please try again later."
    )
}
