import Foundation
import OpenAI
import Synchronization
import TestSupport

/// A compatible server of another maker, with files, vector stores, searches and answers.
///
/// It behaves like OGX, unless a test asks for another behaviour: it answers 400 where OpenAI answers 404, ignores the
/// `files` of a batch, searches by the attributes that a file was attached with, and has IDs of its own in search results
/// and citations.
final class CompatibleServer: Sendable {
    /// What happens to files that are attached together.
    enum Batches: Sendable, CaseIterable {
        /// They are ignored.
        case passedOver
        /// They are attached without their attributes.
        case withoutAttributes
        /// The server has no batches.
        case unknown
        /// As at OpenAI.
        case taken

        static let limited: [Batches] = [.passedOver, .withoutAttributes, .unknown]
    }

    struct Upload: Sendable {
        let name: String
        let text: String
        /// The ID that search results have for it.
        let document = "doc-\(UUID().uuidString)"
    }

    struct State: Sendable {
        var uploads: [String: Upload] = [:]
        /// The attributes of the files of each store.
        var stores: [String: [String: [String: AttributeValue]]] = [:]
        /// The attributes that files were attached with, by which they are searched.
        var searched: [String: [String: AttributeValue]] = [:]
        var tags: [String: [String: String]] = [:]
        var batches: [String: Int] = [:]
        var made = 0
        var lines: [String] = []
    }

    private let batches: Batches
    private let keepsAttributes: Bool
    private let state = Mutex(State())

    init(batches: Batches, keepsAttributes: Bool = true) {
        self.batches = batches
        self.keepsAttributes = keepsAttributes
    }

    /// The method and path of each request so far.
    var lines: [String] { state.withLock(\.lines) }
    /// The names of the uploaded files.
    var uploads: [String] { state.withLock { $0.uploads.values.map(\.name).sorted() } }
    /// The attributes of all files in all stores.
    var attributes: [[String: AttributeValue]] { state.withLock { $0.stores.values.flatMap(\.values) } }

    /// Deletes all uploads, also from the stores, as another client might.
    func loseFiles() {
        state.withLock { state in
            state.uploads = [:]
            for store in state.stores.keys { state.stores[store] = [:] }
        }
    }

    func serve(_ connection: ScriptedConnection) async throws {
        while let request = try await connection.request() {
            let (status, body) = state.withLock { answer(request, &$0) }
            try await connection.send(
                """
                HTTP/1.1 \(status) Whatever\r
                content-type: application/json\r
                x-request-id: req_\(status)\r
                content-length: \(body.utf8.count)\r
                \r
                \(body)
                """
            )
        }
    }

    private typealias Answer = (status: Int, body: String)

