import Foundation
import HTTPClient
import Logging
import OpenAI
import Redis
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

/// Syncs to, and answers from, a compatible server of another maker.
@Suite struct CompatibleServerTests {
    private static let documents = [
        "leave.md": "# Leave\n\nFull-time employees receive 27 days of paid annual leave in each year.\n",
        "travel/rates.md": "# Rates\n\nThe meal allowance in Utrecht is 64 euros for each whole day.\n",
        "parking/rates.md": "# Parking\n\nThe parking allowance is 40 euros in each calendar month.\n",
    ]

    /// An assistant in this process over such a server, with the documents in its folder.
    private func withServer(
        _ server: CompatibleServer,
        _ body: (_ assistant: Assistant, _ folder: String, _ log: Notices) async throws -> Void
    ) async throws {
        try await withScriptedServer(script: server.serve) { address in
            try await withRedisServer { redis in
                try await withTemporaryFolder { folder in
                    for (path, text) in Self.documents { try write(text, to: path, in: folder) }
                    let instructions = "\(folder)-instructions.md"
                    try "Answer from the files.".write(toFile: instructions, atomically: true, encoding: .utf8)
                    defer { try? FileManager.default.removeItem(atPath: instructions) }
                    let baseURL = "http://\(address.authority)/v1"
                    let settings = try await Settings.read(
                        environment: [
                            "OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": baseURL, "ASSETS_DIR": folder,
                            "INSTRUCTIONS_FILE": instructions,
                        ],
                        environmentFile: "\(folder)/none"
                    )
                    let http = try HTTPClient()
                    let openAI = try OpenAIClient(configuration: .init(baseURL: baseURL, apiKey: "sk-test"), http: http)
                    try await redis.withClient(database: 0) { threads in
                        try await redis.withClient(database: 1) { files in
                            let log = Notices()
                            let assistant = Assistant(
                                settings: settings,
                                threadsRedis: threads,
                                filesRedis: files,
                                openAI: openAI,
                                logger: Logger(label: "test") { _ in NoticeLogHandler(notices: log) }
                            )
                            try await body(assistant, folder, log)
                        }
                    }
                    await http.shutdown()
                }
            }
        }
    }

