import Foundation
import Testing

@testable import PolicyAssistant

/// What Redis holds is read and written again byte for byte.
@Suite struct RecordTests {
    @Test(arguments: [
        [
            "revision": "3", "vector_store_id": "vs_1", "assistant_id": "asst_1", "protocol": "assistants",
            "base_url": "https://api.example.com/v1", "instructions_sha256": "abc", "synced_at": "2026-11-21T03:36:00Z",
        ],
        [
            "revision": "1", "vector_store_id": "vs_1", "protocol": "", "base_url": "", "instructions_sha256": "",
            "synced_at": "",
        ],
    ])
    func corpus(fields: [String: String]) {
        #expect(Corpus(fields: fields)?.fields == fields)
    }

    @Test(arguments: [
        [
            "id", "conv_1", "protocol", "responses", "base_url", "embedded", "revision", "2", "created_at",
            "2026-11-21T03:36:00Z", "last_used_at", "2026-11-22T23:59:59Z",
        ],
        ["id", "thread_1", "protocol", "", "base_url", "", "revision", "0", "created_at", "", "last_used_at", ""],
    ])
    func thread(words: [String]) {
        let pairs = stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
        #expect(ThreadRecord(fields: Dictionary(uniqueKeysWithValues: pairs))?.fieldsAndValues == words)
    }

    @Test(arguments: [
        [
            "file_id": "file-1", "sha256": "abc", "bytes": "12", "modified": "1763700000.000000001",
            "changed": "1763700001.999999999", "inode": "17", "uploaded_at": "2026-11-21T03:36:00Z", "revision": "3",
            "upload_name": "a.0123456789ab.md", "retiring_at": "4",
        ],
        [
            "file_id": "file-1", "sha256": "abc", "bytes": "0", "modified": "", "changed": "", "inode": "",
            "uploaded_at": "", "revision": "0",
        ],
    ])
    func document(fields: [String: String]) {
        #expect(IndexedDocument(path: "a.md", fields: fields)?.fields == fields)
    }

    @Test(arguments: [
        ["sha256": "abc", "name": "a.0123456789ab.md", "file_id": "file-1"], ["sha256": "abc", "name": "a.md"],
    ])
    func upload(fields: [String: String]) {
        #expect(PendingUpload(path: "a.md", fields: fields)?.fields == fields)
    }

    @Test(arguments: ["responses embedded", "assistants https://api.example.com/v1", "responses ", " "])
    func pendingDeletion(value: String) {
        #expect(PendingThreadDeletion(id: "conv_1", value: value).value == value)
    }

    @Test(arguments: [
        [
            "name": "portal", "sha256": "abc", "admin": "1", "created_at": "2026-11-21T03:36:00Z",
            "last_characters": "abcd", "user": "ana",
        ],
        ["name": "portal", "sha256": "abc", "admin": "0", "created_at": "", "last_characters": ""],
    ])
    func apiKey(fields: [String: String]) {
        #expect(APIKey(id: "0123", fields: fields)?.fields(digest: "abc") == fields)
    }

    @Test func rejection() {
        let stamp = #""bytes":4,"changed":"1.0","inode":"7","modified":"1.0""#
        let json = #"{\#(stamp),"reason":"a scan","sha256":"s","upstream":"embedded","upstreamProtocol":"responses"}"#
        #expect(Rejection(json: json)?.json == json)
        #expect(Rejection(json: json)?.upstreamProtocol == .responses)
        #expect(Rejection(json: json.replacing("responses", with: "unknown")) == nil, "the document is tried again")
    }

    @Test func orphan() throws {
        let orphan = try #require(OrphanedResource(field: "store vs_1", upstream: "embedded"))
        #expect(orphan.field == "store vs_1" && orphan.upstream == "embedded")
    }

    @Test func outcomeOfAnImport() throws {
        let json = #"{"fate":"adopted","id":"thread_1","key":"ana","kind":"thread","reason":"in use"}"#
        let outcome = try JSONDecoder().decode(LegacyOutcome.self, from: Data(json.utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(outcome), as: UTF8.self) == json)
        #expect(outcome.action == .adopted)
    }

    @Test func timesAreInWholeSeconds() {
        #expect(Date(timestamp: "2026-11-21T03:36:00Z")?.timestamp == "2026-11-21T03:36:00Z")
        let now = Date.currentSecond
        #expect(Date(timestamp: now.timestamp) == now)
        for text in ["", "now", "2026-11-21"] { #expect(Date(timestamp: text) == nil) }
        #expect((nil as Date?).timestamp.isEmpty)
    }
}
