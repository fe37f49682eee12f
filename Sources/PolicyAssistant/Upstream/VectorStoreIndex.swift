internal import FoundationEssentials
internal import OpenAI

/// The documents upstream: uploaded files in vector stores, which every wire protocol has.
///
/// What a deletion does not find counts as deleted.
struct VectorStoreIndex: Sendable {
    /// The client of the upstream.
    let openAI: OpenAIClient
    /// How one revision of the documents is kept apart from the one before.
    let scheme: RevisionScheme
    /// What the upstream lacks, as far as this process has found it out.
    let limits = UpstreamLimits()

    /// The client for changes of a vector store, of which upstream allows some hundreds a minute: it retries more often.
    var patient: OpenAIClient { openAI.retrying(RetryPolicy(maximumRetries: 8)) }
}

/// Vector stores.
extension VectorStoreIndex {
    /// Creates a vector store.
    ///
    /// - Parameters:
    ///   - tag: A value in its metadata by which it is found where the answer to this call is lost.
    ///   - deployment: A name in its metadata by which it is found where the records in Redis are lost.
    /// - Returns: Its ID.
    /// - Throws: `OpenAIError`.
    func createStore(tag: String, of deployment: String) async throws -> String {
        let metadata = ["app": "policy-assistant", "sync": tag, "deployment": deployment]
        return try await openAI.vectorStores.create(name: "policy-assistant", metadata: metadata).id
    }

    /// The IDs of the vector stores that were created with a tag.
    func stores(tagged tag: String) async throws -> [String] {
        try await openAI.vectorStores.all().collect().filter { $0.metadata["sync"] == tag }.map(\.id)
    }

    /// Whether a vector store exists and has not expired.
    func hasStore(_ id: String) async throws(OpenAIError) -> Bool {
        let store = try await ifKnown { () throws(OpenAIError) in try await openAI.vectorStores.retrieve(id) }
        return store.map { $0.status != .expired } ?? false
    }

    /// Deletes a vector store; its files stay.
    func deleteStore(_ id: String) async throws {
        try await ignoringAbsence { try await openAI.vectorStores.delete(id) }
    }

    /// The files of a vector store, by their IDs.
    func files(in store: String) async throws -> [String: VectorStoreFile] {
        var files: [String: VectorStoreFile] = [:]
        for try await file in openAI.vectorStores.files(in: store) { files[file.id] = file }
        return files
    }

    /// Ends a file's span of revisions before `revision`.
    func retire(_ document: IndexedDocument, in store: String, at revision: Int) async throws {
        try await update(document, in: store, until: revision)
    }

    /// Takes back a retirement that was never switched to, and gives a file its document's present path.
    func reinstate(_ document: IndexedDocument, in store: String) async throws {
        try await update(document, in: store, until: nil)
    }

    private func update(_ document: IndexedDocument, in store: String, until: Int?) async throws {
        let attributes = scheme.attributes(document, until: until)
        try await ignoringAbsence {
            _ = try await patient.vectorStores.updateAttributes(attributes, of: document.fileID, in: store)
        }
    }

    /// Takes a file out of a vector store.
    func detach(_ fileID: String, from store: String) async throws {
        try await ignoringAbsence { try await patient.vectorStores.detach(fileID, from: store) }
    }
}

/// Uploaded files.
extension VectorStoreIndex {
    /// Uploads a document once, streamed from an open file, without a retry.
    ///
    /// - Parameters:
    ///   - descriptor: The open file; the upload begins at its first byte.
    ///   - name: The name of the uploaded file.
    /// - Returns: The file's ID.
    /// - Throws: `OpenAIError`; after one that ``OpenAIError/leavesItOpen``, upstream may have the file all the same.
    func upload(_ descriptor: CInt, as name: String) async throws -> String {
        try await openAI.retrying(RetryPolicy(maximumRetries: 0)).files
            .upload(descriptor: descriptor, filename: name, purpose: .assistants).id
    }

    /// Finds uploaded files by their names.
    ///
    /// - Returns: The IDs, by name; several where an upload was repeated.
    func files(named names: Set<String>) async throws -> [String: [String]] {
        guard !names.isEmpty else { return [:] }
        var found: [String: [String]] = [:]
        for try await file in openAI.files.all(purpose: .assistants) where names.contains(file.filename) {
            found[file.filename, default: []].append(file.id)
        }
        return found
    }

    /// The IDs of all uploaded files.
    func uploadedFiles() async throws -> Set<String> {
        var ids: Set<String> = []
        for try await file in openAI.files.all(purpose: .assistants) { ids.insert(file.id) }
        return ids
    }

    /// Whether an uploaded file exists.
    func hasFile(_ id: String) async throws(OpenAIError) -> Bool {
        try await ifKnown { () throws(OpenAIError) in try await openAI.files.retrieve(id) } != nil
    }

    /// Deletes a file, after taking it out of a vector store, if one is given.
    func delete(_ fileID: String, from store: String?) async throws {
        if let store { try await detach(fileID, from: store) }
        try await ignoringAbsence { try await patient.files.delete(fileID) }
    }
}

extension OpenAIError {
    /// Whether upstream may have done what the failed call asked for.
    var leavesItOpen: Bool {
        [.unreachable, .answerCutOff, .malformedAnswer, .timedOut, .serverError, .overloaded].contains(code)
    }

    /// Whether the same call may succeed later.
    var mayPass: Bool { leavesItOpen || code == .rateLimited || code == .conflict }
}
