internal import FoundationEssentials
internal import OpenAI

/// The resources of this deployment upstream that are on no record, as Redis was lost or restored from an older state.
///
/// Vector stores and assistants are found by their metadata, files by their attributes in a vector store or by their
/// names. Conversations and threads cannot be found, as upstream does not list them.
struct Adoption: Sendable {
    /// The fields of the adopted corpus; empty where none is adopted.
    var corpusFields: [String: String] = [:]
    /// The records of the documents whose uploads are adopted.
    var records: [IndexedDocument] = []
    /// Uploads and vector stores to delete.
    var files: Set<String> = []
    var stores: [String] = []
    /// Resources that may be another deployment's and are not changed, for a person.
    var leftAlone: [String] = []

    /// The writes that record it before anything is deleted upstream.
    var writes: [FilesDatabase.Write] {
        (corpusFields.isEmpty ? [] : [.setCorpus(fields: corpusFields)]) + records.map { .saveDocument($0) }
            + files.sorted().map { .trashFile(id: $0) } + stores.map { .trashVectorStore(id: $0) }
    }

    /// Adds it to a receipt.
    func note(in receipt: inout SyncReceipt) {
        receipt.adopted = records.map(\.path)
        receipt.orphans = stores + files.sorted()
        receipt.leftAlone = leftAlone
    }
}

/// Finds what to adopt; reads only.
struct AdoptionSearch: Sendable {
    let settings: Settings
    let options: SyncOptions
    let threads: ThreadsDatabase
    let index: VectorStoreIndex
    let folder: AssetFolder
    let findings: AssetScanner.Findings
    /// The recorded fields of the corpus.
    let corpusFields: [String: String]
    /// Files and vector stores that are on record.
    let known: Set<String>

    /// The name of vector stores that name no deployment.
    static let unnamed = "unnamed"

    /// A vector store and its files.
    private struct Candidate: Sendable {
        let store: VectorStore
        let files: [VectorStoreFile]
        /// The records of its files that are in force.
        var records: [IndexedDocument] = []
        /// The number of those with their documents' present contents.
        var matches = 0
    }

    /// - Throws: ``PolicyAssistantError`` with the code `syncRefused` where several deployments are possible.
    func find() async throws -> Adoption {
        let ours = try await index.openAI.vectorStores.all().collect().filter(\.isOfThisProduct)
        let all = try await ours.mapConcurrently(limit: options.concurrency) { store in
            Candidate(store: store, files: try await index.openAI.vectorStores.files(in: store.id).collect())
        }
        let orphans = all.filter { !known.contains($0.store.id) }
        let deployment = try deployment(among: orphans.map(\.store))
        let own = orphans.filter { $0.store.deployment == deployment }
        let foreign = orphans.filter { $0.store.deployment != deployment }
        var adoption = Adoption()
        adoption.leftAlone = foreign.map { "\($0.store.id): of the deployment \($0.store.summary)" }
        let adopted = try await adopt(own, into: &adoption)
        let surplus = own.filter { $0.store.id != adopted }
        let kept = known.union(adoption.records.map(\.fileID))
        adoption.stores = surplus.map(\.store.id)
        // Files of the adopted store without a record are recorded as trash, as this run may be stopped.
        adoption.files = Set(own.flatMap(\.files).map(\.id)).subtracting(kept)
        let attached = Set(all.flatMap(\.files).map(\.id))
        try await addLooseFiles(to: &adoption, attached: attached, isAlone: foreign.isEmpty)
        return adoption
    }

    /// The deployment whose stores are adopted; nil where there is none.
    private func deployment(among stores: [VectorStore]) throws -> String? {
        if let chosen = options.adoptedDeployment { return chosen }
        // A deployment whose records are not lost has recorded its name, if it has one.
        if corpusFields["vector_store_id"] != nil { return corpusFields["deployment"] }
        let deployments = Set(stores.map(\.deployment))
        guard deployments.count > 1 else { return deployments.first }
        let list = stores.map { "\n  \($0.summary): \($0.id)" }.sorted().joined()
        throw PolicyAssistantError(
            .syncRefused,
            """
            Upstream has vector stores of several deployments, and Redis does not say which is this one's. Nothing was \
            changed. Name it with --deployment; those of others must not be adopted.\(list)
            """
        )
    }

