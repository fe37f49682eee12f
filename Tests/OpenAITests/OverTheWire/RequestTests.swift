import OpenAI
import TestSupport
import Testing

/// Every call as it goes over the wire, byte for byte.
@Suite struct RequestTests {
    struct Call: Sendable, CustomTestStringConvertible {
        /// Method and path.
        let line: String
        /// The JSON of the body.
        let body: String
        let answer: String
        let make: @Sendable (OpenAIClient) async throws -> Void

        init(
            _ line: String,
            _ body: String = "",
            answer: String,
            _ make: @escaping @Sendable (OpenAIClient) async throws -> Void
        ) {
            (self.line, self.body, self.answer, self.make) = (line, body, answer, make)
        }

        var testDescription: String { line }
    }

    private static let empty = #"{"object": "list", "data": [], "has_more": false}"#
    private static let deleted = #"{"id": "x", "deleted": true}"#

    static let calls: [Call] = [
        // Files.
        Call("GET /v1/files", answer: empty) { _ = try await $0.files.list() },
        Call("GET /v1/files?limit=5&order=asc&after=file-0&purpose=assistants", answer: empty) {
            _ = try await $0.files.list(purpose: .assistants, limit: 5, order: .ascending, after: "file-0")
        },
        Call("GET /v1/files?limit=1000&purpose=user_data", answer: empty) {
            _ = try await $0.files.all(purpose: .userData).collect()
        },
        Call("GET /v1/files/file-a1", answer: WireSample.file) { _ = try await $0.files.retrieve("file-a1") },
        Call("DELETE /v1/files/file-a1", answer: deleted) { try await $0.files.delete("file-a1") },

        // Vector stores.
        Call("POST /v1/vector_stores", "{}", answer: WireSample.vectorStore) {
            _ = try await $0.vectorStores.create()
        },
        Call(
            "POST /v1/vector_stores",
            #"{"expires_after":{"anchor":"last_active_at","days":30},"metadata":{"app":"kb"},"name":"kb"}"#,
            answer: WireSample.vectorStore
        ) { _ = try await $0.vectorStores.create(name: "kb", metadata: ["app": "kb"], expiresAfterDays: 30) },
        Call("GET /v1/vector_stores?limit=3&order=desc", answer: empty) {
            _ = try await $0.vectorStores.list(limit: 3, order: .descending)
        },
        Call("GET /v1/vector_stores?limit=100", answer: empty) { _ = try await $0.vectorStores.all().collect() },
        Call("GET /v1/vector_stores/vs_1", answer: WireSample.vectorStore) {
            _ = try await $0.vectorStores.retrieve("vs_1")
        },
        Call("DELETE /v1/vector_stores/vs_1", answer: deleted) { try await $0.vectorStores.delete("vs_1") },
        Call(
            "POST /v1/vector_stores/vs_1/search",
            #"{"query":"return window"}"#,
            answer: WireSample.searchPage
        ) { _ = try await $0.vectorStores.search("vs_1", query: "return window") },
        Call(
            "POST /v1/vector_stores/vs_1/search",
            #"{"filters":{"filters":[{"key":"tenant","type":"eq","value":"t1"},"#
                + #"{"filters":[{"key":"lang","type":"in","value":["en","de"]},"#
                + #"{"key":"rev","type":"gte","value":3}],"type":"or"}],"type":"and"},"#
                + #""max_num_results":8,"query":"q"}"#,
            answer: WireSample.searchPage
        ) {
            let newer = SearchFilter.comparison(key: "rev", .greaterOrEqual, .value(3))
            let filter = SearchFilter.and([.equal("tenant", "t1"), .or([.isIn("lang", ["en", "de"]), newer])])
            _ = try await $0.vectorStores.search("vs_1", query: "q", maximumResults: 8, filter: filter)
        },

        // Files in vector stores.
        Call("POST /v1/vector_stores/vs_1/files", #"{"file_id":"file-a1"}"#, answer: WireSample.vectorStoreFile) {
            _ = try await $0.vectorStores.attach("file-a1", to: "vs_1")
        },
        Call(
            "POST /v1/vector_stores/vs_1/files",
            #"{"attributes":{"doc":"d/1","public":true,"rev":3,"share":0.5},"file_id":"file-a1"}"#,
            answer: WireSample.vectorStoreFile
        ) {
            let attributes: [String: AttributeValue] = ["doc": "d/1", "rev": 3, "public": true, "share": 0.5]
            _ = try await $0.vectorStores.attach("file-a1", to: "vs_1", attributes: attributes)
        },
        Call("GET /v1/vector_stores/vs_1/files/file-a1", answer: WireSample.vectorStoreFile) {
            _ = try await $0.vectorStores.file("file-a1", in: "vs_1")
        },
        Call(
            "GET /v1/vector_stores/vs_1/files/file-a1/content",
            answer: #"{"data": [{"type": "text", "text": "One."}, {"type": "image"}], "has_more": false}"#
        ) {
            let text = try await $0.vectorStores.text(of: "file-a1", in: "vs_1")
            #expect(text.text == "One." && text.isWhole)
        },
        Call("GET /v1/vector_stores/vs_1/files?limit=100&filter=failed", answer: empty) {
            _ = try await $0.vectorStores.files(in: "vs_1", filter: .failed).collect()
        },
        Call(
            "POST /v1/vector_stores/vs_1/files/file-a1",
            #"{"attributes":{"rev":4}}"#,
            answer: WireSample.vectorStoreFile
        ) { _ = try await $0.vectorStores.updateAttributes(["rev": 4], of: "file-a1", in: "vs_1") },
        Call("DELETE /v1/vector_stores/vs_1/files/file-a1", answer: deleted) {
            try await $0.vectorStores.detach("file-a1", from: "vs_1")
        },

        // Batches.
        Call(
            "POST /v1/vector_stores/vs_1/file_batches",
            #"{"files":[{"attributes":{"doc":"d1"},"file_id":"file-a1"},{"file_id":"file-a2"}]}"#,
            answer: WireSample.fileBatch
        ) {
            let files = [BatchFile("file-a1", attributes: ["doc": "d1"]), BatchFile("file-a2")]
            _ = try await $0.vectorStores.createBatch(of: files, in: "vs_1")
        },
        Call("GET /v1/vector_stores/vs_1/file_batches/vsfb_1", answer: WireSample.fileBatch) {
            _ = try await $0.vectorStores.batch("vsfb_1", in: "vs_1")
        },
        Call("POST /v1/vector_stores/vs_1/file_batches/vsfb_1/cancel", answer: WireSample.fileBatch) {
            try await $0.vectorStores.cancelBatch("vsfb_1", in: "vs_1")
        },
        Call("GET /v1/vector_stores/vs_1/file_batches/vsfb_1/files?limit=100&filter=failed", answer: empty) {
            _ = try await $0.vectorStores.filesOfBatch("vsfb_1", in: "vs_1", filter: .failed).collect()
        },

        // Conversations.
        Call("POST /v1/conversations", "{}", answer: WireSample.conversation) {
            _ = try await $0.conversations.create()
        },
        Call(
            "POST /v1/conversations",
            #"{"items":[{"content":"ctx","role":"developer"}],"metadata":{"app":"kb"}}"#,
            answer: WireSample.conversation
        ) {
            let items = [InputMessage(role: .developer, content: "ctx")]
            _ = try await $0.conversations.create(metadata: ["app": "kb"], items: items)
        },
        Call("GET /v1/conversations/conv_1", answer: WireSample.conversation) {
            _ = try await $0.conversations.retrieve("conv_1")
        },
        Call("DELETE /v1/conversations/conv_1", answer: deleted) { try await $0.conversations.delete("conv_1") },
        Call(
            "GET /v1/conversations/conv_1/items?limit=2&order=asc&after=msg_0&include%5B%5D=file_search_call.results",
            answer: WireSample.items
        ) {
            _ = try await $0.conversations.items(
                of: "conv_1",
                order: .ascending,
                limit: 2,
                after: "msg_0",
                include: [.fileSearchResults]
            )
        },
        Call("GET /v1/conversations/conv_1/items?limit=100&order=asc", answer: WireSample.items) {
            _ = try await $0.conversations.allItems(of: "conv_1", order: .ascending).collect()
        },
        Call(
            "POST /v1/conversations/conv_1/items",
            #"{"items":[{"content":"Return window?","role":"user"}]}"#,
            answer: WireSample.items
        ) { try await $0.conversations.createItems([.user("Return window?")], in: "conv_1") },
        Call("DELETE /v1/conversations/conv_1/items/msg_1", answer: WireSample.conversation) {
            try await $0.conversations.deleteItem("msg_1", of: "conv_1")
        },

        // Responses.
        Call(
            "POST /v1/responses",
            #"{"input":[{"content":"Hi","role":"user"}],"model":"gpt-6-luna"}"#,
            answer: WireSample.response
        ) { _ = try await $0.responses.create(ResponseRequest(model: "gpt-6-luna", input: [.user("Hi")])) },
        Call("POST /v1/responses", fullRequestJSON, answer: WireSample.response) {
            _ = try await $0.responses.create(fullRequest)
        },
        Call("GET /v1/responses/resp_1", answer: WireSample.response) {
            _ = try await $0.responses.retrieve("resp_1")
        },
        Call("GET /v1/responses/resp_1?include%5B%5D=file_search_call.results", answer: WireSample.response) {
            _ = try await $0.responses.retrieve("resp_1", include: [.fileSearchResults])
        },
        Call("DELETE /v1/responses/resp_1", answer: "") { try await $0.responses.delete("resp_1") },

        // Models.
        Call("GET /v1/models", answer: #"{"object": "list", "data": [\#(WireSample.model)]}"#) {
            let models = try await $0.models.list()
            #expect(models.map(\.id) == ["gpt-6-luna"])
        },
    ]

