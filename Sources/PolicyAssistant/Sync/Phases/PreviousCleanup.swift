internal import Logging
internal import OpenAI

/// Deletes what an earlier upstream or protocol still has, where the options ask for it.
struct PreviousCleanup: Sendable {
    let context: SyncContext
    let deletion: ThreadDeletion
    let formerUpstream: FormerUpstream

    /// Returns a client of an upstream that was used earlier, by its identity; nil where its key is not known.
    typealias FormerUpstream = @Sendable (_ identity: String) -> OpenAIClient?

    /// Deletes threads, then vector stores, then files, then the assistant that a sync has created.
    ///
    /// - Returns: The number of resources that stay, and of those that were deleted.
    func run() async throws -> (left: Int, deleted: Int) {
        let threads = try await context.threads.pendingDeletions().filter { !$0.isAtUpstream(of: context.settings) }
        let resources = try await context.files.orphanedResources()
        let total = threads.count + resources.count
        guard context.options.cleansPrevious else { return (total, 0) }
        let limit = context.options.concurrency
        var outcomes = try await threads.mapConcurrently(limit: limit) { try await delete($0) }
        for kind in [OrphanedResource.Kind.store, .file, .assistant] {
            outcomes += try await resources.filter { $0.kind == kind }
                .mapConcurrently(limit: limit) { try await delete($0) }
        }
        let deleted = outcomes.count(where: \.self)
        return (total - deleted, deleted)
    }

    private func delete(_ thread: PendingThreadDeletion) async throws -> Bool {
        guard let openAI = client(of: thread.baseURL) else { return false }
        try context.check()
        return try await deletion.delete(thread, at: openAI)
    }

    private func delete(_ resource: OrphanedResource) async throws -> Bool {
        guard let openAI = client(of: resource.upstream) else { return false }
        do {
            try context.check()
            try await openAI.delete(resource)
        } catch let error as OpenAIError {
            context.logger.warning("what was left behind could not be deleted", metadata: ["error": "\(error)"])
            return false
        }
        try await context.write([.removeOrphan(resource)])
        return true
    }

    /// The client of an upstream; nil where its key is not known.
    private func client(of upstream: String) -> OpenAIClient? {
        upstream == context.settings.upstreamIdentity ? context.index.openAI : formerUpstream(upstream)
    }
}