    /// Adopts the vector store with most of the documents' present contents, unless it has none or a corpus is on record.
    ///
    /// - Returns: The vector store's ID.
    private func adopt(_ own: [Candidate], into adoption: inout Adoption) async throws -> String? {
        guard corpusFields["vector_store_id"] == nil, !own.isEmpty else { return nil }
        var hashes: [ExactPath: String] = [:]
        for file in findings.files { hashes[ExactPath(file.path)] = try? folder.open(file).sha256() }
        let ranked = own.map { candidate in
            var candidate = candidate
            candidate.records = records(of: candidate.files, hashes)
            candidate.matches = candidate.records.count { hashes[ExactPath($0.path)] == $0.sha256 }
            return candidate
        }.sorted { left, right in
            let (earlier, later) = (left.store.createdAt ?? .distantPast, right.store.createdAt ?? .distantPast)
            return left.matches != right.matches ? left.matches < right.matches : earlier < later
        }
        guard let best = ranked.last, best.matches > 0 else { return nil }
        let revisions = best.files.flatMap { [$0.revision("since"), $0.revision("until")].compactMap(\.self) }
        let corpus = Corpus(
            revision: max(1, try await threads.requiredRevision(), revisions.max() ?? 1),
            vectorStoreID: best.store.id,
            assistantID: try await assistant(),
            upstreamProtocol: settings.upstreamProtocol,
            baseURL: settings.upstreamIdentity,
            instructionsSHA256: ContentHash.of(try Instructions(path: settings.instructionsFile).text()),
            syncedAt: .currentSecond
        )
        adoption.corpusFields = corpus.fields
        adoption.corpusFields["deployment"] = best.store.metadata["deployment"]
        adoption.records = best.records
        return best.store.id
    }

    /// The records of a vector store's files in force: one for each document, with its present content if any has it.
    ///
    /// The store's other files are deleted.
    private func records(of files: [VectorStoreFile], _ hashes: [ExactPath: String]) -> [IndexedDocument] {
        var records: [ExactPath: IndexedDocument] = [:]
        for file in files where file.status == .completed {
            guard case .string(let sha256) = file.attributes["sha256"],
                case .string(let path) = file.attributes["path"], file.revision("until") == nil,
                index.scheme != .attributes || file.revision("since") != nil
            else { continue }
            let record = IndexedDocument(
                path: path,
                fileID: file.id,
                sha256: sha256,
                // Without a stamp, the next comparison reads the document and records its stamp.
                bytes: 0,
                modified: "",
                uploadedAt: file.createdAt,
                revision: file.revision("since") ?? 1
            )
            if let other = records[ExactPath(path)], other.sha256 == hashes[ExactPath(path)] { continue }
            records[ExactPath(path)] = record
        }
        return records.values.sorted { ExactPath($0.path) < ExactPath($1.path) }
    }

    /// The assistant that a sync has created, in the protocol that has one.
    private func assistant() async throws -> String? {
        guard settings.upstreamProtocol == .assistants, settings.assistantID == nil else { return nil }
        return try await index.openAI.assistants.all().collect()
            .first { $0.metadata["app"] == "policy-assistant" && $0.metadata["sync"] != nil }?.id
    }

    /// Finds uploads in no vector store, by the names that uploads of these documents get.
    ///
    /// A name does not tell the deployment: where there is another one, such uploads are not changed.
    private func addLooseFiles(
        to adoption: inout Adoption,
        attached: Set<String>,
        isAlone: Bool
    ) async throws {
        let names = Set(findings.files.map { PendingUpload.commonName(for: $0.path) })
        for try await file in index.openAI.files.all(purpose: .assistants) {
            guard !attached.contains(file.id), !known.contains(file.id), !known.contains(file.filename),
                let name = PendingUpload.commonName(ofUpload: file.filename), names.contains(name)
            else { continue }
            if isAlone {
                adoption.files.insert(file.id)
            } else {
                adoption.leftAlone.append("\(file.id): an upload of \(name), which may be another deployment's")
            }
        }
    }
}

extension VectorStore {
    fileprivate var isOfThisProduct: Bool { metadata["app"] == "policy-assistant" }
    /// The name of the deployment that created it.
    fileprivate var deployment: String { metadata["deployment"] ?? AdoptionSearch.unnamed }
    /// Its deployment and what distinguishes it, for a person.
    fileprivate var summary: String {
        let (created, used) = (
            createdAt?.formatted(.iso8601) ?? "unknown", lastActiveAt?.formatted(.iso8601) ?? "unknown"
        )
        return "\(deployment), \(fileCounts.total) files, created \(created), last used \(used)"
    }
}

extension VectorStoreFile {
    /// The revision in an attribute; nil where there is none, or it is the one of a file that does not end.
    fileprivate func revision(_ attribute: String) -> Int? {
        guard case .number(let value) = attributes[attribute], value < 1e15 else { return nil }
        return Int(exactly: value)
    }
}
