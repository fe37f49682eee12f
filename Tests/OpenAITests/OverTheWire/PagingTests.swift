import OpenAI
import TestSupport
import Testing

@Suite struct PagingTests {
    private static func page(_ ids: String..., hasMore: Bool?, lastID: String? = nil) -> ScriptedAnswer {
        let data = ids.map { #"{"id": "\#($0)", "type": "novelty"}"# }.joined(separator: ",")
        let hasMore = hasMore.map { #", "has_more": \#($0)"# } ?? ""
        let lastID = lastID.map { #", "last_id": "\#($0)""# } ?? ""
        return .body(#"{"object": "list", "data": [\#(data)]\#(hasMore)\#(lastID)}"#)
    }

    @Test func readsAllPages() async throws {
        try await withAPI(Self.page("a", "b", hasMore: true), Self.page("c", hasMore: false)) { api in
            let files = try await api.client.files.all().collect()
            #expect(files.map(\.id) == ["a", "b", "c"])
            #expect(
                api.requests.map(\.line) == [
                    "GET /v1/files?limit=1000 HTTP/1.1", "GET /v1/files?limit=1000&after=b HTTP/1.1",
                ]
            )
        }
    }

    @Test func fetchesAPageOnlyWhenItIsRead() async throws {
        try await withAPI(Self.page("a", "b", hasMore: true), Self.page("c", hasMore: false)) { api in
            var files = api.client.files.all().makeAsyncIterator()
            #expect(api.requests.isEmpty)
            _ = try await files.next()
            _ = try await files.next()
            #expect(api.requests.count == 1)
            #expect(try await files.next()?.id == "c")
            #expect(try await files.next() == nil)
            #expect(try await files.next() == nil)
            #expect(api.requests.count == 2)
        }
    }

    @Test func pagesAConversationByTheLastIDOfThePage() async throws {
        let first = Self.page("a", hasMore: true, lastID: "cursor")
        try await withAPI(first, Self.page("b", hasMore: false)) { api in
            let items = try await api.client.conversations.allItems(of: "conv_1").collect()
            #expect(items.map(\.id) == ["a", "b"])
            #expect(api.requests.last?.line.contains("after=cursor") == true)
        }
    }

    @Test func readsUntilAnEmptyPageIfNotToldWhatFollows() async throws {
        try await withAPI(Self.page("a", hasMore: nil), Self.page("b", hasMore: nil), Self.page(hasMore: nil)) { api in
            let files = try await api.client.files.all().collect()
            #expect(files.map(\.id) == ["a", "b"])
            #expect(api.requests.count == 3)
        }
    }

    @Test func doesNotGoRoundInCircles() async throws {
        let page = Self.page("a", hasMore: true)
        try await withAPI(page, page, page, page) { api in
            let error = try await openAIError { _ = try await api.client.files.all().collect() }
            #expect(error?.code == .malformedAnswer)
            #expect(api.requests.count == 2)
        }
    }

    @Test func endsAnEmptyPageThatPromisesMore() async throws {
        try await withAPI(Self.page(hasMore: true)) { api in
            let files = try await api.client.files.all().collect()
            #expect(files.isEmpty)
            #expect(api.requests.count == 1)
        }
    }

    @Test func passesOnAnErrorInTheMiddle() async throws {
        try await withAPI(Self.page("a", hasMore: true), .error(403)) { api in
            var read: [String] = []
            let error = try await openAIError {
                for try await file in api.client.files.all() { read.append(file.id) }
            }
            #expect(read == ["a"])
            #expect(error?.code == .forbidden)
        }
    }
}
