internal import Logging
internal import OpenAI

/// What stays where an earlier upstream or protocol had it, until its end is asked for.
extension SyncRun {
    /// Deletes it if that is asked for: stores, then files, then the assistant that was made for it.
    func cleanPrevious(_ receipt: inout SyncReceipt, holding lease: Lease) async throws {
        let things = try await sync.files.leftBehind()
        receipt.leftBehind = things.count
        guard options.cleansPrevious, !things.isEmpty else { return }
        for kind in [LeftBehind.Kind.store, .file, .assistant] {
            let outcomes = try await things.filter { $0.kind == kind }.mapConcurrently(limit: options.concurrency) {
                try await isGone($0, holding: lease)
            }
            receipt.leftBehindDeleted += outcomes.count(where: \.self)
        }
        receipt.leftBehind -= receipt.leftBehindDeleted
    }

    /// Deletes a thing, and strikes it off once it is gone.
    private func isGone(_ thing: LeftBehind, holding lease: Lease) async throws -> Bool {
        guard let openAI = sync.client(of: thing.upstream) else { return false }
        do {
            try lease.check()
            try await ignoringAbsence {
                switch thing.kind {
                case .file: try await openAI.files.delete(thing.id)
                case .store: try await openAI.vectorStores.delete(thing.id)
                case .assistant: try await openAI.assistants.deleteIfOurs(thing.id)
                }
            }
        } catch let error as OpenAIError {
            sync.logger.warning("what was left behind could not be deleted", metadata: ["error": "\(error)"])
            return false
        }
        try await sync.files.write([.left(thing)], holding: lease)
        return true
    }
}

extension Sync {
    /// A client of an upstream that was used earlier, if there is one.
    fileprivate func client(of upstream: String) -> OpenAIClient? {
        upstream == settings.upstreamIdentity ? index.openAI : formerUpstream(upstream)
    }
}

extension AssistantsAPI {
    /// Deletes an assistant that a sync has made, and no other.
    fileprivate func deleteIfOurs(_ id: String) async throws {
        guard try await retrieve(id).metadata["sync"] != nil else { return }
        try await delete(id)
    }
}
