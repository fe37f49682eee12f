internal import OpenAI

extension OpenAIClient {
    /// Deletes what an earlier sync left here; what is gone already is as good.
    func delete(_ thing: OrphanedResource) async throws {
        try await ignoringAbsence {
            switch thing.kind {
            case .file: try await files.delete(thing.id)
            case .store: try await vectorStores.delete(thing.id)
            case .assistant: try await assistants.deleteIfOurs(thing.id)
            }
        }
    }
}

extension AssistantsAPI {
    /// Deletes an assistant that a sync has made, and no other.
    fileprivate func deleteIfOurs(_ id: String) async throws {
        guard try await retrieve(id).metadata["sync"] != nil else { return }
        try await delete(id)
    }
}
