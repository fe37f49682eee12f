import FoundationEssentials
import JSON
import Testing

@testable import OpenAI

@Suite struct StoreDecodingTests {
    private static let noon = Date(timeIntervalSince1970: 1_795_219_200)

    @Test func readsAFile() throws {
        let file = try decode(OpenAIFile.self, WireSample.file)
        #expect(file.id == "file-a1")
        #expect(file.filename == "faq.md")
        #expect(file.purpose == .assistants)
        #expect(file.bytes == 1_042)
        #expect(file.createdAt == Self.noon)
        #expect(file.expiresAt == nil)
        #expect(file.status == .processed)
    }

    @Test func readsAVectorStore() throws {
        let store = try decode(VectorStore.self, WireSample.vectorStore)
        #expect(store.id == "vs_1")
        #expect(store.name == "kb")
        #expect(store.status == .completed)
        #expect(store.usageBytes == 1_045)
        #expect(store.fileCounts.completed == 1)
        #expect(store.fileCounts.total == 1)
        #expect(store.metadata == ["tenant": "t1", "app": "kb"])
        #expect(store.createdAt == Self.noon)
        #expect(store.lastActiveAt == Self.noon)
        #expect(store.expiresAt == Self.noon.addingTimeInterval(30 * 86_400))
    }

    @Test func readsAFileOfAStore() throws {
        let file = try decode(VectorStoreFile.self, WireSample.vectorStoreFile)
        #expect(file.id == "file-a1")
        #expect(file.vectorStoreID == "vs_1")
        #expect(file.status == .completed)
        #expect(file.lastError == nil)
        #expect(file.usageBytes == 1_045)
        #expect(file.attributes == ["doc": "d1", "rev": 3, "public": true])
    }

    @Test func readsWhyAFileWasNotIndexed() throws {
        let file = try decode(VectorStoreFile.self, WireSample.failedVectorStoreFile)
        #expect(file.status == .failed)
        #expect(file.lastError?.code == .unsupportedFile)
        #expect(file.lastError?.message == "The file type is not supported.")
    }

    @Test(arguments: ["vector_store.files_batch", "vector_store.file_batch"])
    func readsABatchOfEitherName(_ object: String) throws {
        let json = WireSample.fileBatch.replacing("vector_store.files_batch", with: object)
        let batch = try decode(FileBatch.self, json)
        #expect(batch.id == "vsfb_1")
        #expect(batch.status == .inProgress)
        #expect(batch.fileCounts.inProgress == 2)
        #expect(!batch.isSettled)
    }

    @Test(arguments: [
        ("in_progress", 0, 2, true), ("in_progress", 0, 0, false), ("in_progress", 1, 2, false),
        ("completed", 0, 0, true), ("failed", 0, 2, true), ("cancelled", 0, 2, true), ("new_status", 1, 2, false),
    ])
    func knowsWhenABatchIsSettled(_ status: String, _ inProgress: Int, _ total: Int, _ isSettled: Bool) throws {
        let json = """
            {"id": "vsfb_1", "status": "\(status)", "file_counts": {"in_progress": \(inProgress), "total": \(total)}}
            """
        #expect(try decode(FileBatch.self, json).isSettled == isSettled)
    }

    @Test(arguments: [#"["return window"]"#, #""return window""#])
    func readsAPageOfSearchResults(_ query: String) throws {
        let json = WireSample.searchPage.replacing(#"["return window"]"#, with: query)
        let page = try decode(Page<FileSearchResult>.self, json)
        let result = try #require(page.data.first)
        #expect(result.fileID == "file-a1")
        #expect(result.text == "Returns are accepted for 30 days.")
        #expect(!page.hasMore)
    }

    @Test func readsAPage() throws {
        let page = try decode(
            Page<OpenAIFile>.self,
            #"{"object": "list", "data": [\#(WireSample.file)], "first_id": "x", "last_id": "y", "has_more": true}"#
        )
        #expect(page.data.map(\.id) == ["file-a1"])
        #expect(page.hasMore)
        #expect(page.lastID == "y")
    }

    @Test func readsAnEmptyPage() throws {
        let page = try decode(
            Page<OpenAIFile>.self,
            #"{"object": "list", "data": [], "first_id": null, "last_id": null, "has_more": false}"#
        )
        #expect(page.data.isEmpty)
        #expect(!page.hasMore)
        #expect(page.lastID == nil)
    }

    @Test func readsAModel() throws {
        let model = try decode(Model.self, WireSample.model)
        #expect(model.id == "gpt-6-luna")
        #expect(model.ownedBy == "openai")
        #expect(model.created == Self.noon)
        #expect(model.shutdownDate == "2027-06-30")
    }

    @Test func readsAConversation() throws {
        let conversation = try decode(Conversation.self, WireSample.conversation)
        #expect(conversation.id == "conv_1")
        #expect(conversation.createdAt == Self.noon)
        #expect(conversation.metadata == ["tenant": "t1", "app": "kb"])
    }

    @Test func readsTimesThatAreNotWhole() throws {
        let file = try decode(OpenAIFile.self, #"{"id": "file-a1", "created_at": 1795219200.5}"#)
        #expect(file.createdAt == Self.noon.addingTimeInterval(0.5))
    }

    @Test func keepsUnknownStatuses() throws {
        let file = try decode(VectorStoreFile.self, #"{"id": "file-a1", "status": "brewing"}"#)
        #expect(file.status.rawValue == "brewing")
        #expect(!file.status.isFinal)
    }

    @Test func leavesOutAttributesWithoutAValue() throws {
        let json = #"{"id": "f", "status": "completed", "attributes": {"a": null, "b": 0, "c": false, "d": "1"}}"#
        #expect(try decode(VectorStoreFile.self, json).attributes == ["b": 0, "c": false, "d": "1"])
    }
}

/// Decodes JSON as a response's body is decoded.
func decode<Value: JSONReadable>(_ type: Value.Type, _ json: String) throws -> Value {
    try WireJSON.decode(type, from: json.utf8)
}

func decode<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
    try WireJSON.decode(type, from: json.utf8)
}
