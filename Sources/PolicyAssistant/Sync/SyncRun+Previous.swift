internal import Logging
internal import OpenAI

/// What stays where an earlier upstream or protocol had it, until its end is asked for.
extension SyncRun {
    /// Deletes it if that is asked for: threads, then stores, then files, then the assistant that was made for it.
    func cleanPrevious(_ receipt: inout SyncReceipt, holding lease: Lease) async throws {
        let threads = try await sync.threads.pendingDeletions().filter { !$0.isHeld(asIn: sync.settings) }
        let things = try await sync.files.orphanedResources()
        receipt.leftBehind = threads.count + things.count
        guard options.cleansPrevious else { return }
        var outcomes = try await threads.mapConcurrently(limit: options.concurrency) {
            try await isGone($0, holding: lease)
        }
        for kind in [OrphanedResource.Kind.store, .file, .assistant] {
            outcomes += try await things.filter { $0.kind == kind }.mapConcurrently(limit: options.concurrency) {
                try await isGone($0, holding: lease)
            }
        }
        receipt.leftBehindDeleted = outcomes.count(where: \.self)
        receipt.leftBehind -= receipt.leftBehindDeleted
    }

    private func isGone(_ thread: PendingThreadDeletion, holding lease: Lease) async throws -> Bool {
        guard let openAI = sync.client(of: thread.baseURL) else { return false }
        try lease.check()
        return try await sync.disposal.delete(thread, at: openAI)
    }

    private func isGone(_ thing: OrphanedResource, holding lease: Lease) async throws -> Bool {
        let isDeleted = try await isDeleted(at: thing.upstream, holding: lease) { openAI in
            try await openAI.delete(thing)
        }
        if isDeleted { try await sync.files.write([.removeOrphan(thing)], holding: lease) }
        return isDeleted
    }

    /// Whether something could be deleted at an upstream; where its key is not known, nothing can.
    private func isDeleted(
        at upstream: String,
        holding lease: Lease,
        _ delete: (OpenAIClient) async throws -> Void
    ) async throws -> Bool {
        guard let openAI = sync.client(of: upstream) else { return false }
        do {
            try lease.check()
            try await delete(openAI)
            return true
        } catch let error as OpenAIError {
            sync.logger.warning("what was left behind could not be deleted", metadata: ["error": "\(error)"])
            return false
        }
    }
}

extension Sync {
    /// A client of an upstream that was used earlier, if there is one.
    fileprivate func client(of upstream: String) -> OpenAIClient? {
        upstream == settings.upstreamIdentity ? index.openAI : formerUpstream(upstream)
    }
}