    private func write(_ text: String, to path: String, in folder: String) throws {
        let file = URL(filePath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    @Test(arguments: CompatibleServer.Batches.allCases)
    func allDocumentsAreSyncedWithTheirAttributes(batches: CompatibleServer.Batches) async throws {
        let server = CompatibleServer(batches: batches)
        try await withServer(server) { assistant, _, _ in
            let receipt = try await assistant.sync.run()
            #expect(receipt.failed.isEmpty && receipt.added.count == 3)
            #expect(receipt.checks.passed == 3 && receipt.checks.failed.isEmpty, "\(receipt.checks)")
            #expect(server.attributes.count == 3)
            #expect(server.attributes.allSatisfy { $0["path"] != nil && $0["since"] == 1 && $0["until"] != nil })
            #expect(server.lines.contains { $0.hasSuffix("/file_batches") })
        }
    }

    @Test(arguments: CompatibleServer.Batches.limited)
    func itsLimitsAreFoundOnceAndReported(batches: CompatibleServer.Batches) async throws {
        let server = CompatibleServer(batches: batches)
        try await withServer(server) { assistant, folder, log in
            _ = try await assistant.sync.run()
            try write(
                "# Meals\n\nLunch in the canteen costs 6 euros for all of our employees.\n",
                to: "meals.md",
                in: folder
            )
            _ = try await assistant.sync.run()
            #expect(server.lines.count { $0.hasPrefix("POST") && $0.hasSuffix("/file_batches") } == 1)
            let words =
                batches == .unknown
                ? "does not take files in batches: attached one by one"
                : "does not take attributes in batches: attached one by one"
            #expect(log.messages.count { $0 == "upstream \(words)" } == 1)
            let findings = await Diagnosis(assistant: assistant, openAI: assistant.sync.index.openAI).findings()
            #expect(findings.contains { $0.subject == "upstream" && $0.text == words })
        }
    }

    @Test func aServerThatTakesBatchesHasNoLimits() async throws {
        try await withServer(CompatibleServer(batches: .taken)) { assistant, _, log in
            _ = try await assistant.sync.run()
            let findings = await Diagnosis(assistant: assistant, openAI: assistant.sync.index.openAI).findings()
            #expect(!findings.contains { $0.text.contains("one by one") })
            #expect(!log.messages.contains { $0.contains("one by one") })
        }
    }

    @Test func changedAndRemovedDocumentsAreReplacedAndDeleted() async throws {
        let server = CompatibleServer(batches: .passedOver)
        try await withServer(server) { assistant, folder, _ in
            _ = try await assistant.sync.run()
            try write(
                "# Leave\n\nFull-time employees receive 30 days of paid annual leave by now.\n",
                to: "leave.md",
                in: folder
            )
            try FileManager.default.removeItem(atPath: "\(folder)/parking/rates.md")
            let receipt = try await assistant.sync.run()
            #expect(receipt.replaced == ["leave.md"] && receipt.removed == ["parking/rates.md"])
            #expect(receipt.checks.failed.isEmpty && receipt.filesDeleted == 2 && receipt.filesNotDeleted == 0)
            #expect(server.uploads.count == 2)
        }
    }

    @Test func whatIsGoneAlreadyCountsAsDeletedAndIsRepaired() async throws {
        let server = CompatibleServer(batches: .passedOver)
        try await withServer(server) { assistant, folder, _ in
            _ = try await assistant.sync.run()
            server.loseFiles()
            try FileManager.default.removeItem(atPath: "\(folder)/leave.md")
            let receipt = try await assistant.sync.run()
            #expect(receipt.removed == ["leave.md"] && receipt.filesDeleted == 1 && receipt.filesNotDeleted == 0)
            var repairing = SyncOptions()
            repairing.repairs = true
            let repaired = try await assistant.sync.run(repairing)
            #expect(repaired.failed.isEmpty && server.uploads.count == 2)
        }
    }

    @Test func citationsWithIDsOfTheServersOwnNameTheRightDocuments() async throws {
        try await withServer(CompatibleServer(batches: .passedOver)) { assistant, _, _ in
            _ = try await assistant.sync.run()
            let answer = try await assistant.answer(Question("How much leave?", by: UserID("ana")))
            let tracked = Dictionary(
                uniqueKeysWithValues: try await assistant.files.documents().map { ($0.path, $0.fileID) }
            )
            #expect(Set(answer.citations.map(\.filename)) == Set(Self.documents.keys))
            for citation in answer.citations {
                #expect(citation.fileID == tracked[citation.filename])
                #expect(Self.documents[citation.filename]?.contains(citation.quote) == true && !citation.quote.isEmpty)
            }
        }
    }

    @Test func aServerThatKeepsNoAttributesIsRefusedInPlainWords() async throws {
        let server = CompatibleServer(batches: .passedOver, keepsAttributes: false)
        try await withServer(server) { assistant, _, _ in
            let error = await #expect(throws: PolicyAssistantError.self) { _ = try await assistant.sync.run() }
            #expect(error?.code == .upstreamRefused)
            #expect(error?.message.contains("attributes of files in vector stores") == true)
        }
    }

    @Test func aFailedSyncNamesTheCallAndTheStatus() async throws {
        let refusing: @Sendable (ScriptedConnection) async throws -> Void = { connection in
            while try await connection.request() != nil {
                let body = #"{"error": {"message": "It says no to sk-123.", "type": "invalid_request_error"}}"#
                try await connection.send(
                    "HTTP/1.1 400 No\r\nx-request-id: req_7\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
                )
            }
        }
        try await withScriptedServer(script: refusing) { address in
            let http = try HTTPClient()
            let openAI = try OpenAIClient(
                configuration: .init(baseURL: "http://\(address.authority)/v1", apiKey: "sk-test"),
                http: http
            )
            let error = await #expect(throws: PolicyAssistantError.self) {
                try await translatingUpstreamErrors {
                    _ = try await openAI.vectorStores.createBatch(of: [BatchFile("file-1")], in: "vs_1")
                }
            }
            await http.shutdown()
            let call = "POST /v1/vector_stores/…/file_batches: 400 invalid_request_error, request req_7"
            #expect(error?.upstreamCall == call)
            #expect(error?.upstreamWords == "It says no to …")
            #expect(error?.message.contains("says no") == false)
        }
    }
}

/// The log lines of the level notice and above.
final class Notices: Sendable {
    private let state = Mutex<[String]>([])
    var messages: [String] { state.withLock(\.self) }

    func add(_ message: String) { state.withLock { $0.append(message) } }
}

private struct NoticeLogHandler: LogHandler {
    let notices: Notices
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        notices.add("\(event.message)")
    }
}