    private static var fullRequest: ResponseRequest {
        var request = ResponseRequest(
            model: "gpt-6-luna",
            input: [.user("Return window?")],
            conversation: "conv_1",
            instructions: "Answer from the files."
        )
        let filter = SearchFilter.and([.equal("tenant", "t1"), .isIn("lang", ["en", "de"])])
        request.tools = [
            .fileSearch(
                FileSearchTool(vectorStoreIDs: ["vs_1"], maximumResults: 8, filter: filter, scoreThreshold: 0.2)
            )
        ]
        request.toolChoice = .auto
        request.include = [.fileSearchResults]
        request.reasoningEffort = "none"
        request.maximumOutputTokens = 1_024
        request.store = true
        request.metadata = ["tenant": "t1"]
        request.safetyIdentifier = "u_9f3c"
        request.promptCacheKey = "kb:t1"
        return request
    }

    private static let fullRequestJSON =
        #"{"conversation":"conv_1","input":[{"content":"Return window?","role":"user"}],"safety_identifier":"u_9f3c","#
        + #""include":["file_search_call.results"],"instructions":"Answer from the files.","#
        + #""max_output_tokens":1024,"metadata":{"tenant":"t1"},"model":"gpt-6-luna","prompt_cache_key":"kb:t1","#
        + #""reasoning":{"effort":"none"},"store":true,"tool_choice":"auto","#
        + #""tools":[{"filters":{"filters":[{"key":"tenant","type":"eq","value":"t1"},"#
        + #"{"key":"lang","type":"in","value":["en","de"]}],"type":"and"},"max_num_results":8,"#
        + #""ranking_options":{"ranker":"auto","score_threshold":0.2},"type":"file_search","#
        + #""vector_store_ids":["vs_1"]}]}"#