    private func answer(_ request: ReceivedRequest, _ state: inout State) -> Answer {
        let words = request.line.split(separator: " ")
        let path = words[1].split(separator: "?")[0].split(separator: "/").dropFirst().map(String.init)
        state.lines.append("\(words[0]) \(path.joined(separator: "/"))")
        switch (words[0], path.first, path.count) {
        case ("GET", "models", 1): return (200, Self.list([#"{"id": "gpt-6-luna", "object": "model"}"#]))
        case ("POST", "conversations", 1): return (200, #"{"id": "conv_1", "object": "conversation", "metadata": {}}"#)
        case ("POST", "responses", 1): return respond(request, state)
        case (_, "files", _): return files(String(words[0]), path, request, &state)
        case (_, "vector_stores", _): return stores(String(words[0]), path, request, &state)
        default: return Self.unknown("Object", path.last ?? "")
        }
    }

    private func files(_ method: String, _ path: [String], _ request: ReceivedRequest, _ state: inout State) -> Answer {
        guard path.count > 1 else {
            guard method == "POST" else { return (200, Self.list(state.uploads.map { Self.file($0, $1.name) })) }
            state.made += 1
            let id = "file-\(state.made)"
            state.uploads[id] = Self.upload(request.text)
            return (200, Self.file(id, state.uploads[id]?.name ?? ""))
        }
        // OGX answers 404 for files, and 400 for all that is below vector stores.
        guard let upload = state.uploads[path[1]] else { return Self.unknown("File", path[1], status: 404) }
        if method == "DELETE" { state.uploads[path[1]] = nil }
        return (200, method == "DELETE" ? Self.deleted(path[1]) : Self.file(path[1], upload.name))
    }

    private func stores(_ method: String, _ path: [String], _ request: ReceivedRequest, _ state: inout State) -> Answer
    {
        guard path.count > 1 else {
            guard method == "POST" else { return (200, Self.list(state.tags.map { Self.store($0, $1) })) }
            state.made += 1
            let id = "vs_\(state.made)"
            state.tags[id] = Self.decoded(StoreCreation.self, request)?.metadata ?? [:]
            state.stores[id] = [:]
            return (200, Self.store(id, state.tags[id] ?? [:]))
        }
        let id = path[1]
        guard let files = state.stores[id] else { return Self.unknown("Vector_store", id) }
        guard path.count > 2 else {
            guard method == "DELETE" else { return (200, Self.store(id, state.tags[id] ?? [:])) }
            (state.stores[id], state.tags[id]) = (nil, nil)
            return (200, Self.deleted(id))
        }
        switch (path[2], method, path.count) {
        case ("files", "GET", 3):
            return (200, Self.list(files.map { Self.attached($0, to: id, $1) }))
        case ("files", "POST", 3):
            guard let file = Self.decoded(Attachment.self, request), state.uploads[file.fileID] != nil else {
                return Self.unknown("File", "?")
            }
            state.stores[id]?[file.fileID] = keepsAttributes ? file.attributes ?? [:] : [:]
            state.searched[file.fileID] = file.attributes ?? [:]
            return (200, Self.attached(file.fileID, to: id, state.stores[id]?[file.fileID] ?? [:]))
        case ("files", _, 4...):
            guard let attributes = files[path[3]] else {
                return (400, #"{"error": {"message": "File \#(path[3]) not found in vector store \#(id)"}}"#)
            }
            if path.count == 5 {
                let text = Self.quoted(state.uploads[path[3]]?.text ?? "")
                return (200, #"{"object": "page", "data": [{"type": "text", "text": \#(text)}], "has_more": false}"#)
            }
            if method == "DELETE" {
                state.stores[id]?[path[3]] = nil
                return (200, Self.deleted(path[3]))
            }
            if method == "POST" {
                state.stores[id]?[path[3]] = Self.decoded(Attachment.self, request)?.attributes ?? [:]
            }
            return (200, Self.attached(path[3], to: id, state.stores[id]?[path[3]] ?? attributes))
        case ("file_batches", "POST", 3):
            return makeBatch(request, in: id, &state)
        case ("file_batches", "GET", 4):
            return (200, Self.batch(path[3], in: id, count: state.batches[path[3]] ?? 0))
        case ("search", "POST", 3):
            let filter = Self.decoded(Search.self, request)?.filters
            return (200, Self.list(results(in: files, filter, state)))
        default:
            return Self.unknown("Object", path.last ?? "")
        }
    }

    private func makeBatch(_ request: ReceivedRequest, in store: String, _ state: inout State) -> Answer {
        guard batches != .unknown else { return (405, #"{"detail": "Method Not Allowed"}"#) }
        state.made += 1
        let id = "batch_\(state.made)"
        let files = batches == .passedOver ? [] : Self.decoded(BatchCreation.self, request)?.files ?? []
        for file in files {
            let attributes = batches == .taken ? file.attributes ?? [:] : [:]
            state.stores[store]?[file.fileID] = attributes
            state.searched[file.fileID] = attributes
        }
        state.batches[id] = files.count
        return (200, Self.batch(id, in: store, count: files.count))
    }

    /// The result of any search: all passages that satisfy the filter.
    private func results(in files: [String: [String: AttributeValue]], _ filter: Filter?, _ state: State) -> [String] {
        files.keys.sorted().compactMap { id in
            guard filter?.holds(state.searched[id] ?? [:]) ?? true, let upload = state.uploads[id] else { return nil }
            return """
                {"file_id": "\(upload.document)", "filename": \(Self.quoted(upload.name)), "score": 0.9, \
                "text": \(Self.quoted(upload.text)), "content": [{"type": "text", "text": \(Self.quoted(upload.text))}]}
                """
        }
    }

    private func respond(_ request: ReceivedRequest, _ state: State) -> Answer {
        let tool = Self.decoded(ResponseCreation.self, request)?.tools.first
        let files = state.stores[tool?.stores.first ?? ""] ?? [:]
        let found = results(in: files, tool?.filters, state)
        let text = Self.quoted("Leave is 27 days.")
        let annotations = files.keys.compactMap { state.uploads[$0] }.map { upload in
            """
            {"type": "file_citation", "file_id": "\(upload.document)", "filename": \(Self.quoted(upload.name)), "index": 16}
            """
        }
        return (
            200,
            """
            {"id": "resp_1", "object": "response", "status": "completed", "output": [{"id": "fs_1", \
            "type": "file_search_call", "results": [\(found.joined(separator: ","))]}, {"id": "msg_1", "type": "message", \
            "role": "assistant", "content": [{"type": "output_text", "text": \(text), \
            "annotations": [\(annotations.joined(separator: ","))]}]}]}
            """
        )
    }
}

/// The objects in requests and answers.
extension CompatibleServer {
    private struct StoreCreation: Decodable { let metadata: [String: String]? }

    private struct BatchCreation: Decodable { let files: [Attachment]? }

    private struct Search: Decodable { let filters: Filter? }

    private struct ResponseCreation: Decodable {
        struct Tool: Decodable {
            let stores: [String]
            let filters: Filter?

            enum CodingKeys: String, CodingKey {
                case filters
                case stores = "vector_store_ids"
            }
        }

        let tools: [Tool]
    }

    private struct Attachment: Decodable {
        let fileID: String
        let attributes: [String: AttributeValue]?

        enum CodingKeys: String, CodingKey {
            case attributes
            case fileID = "file_id"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            fileID = try fields.decodeIfPresent(String.self, forKey: .fileID) ?? ""
            attributes = try fields.decodeIfPresent([String: AttributeValue].self, forKey: .attributes)
        }
    }

    private struct Filter: Decodable {
        let type: String
        let key: String?
        let value: AttributeValue?
        let filters: [Filter]?

        func holds(_ attributes: [String: AttributeValue]) -> Bool {
            if type == "and" { return (filters ?? []).allSatisfy { $0.holds(attributes) } }
            switch (type, key.flatMap { attributes[$0] }, value) {
            case ("eq", let own?, let wanted?): return own == wanted
            case ("lte", .number(let own)?, .number(let wanted)?): return own <= wanted
            case ("gt", .number(let own)?, .number(let wanted)?): return own > wanted
            default: return false
            }
        }
    }

    private static func decoded<Value: Decodable>(_ type: Value.Type, _ request: ReceivedRequest) -> Value? {
        try? JSONDecoder().decode(type, from: Data(request.body))
    }

    private static func upload(_ form: String) -> Upload {
        let name = form.components(separatedBy: "filename=\"").last?.prefix { $0 != "\"" } ?? ""
        let file = form.components(separatedBy: "filename=\"").last?.components(separatedBy: "\r\n\r\n").last ?? ""
        return Upload(name: String(name), text: file.components(separatedBy: "\r\n--")[0])
    }

    private static func unknown(_ kind: String, _ id: String, status: Int = 400) -> (Int, String) {
        (
            status,
            #"{"error": {"message": "\#(kind) '\#(id)' not found. Use 'client.list()' to list available objects."}}"#
        )
    }

    private static func list(_ objects: [String]) -> String {
        #"{"object": "list", "data": [\#(objects.joined(separator: ","))], "has_more": false}"#
    }

    private static func file(_ id: String, _ name: String) -> String {
        #"{"id": "\#(id)", "object": "file", "filename": \#(quoted(name)), "purpose": "assistants", "bytes": 1}"#
    }

    private static func store(_ id: String, _ metadata: [String: String]) -> String {
        let tags = metadata.map { #""\#($0)": "\#($1)""# }.joined(separator: ",")
        return #"{"id": "\#(id)", "object": "vector_store", "status": "completed", "metadata": {\#(tags)}}"#
    }

    private static func attached(_ id: String, to store: String, _ attributes: [String: AttributeValue]) -> String {
        let values = (try? JSONEncoder().encode(attributes)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return """
            {"id": "\(id)", "object": "vector_store.file", "vector_store_id": "\(store)", "status": "completed", \
            "attributes": \(values)}
            """
    }

    private static func batch(_ id: String, in store: String, count: Int) -> String {
        """
        {"id": "\(id)", "object": "vector_store.files_batch", "vector_store_id": "\(store)", "status": "completed", \
        "file_counts": {"in_progress": 0, "completed": \(count), "failed": 0, "cancelled": 0, "total": \(count)}}
        """
    }

    private static func deleted(_ id: String) -> String { #"{"id": "\#(id)", "deleted": true}"# }

    private static func quoted(_ text: String) -> String {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
