import HTTPTypes
import Testing

@testable import OpenAI

/// Unknown objects in errors of status 400: OpenAI has 404 for them, some compatible servers do not.
@Suite struct NotFoundTests {
    struct Row: CustomTestStringConvertible {
        let call: APICall
        let body: String
        let code: OpenAIError.Code

        init(_ call: APICall, message: String, code: String? = nil, param: String? = nil, _ expected: OpenAIError.Code)
        {
            self.call = call
            func quoted(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
            body = """
                {"error": {"message": \(quoted(message)), "type": "invalid_request_error", "code": \(quoted(code)), \
                "param": \(quoted(param))}}
                """
            self.code = expected
        }

        var testDescription: String { "\(call.operation) \(body)" }
    }

    private static let detach = APICall.delete("vector_stores", "vs_1", "files", "file-9")
    private static let update = APICall.post("vector_stores", "vs_1", "files", "file-9")
    private static let create = APICall.post("responses")

    static let rows = [
        Row(detach, message: "File file-9 not found in vector store vs_1", .notFound),
        Row(detach, message: "Vector_store 'vs_1' not found. Use 'client.vector_stores.list()' to list.", .notFound),
        Row(.get("vector_stores", "vs_1"), message: "No such vector store", .notFound),
        Row(.delete("files", "file-9"), message: "The file does not exist.", .notFound),
        Row(.get("files", "file-9"), message: "Not found", .notFound),
        Row(.delete("conversations", "conv_1"), message: "Whatever", code: "conversation_not_found", .notFound),
        Row(.delete("files", "file-9"), message: "Whatever", code: "not_found", .notFound),
        Row(.delete("files", "file-9"), message: "File 'file-9' not found.", code: "400", param: "id", .notFound),
        Row(update, message: "File file-9 not found in vector store vs_1", .notFound),
        // Another thing does not exist, or nothing is said to be missing.
        Row(detach, message: "Model 'all-minilm' of vector store vs_1 not found", .invalidRequest),
        Row(detach, message: "The provider of vs_1 was not found", .invalidRequest),
        Row(.delete("files", "file-9"), message: "Route not found", .invalidRequest),
        Row(.delete("files", "file-9"), message: "file-9 is in use", .invalidRequest),
        Row(.delete("files", "file-9"), message: "Not found", code: "invalid_value", .invalidRequest),
        Row(.delete("files", "file-9"), message: "Not found", code: "user_not_found", .invalidRequest),
        Row(.delete("files", "file-9"), message: "file-9 not found", param: "purpose", .invalidRequest),
        Row(.delete("files", "file-9"), message: "Whatever", code: "model_not_found", .modelNotFound),
        // A call that creates an object has no object in its path.
        Row(create, message: "Response not found", .invalidRequest),
        Row(.post("vector_stores", "vs_1", "file_batches"), message: "vs_1 not found", .invalidRequest),
    ]

    @Test(arguments: rows)
    func isReadWithCare(_ row: Row) {
        let head = HTTPResponse(status: .badRequest)
        let error = OpenAIError(head: head, body: Array(row.body.utf8), hint: RetryHint(), call: row.call)
        #expect(error.code == row.code)
    }

    @Test func deletesAnUnknownObjectSuccessfully() async throws {
        let refusal = #"{"error": {"message": "File 'f' not found."}}"#
        try await withAPI(.body(refusal, status: 400), .body(#"{"detail": "File f not found"}"#, status: 400)) { api in
            let first = try await api.client.files.delete("f")
            let second = try await api.client.files.delete("f")
            #expect(!first && !second)
        }
    }

    @Test func reportsARejectedDeletion() async throws {
        try await withAPI(.body(#"{"error": {"message": "Purpose 'f' cannot be deleted."}}"#, status: 400)) { api in
            let error = try await openAIError { try await api.client.files.delete("f") }
            #expect(error?.code == .invalidRequest)
        }
    }
}
