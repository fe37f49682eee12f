internal import Logging

/// What upstream was found to lack is said once, and noted for `doctor`.
extension SyncRun {
    /// Takes files that are not in force out of the store before it is proved that their text is not found.
    ///
    /// Servers that pass over attributes in batches have been met to search by the attributes that a file was attached
    /// with, so that a retirement does not reach their searches.
    func takeOut(_ fileIDs: [String], of store: String, holding lease: Lease) async throws {
        _ = try await fileIDs.mapConcurrently(limit: options.concurrency) { [sync] fileID in
            try lease.check()
            try await sync.index.detach(fileID, from: store)
        }
    }

    func noteLimits(holding lease: Lease) async throws {
        guard let found = sync.index.limits.found else { return }
        let words = found.map(\.rawValue).sorted().joined(separator: " ")
        guard try await sync.files.corpusFields()[Corpus.limitsField] ?? "" != words else { return }
        for limit in found { sync.logger.notice("upstream \(limit)") }
        let write: FilesDatabase.Write =
            words.isEmpty ? .unsetCorpus(field: Corpus.limitsField) : .setCorpus(fields: [Corpus.limitsField: words])
        try await sync.files.write([write], holding: lease)
    }
}

extension Corpus {
    /// The field that holds what upstream was found to lack, in words of ``UpstreamLimits/Limit``.
    static let limitsField = "upstream_limits"
}
