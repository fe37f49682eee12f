internal import OpenAI

/// Deletions of what this product has created; what upstream does not know counts as deleted.
extension OpenAIClient {
    /// How many parts of a thread are deleted at a time.
    private static let concurrency = 4

    /// Deletes a thread with its messages, and the responses that were created in it.
    ///
    /// - Parameters:
    ///   - id: The thread's ID.
    ///   - upstreamProtocol: The protocol that the ID belongs to.
    ///   - responses: The responses, which outlive the thread.
    /// - Throws: `OpenAIError`.
    func deleteThread(
        _ id: String,
        over upstreamProtocol: UpstreamProtocol,
        with responses: [String]
    ) async throws {
        switch upstreamProtocol {
        case .responses: try await deleteConversation(id)
        case .assistants: try await ignoringAbsence { try await threads.delete(id) }
        }
        _ = try await responses.mapConcurrently(limit: Self.concurrency) { response in
            try await ignoringAbsence { try await self.responses.delete(response) }
        }
    }

    private func deleteConversation(_ id: String) async throws {
        // The deletion of a conversation leaves its items.
        var items: [String] = []
        try await ignoringAbsence {
            items = try await conversations.allItems(of: id).collect().compactMap(\.id)
        }
        _ = try await items.mapConcurrently(limit: Self.concurrency) { item in
            try await ignoringAbsence { _ = try await conversations.deleteItem(item, of: id) }
        }
        try await ignoringAbsence { try await conversations.delete(id) }
    }

    /// Deletes a resource of an earlier sync; of assistants, only one that a sync has created.
    func delete(_ resource: OrphanedResource) async throws {
        try await ignoringAbsence {
            switch resource.kind {
            case .file: try await files.delete(resource.id)
            case .store: try await vectorStores.delete(resource.id)
            case .assistant:
                guard try await assistants.retrieve(resource.id).metadata["sync"] != nil else { return }
                try await assistants.delete(resource.id)
            }
        }
    }
}
