internal import FoundationEssentials
internal import OpenAI

/// The documents upstream: uploaded files in one vector store.
///
/// A file takes part in answers for a span of revisions, which its attributes `since` and `until` hold. A turn searches
/// only what its own revision includes. So new content can be indexed, and old content retired, before the one write in
/// Redis that raises the revision: until then no turn finds the new, from then on none finds the old.
struct DocumentIndex: Sendable {
    let openAI: OpenAIClient

    /// The `until` of a file that is not retired: larger than any revision, and exact as a JSON number.
    static let indefinitely = 9_007_199_254_740_991.0

    /// For changes of the store, of which upstream allows some hundreds a minute: a call waits for its turn for longer.
    var patient: OpenAIClient { openAI.retrying(RetryPolicy(maximumRetries: 8)) }

    /// What a file of a revision in force must satisfy.
    static func filter(forRevision revision: Int) -> SearchFilter {
        .and([
            .comparison(key: "since", .lessOrEqual, .value(.number(Double(revision)))),
            .comparison(key: "until", .greater, .value(.number(Double(revision)))),
        ])
    }

    /// Makes a store whose metadata carry a tag, by which it is found again if the answer is lost.
    func makeStore(tag: String) async throws -> String {
        let metadata = ["app": "policy-assistant", "sync": tag]
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
    func retire(_ file: TrackedFile, in store: String, at revision: Int) async throws {
        try await update(file, in: store, until: revision)
    }

    /// Takes back a retirement that was never switched to, or gives a file its new path.
    func reinstate(_ file: TrackedFile, in store: String) async throws {
        try await update(file, in: store, until: nil)
    }

    private func update(_ file: TrackedFile, in store: String, until: Int?) async throws {
        let attributes = attributes(file.path, file.sha256, since: file.revision, until: until)
        try await ignoringAbsence {
            _ = try await patient.vectorStores.updateAttributes(attributes, of: file.fileID, in: store)
        }
    }

    /// Detaches a file and deletes it; one that is gone already is as good.
    func delete(_ fileID: String, from store: String?) async throws {
        if let store {
            try await ignoringAbsence { try await patient.vectorStores.detach(fileID, from: store) }
        }
        try await ignoringAbsence { try await patient.files.delete(fileID) }
    }

    /// What a file of a span of revisions carries in the store.
    func attributes(
        _ path: String,
        _ sha256: String,
        since: Int,
        until: Int?
    ) -> [String: AttributeValue] {
        var attributes: [String: AttributeValue] = [
            "sha256": .string(sha256),
            "since": .number(Double(since)),
            "until": .number(until.map(Double.init) ?? Self.indefinitely),
        ]
        // Longer values are refused upstream; the record in Redis has the path in any case.
        if path.unicodeScalars.count <= 256 { attributes["path"] = .string(path) }
        return attributes
    }
}
