internal import FoundationEssentials
internal import OpenAI

/// The documents upstream: uploaded files in vector stores, of which a turn finds those of its own revision.
///
/// Files and stores are the same in every protocol. How a revision is kept apart from the one before is not: it depends on
/// what a search can be told.
protocol DocumentIndex: Sendable {
    /// The client of the upstream.
    var openAI: OpenAIClient { get }
    /// Whether all revisions share one store, in which files carry the revisions that they belong to.
    ///
    /// Otherwise each revision has a store of its own, which is never changed once it is in force.
    var sharesStore: Bool { get }
    /// What the upstream was found to lack.
    var limits: UpstreamLimits { get }

    /// What a file of a span of revisions carries in the store.
    func attributes(_ path: String, _ sha256: String, since: Int, until: Int?) -> [String: AttributeValue]

    /// What a file of a revision in force must satisfy, beside being in its store; nil for nothing.
    func filter(forRevision revision: Int) -> SearchFilter?
}

extension DocumentIndex {
    /// For changes of the store, of which upstream allows some hundreds a minute: a call waits for its turn for longer.
    var patient: OpenAIClient { openAI.retrying(RetryPolicy(maximumRetries: 8)) }

    /// Makes a store whose metadata carry a tag, by which it is found again if the answer is lost, and the deployment's
    /// name, by which it is found again if Redis is.
    func makeStore(tag: String, of deployment: String) async throws -> String {
        let metadata = ["app": "policy-assistant", "sync": tag, "deployment": deployment]
        return try await openAI.vectorStores.create(name: "policy-assistant", metadata: metadata).id
    }

    /// Finds the stores that were made with a tag.
    func stores(tagged tag: String) async throws -> [String] {
        try await openAI.vectorStores.all().collect().filter { $0.metadata["sync"] == tag }.map(\.id)
    }

    /// Whether the store is there and has not expired.
    func hasStore(_ id: String) async throws -> Bool {
        do {
            return try await openAI.vectorStores.retrieve(id).status != .expired
        } catch  where error.code == .notFound {
            return false
        }
    }

    func deleteStore(_ id: String) async throws {
        try await ignoringAbsence { try await openAI.vectorStores.delete(id) }
    }

    /// Lets a file end with the revision before `revision`; one that is gone has ended already.
    func retire(_ file: IndexedDocument, in store: String, at revision: Int) async throws {
        try await update(file, in: store, until: revision)
    }

    /// Takes back a retirement that was never switched to, or gives a file its new path.
    func reinstate(_ file: IndexedDocument, in store: String) async throws {
        try await update(file, in: store, until: nil)
    }

    private func update(_ file: IndexedDocument, in store: String, until: Int?) async throws {
        let attributes = attributes(file.path, file.sha256, since: file.revision, until: until)
        try await ignoringAbsence {
            _ = try await patient.vectorStores.updateAttributes(attributes, of: file.fileID, in: store)
        }
    }

    /// Detaches a file and deletes it; one that is gone already is as good.
    func delete(_ fileID: String, from store: String?) async throws {
        if let store { try await detach(fileID, from: store) }
        try await ignoringAbsence { try await patient.files.delete(fileID) }
    }

    /// Takes a file out of a store; one that is not in it is as good.
    func detach(_ fileID: String, from store: String) async throws {
        try await ignoringAbsence { try await patient.vectorStores.detach(fileID, from: store) }
    }

    /// What tells a document's content, in whichever protocol.
    func identity(_ path: String, _ sha256: String) -> [String: AttributeValue] {
        var attributes: [String: AttributeValue] = ["sha256": .string(sha256)]
        // Longer values are refused upstream; the record in Redis has the path in any case.
        if path.unicodeScalars.count <= 256 { attributes["path"] = .string(path) }
        return attributes
    }
}
