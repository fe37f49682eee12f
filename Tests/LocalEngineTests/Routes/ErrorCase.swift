import HTTPTypes

@testable import LocalEngine

/// A request with an error, and the response of the API.
struct ErrorCase: Sendable {
    let method: HTTPRequest.Method
    let path: String
    var body: JSONValue?
    let status: Int
    var code: String?
    var param: String?
    let message: String

    private static let model: JSONValue = "gpt-6-luna"

    static let all: [ErrorCase] = [
        ErrorCase(method: .get, path: "nothing", status: 404, message: "Invalid URL (GET /v1/nothing)"),
        ErrorCase(
            method: .put,
            path: "files",
            status: 405,
            message: "Not allowed to PUT on /v1/files. (HINT: Perhaps you meant to use a different HTTP method?)"
        ),
        ErrorCase(
            method: .patch,
            path: "vector_stores/vs_1/files/file-1",
            status: 405,
            message:
                "Not allowed to PATCH on /v1/vector_stores/vs_1/files/file-1. (HINT: Perhaps you meant to use a different HTTP method?)"
        ),
        ErrorCase(method: .get, path: "files/file-x", status: 404, param: "id", message: "No such File object: file-x"),
        ErrorCase(
            method: .get,
            path: "vector_stores/vs_x",
            status: 404,
            message: "Vector store with id 'vs_x' not found."
        ),
        ErrorCase(
            method: .get,
            path: "vector_stores/vs_x/files",
            status: 404,
            message: "Vector store with id 'vs_x' not found."
        ),
        ErrorCase(
            method: .get,
            path: "conversations/conv_x",
            status: 404,
            message: "Conversation with id 'conv_x' not found."
        ),
        ErrorCase(method: .get, path: "responses/resp_x", status: 404, message: "Response with id 'resp_x' not found."),
        ErrorCase(
            method: .get,
            path: "models/gpt-1",
            status: 404,
            code: "model_not_found",
            param: "model",
            message: "The model 'gpt-1' does not exist or you do not have access to it."
        ),
        ErrorCase(
            method: .get,
            path: "files?limit=0",
            status: 400,
            code: "integer_below_min_value",
            param: "limit",
            message: "Invalid 'limit': integer below minimum value. Expected a value >= 1, but got 0 instead."
        ),
        ErrorCase(
            method: .get,
            path: "vector_stores?limit=101",
            status: 400,
            code: "integer_above_max_value",
            param: "limit",
            message: "Invalid 'limit': integer above maximum value. Expected a value <= 100, but got 101 instead."
        ),
        ErrorCase(
            method: .get,
            path: "files?order=up",
            status: 400,
            code: "invalid_value",
            param: "order",
            message: "Invalid value: 'up'. Supported values are: 'asc', 'desc'."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["input": "x"],
            status: 400,
            code: "missing_required_parameter",
            param: "model",
            message: "Missing required parameter: 'model'."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": 5, "input": "x"],
            status: 400,
            code: "invalid_type",
            param: "model",
            message: "Invalid type for 'model': expected a string, but got an integer instead."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": model, "input": 5],
            status: 400,
            code: "invalid_type",
            param: "input",
            message: "Invalid type for 'input': expected a string or an array, but got an integer instead."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": model, "input": "x", "colour": "red"],
            status: 400,
            code: "unknown_parameter",
            param: "colour",
            message: "Unknown parameter: 'colour'."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": model, "input": "x", "conversation": "conv_1", "previous_response_id": "resp_1"],
            status: 400,
            code: "mutually_exclusive_parameters",
            param: "conversation",
            message: "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. "
                + "Ensure you are only providing one of: 'previous_response_id' or 'conversation'."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": model, "input": "x", "tools": [["type": "file_search", "vector_store_ids": ["vs_x"]]]],
            status: 404,
            message: "Vector store with id 'vs_x' not found."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": model, "input": "x", "tools": [["type": "file_search", "vector_store_ids": "vs_x"]]],
            status: 400,
            code: "invalid_type",
            param: "tools[0].vector_store_ids",
            message: "Invalid type for 'tools[0].vector_store_ids': expected an array, but got a string instead."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": model, "input": "x", "temperature": 3],
            status: 400,
            code: "decimal_above_max_value",
            param: "temperature",
            message: "Invalid 'temperature': decimal above maximum value. Expected a value <= 2.0, but got 3.0 instead."
        ),
        ErrorCase(
            method: .post,
            path: "responses",
            body: ["model": model, "input": "x", "background": true],
            status: 400,
            code: "unsupported_parameter",
            param: "background",
            message: "Unsupported parameter: 'background'."
        ),
        ErrorCase(
            method: .post,
            path: "vector_stores",
            body: ["metadata": ["a": 1]],
            status: 400,
            code: "invalid_type",
            param: "metadata.a",
            message: "Invalid type for 'metadata.a': expected a string, but got an integer instead."
        ),
        ErrorCase(
            method: .post,
            path: "vector_stores",
            body: ["expires_after": ["anchor": "last_active_at", "days": 366]],
            status: 400,
            code: "integer_above_max_value",
            param: "expires_after.days",
            message:
                "Invalid 'expires_after.days': integer above maximum value. Expected a value <= 365, but got 366 instead."
        ),
        ErrorCase(
            method: .post,
            path: "vector_stores",
            body: ["file_ids": .array(Array(repeating: "file-x", count: 501))],
            status: 400,
            code: "array_above_max_length",
            param: "file_ids",
            message: "Invalid 'file_ids': array too long. Expected an array with maximum length 500, "
                + "but got an array with length 501 instead."
        ),
        ErrorCase(
            method: .post,
            path: "vector_stores",
            body: [
                "chunking_strategy": [
                    "type": "static", "static": ["max_chunk_size_tokens": 100, "chunk_overlap_tokens": 51],
                ]
            ],
            status: 400,
            code: "integer_above_max_value",
            param: "chunking_strategy.static.chunk_overlap_tokens",
            message: "Invalid 'chunking_strategy.static.chunk_overlap_tokens': integer above maximum value. "
                + "Expected a value <= 50, but got 51 instead."
        ),
        ErrorCase(
            method: .post,
            path: "conversations/conv_x",
            body: [:],
            status: 400,
            code: "missing_required_parameter",
            param: "metadata",
            message: "Missing required parameter: 'metadata'."
        ),
    ]
}