    @Test(arguments: calls)
    func sendsEachCallAsTheAPIHasIt(_ call: Call) async throws {
        try await withAPI(.body(call.answer)) { api in
            try await call.make(api.client)
            let request = try #require(api.requests.first)
            #expect(api.requests.count == 1)
            #expect(request.line == call.line + " HTTP/1.1")
            #expect(request.text == call.body)
            #expect(request["content-type"] == (call.body.isEmpty ? nil : "application/json"))
            #expect(request["authorization"] == "Bearer sk-test")
            #expect(request["accept"] == "application/json")
        }
    }

    @Test func sendsAllFieldsOfAResponse() async throws {
        let answer = ScriptedAnswer.body(WireSample.response)
        try await withAPI(answer, answer, answer, answer) { api in
            var other = Self.fullRequest
            (other.instructions, other.input) = ("Be brief.", [.user("And in March?")])
            for request in [Self.fullRequest, other, other, Self.fullRequest] {
                _ = try await api.client.responses.create(request)
            }
            let otherJSON = Self.fullRequestJSON
                .replacing("Answer from the files.", with: "Be brief.")
                .replacing("Return window?", with: "And in March?")
            #expect(
                api.requests.map(\.text) == [Self.fullRequestJSON, otherJSON, otherJSON, Self.fullRequestJSON]
            )
        }
    }

    @Test(arguments: [
        (ToolChoice.auto, #""auto""#), (.required, #""required""#), (.none, #""none""#),
        (.fileSearch, #"{"type":"file_search"}"#),
    ])
    func sendsEachToolChoice(_ choice: ToolChoice, _ json: String) async throws {
        try await withAPI(.body(WireSample.response)) { api in
            var request = ResponseRequest(model: "m", input: [])
            request.toolChoice = choice
            _ = try await api.client.responses.create(request)
            #expect(api.requests.first?.text == #"{"input":[],"model":"m","tool_choice":\#(json)}"#)
        }
    }
}
