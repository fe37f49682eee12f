import HTTPTypes
import Testing

@testable import LocalEngine

@Suite struct StorageErrorTests {
    @Test(
        arguments: [
            (.notFound(.file, id: "x"), 404, nil, "id", "No such File object: x"),
            (.notFound(.attachedFile, id: "x"), 404, nil, "file_id", "No such File object: x"),
            (.notFound(.vectorStore, id: "x"), 404, nil, nil, "Vector store with id 'x' not found."),
            (
                .notFound(.fileInVectorStore("vs"), id: "x"), 404, nil, nil,
                "No file found with id 'x' in vector store 'vs'."
            ),
            (
                .notFound(.batchInVectorStore("vs"), id: "x"), 404, nil, nil,
                "No file batch found with id 'x' in vector store 'vs'."
            ),
            (.notFound(.conversation, id: "x"), 404, nil, nil, "Conversation with id 'x' not found."),
            (
                .notFound(.itemInConversation("conv"), id: "x"), 404, nil, nil,
                "Item with id 'x' not found in conversation 'conv'."
            ),
            (.notFound(.response, id: "x"), 404, nil, nil, "Response with id 'x' not found."),
            (
                .notFound(.previousResponse, id: "x"), 400, "previous_response_not_found", "previous_response_id",
                "Previous response with id 'x' not found."
            ),
            (.notFound(.assistant, id: "x"), 404, nil, nil, "No assistant found with id 'x'."),
            (.notFound(.thread, id: "x"), 404, nil, nil, "No thread found with id 'x'."),
            (.notFound(.message, id: "x"), 404, nil, nil, "No message found with id 'x'."),
            (.notFound(.run, id: "x"), 404, nil, nil, "No run found with id 'x'."),
            (.notFound(.runStep, id: "x"), 404, nil, nil, "No run step found with id 'x'."),
            (
                .unknownCursor(.after, id: "x"), 400, nil, "after",
                "Invalid 'after': no element with id 'x' in this list."
            ),
            (
                .unknownCursor(.before, id: "x"), 400, nil, "before",
                "Invalid 'before': no element with id 'x' in this list."
            ),
            (
                .expired(vectorStore: "vs"), 400, "vector_store_expired", nil,
                "Vector store 'vs' has expired and can no longer be used."
            ),
            (
                .conversationLocked, 400, "conversation_locked", "conversation",
                "Another process is currently operating on this conversation. Please retry in a few seconds."
            ),
            (
                .threadBusy(thread: "t", run: "r", refuses: .message), 400, nil, nil,
                "Can't add messages to t while a run r is active."
            ),
            (.threadBusy(thread: "t", run: "r", refuses: .run), 400, nil, nil, "Thread t already has an active run r."),
            (.notCancellable(.completed), 400, nil, nil, "Cannot cancel run with status 'completed'."),
        ] as [(StorageError, Int, String?, String?, String)]
    )
    func hasOneErrorOfTheAPI(error: StorageError, status: Int, code: String?, param: String?, message: String) {
        let expected = APIError(status: .init(code: status), code: code, param: param, message: message)
        #expect(APIError(error) == expected)
        #expect(APIError(error as any Error) == expected)
    }
}
