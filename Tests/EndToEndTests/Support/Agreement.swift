import Foundation
import OpenAI
import Redis
import TestSupport

/// Whether the folder, Redis, the vector store and the files upstream say the same, to the byte.
struct Agreement {
    private let installation: TappedInstallation

    init(of installation: TappedInstallation) {
        self.installation = installation
    }

    /// Everything that does not agree, in words.
    func faults() async throws -> [String] {
        let documents = try documents()
        let records = try await records()
        var faults: [String] = []
        if Set(records.keys) != Set(documents.keys) {
            faults.append("on record: \(records.keys.sorted()), in the folder: \(documents.keys.sorted())")
        }
        for (path, fileID) in records {
            let uploaded = FileManager.default.contents(
                atPath: "\(installation.syncing.folder)/engine-files/\(fileID)"
            )
            if uploaded != documents[path] { faults.append("\(path): other bytes upstream than in the folder") }
        }
        return try await faults + upstreamFaults(Set(records.values)) + redisFaults()
    }

    private func upstreamFaults(_ tracked: Set<String>) async throws -> [String] {
        var faults: [String] = []
        let files = try await installation.openAI.files.all().collect().map(\.id)
        if Set(files) != tracked || files.count != tracked.count {
            faults.append("\(files.count) files upstream, \(tracked.count) on record")
        }
        let corpus = try await installation.redis.send(.hgetall("corpus")).dictionary ?? [:]
        let stores = try await installation.openAI.vectorStores.all().collect().map(\.id)
        if stores != [corpus["vector_store_id"]] { faults.append("\(stores.count) vector stores upstream") }
        guard let store = stores.first, let revision = Double(corpus["revision"] ?? "") else { return faults }
        let attached = try await installation.openAI.vectorStores.files(in: store).collect()
        if Set(attached.map(\.id)) != tracked { faults.append("\(attached.count) files attached") }
        for file in attached where file.status != .completed || !file.isInForce(at: revision, over: installation.api) {
            faults.append("\(file.id) is \(file.status.rawValue) with \(file.attributes)")
        }
        guard installation.api == .assistants else { return faults }
        let assistants = try await installation.openAI.assistants.all().collect()
        if assistants.map(\.id) != [corpus["assistant_id"]] { faults.append("\(assistants.count) assistants upstream") }
        return faults
    }

    private func redisFaults() async throws -> [String] {
        let found = try await keys("*", installation.redis)
        let others = found.filter { !$0.hasPrefix("file:") && !["corpus", "documents"].contains($0) }
        return others.isEmpty ? [] : ["left in Redis: \(others)"]
    }

    private func documents() throws -> [String: Data] {
        let folder = installation.syncing.assets
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return Dictionary(
            uniqueKeysWithValues: paths.compactMap { path in
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder),
                    !isFolder.boolValue
                else { return nil }
                return FileManager.default.contents(atPath: "\(folder)/\(path)").map { (path, $0) }
            }
        )
    }

    /// The IDs of the tracked files, by path.
    private func records() async throws -> [String: String] {
        let paths = try await installation.redis.send(.smembers("documents")).array?.compactMap(\.string) ?? []
        var records: [String: String] = [:]
        for path in paths { records[path] = try await installation.redis.send(.hget("file:\(path)", "file_id")).string }
        return records
    }
}

extension VectorStoreFile {
    fileprivate func isInForce(at revision: Double, over api: UpstreamAPI) -> Bool {
        guard api == .responses else { return attributes["since"] == nil && attributes["path"] != nil }
        guard case .number(let since) = attributes["since"], case .number(let until) = attributes["until"] else {
            return false
        }
        return since <= revision && until > 1e15
    }
}
