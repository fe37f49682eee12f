internal import FoundationEssentials
internal import OpenAI

/// The uploaded files of an older deployment: each is adopted for the document of its name, or listed for deletion by
/// the next sync.
///
/// An adopted file is recorded as an upload that has begun: the next sync indexes it instead of uploading the document.
struct LegacyFiles: Sendable {
    let database: LegacyDatabase
    let upstream: LegacyUpstream
    let records: LegacyFileRecords
    let options: LegacyImport.Options
    /// Nil for a dry run.
    let lease: Lease?

    /// Settles all files.
    func run() async throws -> [LegacyOutcome] {
        let items = try await database.items()
        let done = try await database.journal()
        let documents = LegacyDocuments(records.documents, namedBy: items.map(\.key) + done.map(\.key))
        // Several names may stand for one file, which is settled once.
        let groups = Dictionary(grouping: items, by: \.id).sorted { $0.key < $1.key }
        return try await groups.mapConcurrently(limit: options.concurrency) { id, group in
            try await settle(group.map { Candidate(item: $0, document: documents.document(named: $0.key)) }, of: id)
        }.flatMap(\.self)
    }

    /// A name of a file, and the document of that name.
    private struct Candidate {
        let item: LegacyItem
        let document: ScannedDocument?
    }

    private func settle(_ candidates: [Candidate], of id: String) async throws -> [LegacyOutcome] {
        if records.used.contains(id) {
            return try await candidates.asyncMap { try await end($0.item, .retired, "a document has it already") }
        }
        var file: OpenAIFile?
        if !records.trash.contains(id), candidates.contains(where: { mayBeAdopted($0.document) }) {
            file = try await upstream.file(id)
            guard file != nil else {
                return try await candidates.asyncMap { try await end($0.item, .retired, "upstream does not know it") }
            }
        }
        guard let (chosen, upload) = firstFit(for: file, among: candidates) else {
            return try await candidates.asyncMap { candidate in
                let reason = obstacle(to: file, standingFor: candidate.document) ?? "the document cannot be read"
                return try await end(candidate.item, .discarded, reason, [.trashFile(id: id)])
            }
        }
        let adopted = try await end(chosen, .adopted, "the next sync uses it", [.saveUpload(upload)])
        let others = candidates.map(\.item).filter { ExactPath($0.key) != ExactPath(chosen.key) }
        return try await [adopted]
            + others.asyncMap { try await end($0, .retired, "“\(chosen.key)” has the same file") }
    }

    /// The first name whose document has the file's content, with the upload that it is to be.
    private func firstFit(for file: OpenAIFile?, among candidates: [Candidate]) -> (LegacyItem, PendingUpload)? {
        guard let file else { return nil }
        for candidate in candidates {
            guard let document = candidate.document, obstacle(to: file, standingFor: document) == nil,
                let sha256 = try? records.folder.open(document).sha256()
            else { continue }
            let upload = PendingUpload(path: document.path, sha256: sha256, name: file.filename, fileID: file.id)
            return (candidate.item, upload)
        }
        return nil
    }

    private func mayBeAdopted(_ document: ScannedDocument?) -> Bool {
        document.map { !records.isUploaded($0.path) } ?? false
    }

    /// Why a file does not stand for a document; nil where it does.
    ///
    /// Upstream does not return the content of uploads. The file counts as the document's where it has the same size
    /// and was uploaded after the document was last changed.
    private func obstacle(to file: OpenAIFile?, standingFor document: ScannedDocument?) -> String? {
        guard let document else { return "no document has this name" }
        if records.isUploaded(document.path) { return "the document is uploaded already" }
        guard let file else { return "it was to be deleted already" }
        guard file.bytes == document.stamp.bytes else { return "the document has another size" }
        let seconds = Double(document.stamp.modified.prefix { $0 != "." })
        guard let uploaded = file.createdAt?.timeIntervalSince1970, let seconds, uploaded > seconds else {
            return "the document was changed after the upload"
        }
        return nil
    }

    private func end(
        _ item: LegacyItem,
        _ action: LegacyOutcome.Action,
        _ reason: String,
        _ writes: [FilesDatabase.Write] = []
    ) async throws -> LegacyOutcome {
        let outcome = LegacyOutcome(kind: .file, key: item.key, id: item.id, action: action, reason: reason)
        guard let lease, try await !database.settle(outcome, writes, holding: lease) else { return outcome }
        return outcome.keptAsChanged
    }
}

extension Sequence {
    /// Calls `body` for each element, one after the other.
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async throws -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
