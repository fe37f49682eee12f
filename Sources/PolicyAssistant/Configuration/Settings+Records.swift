/// Whether what is on record belongs to the upstream of the settings.
extension Corpus {
    /// Whether the upstream of the settings holds the documents, synced over the protocol of the settings.
    func isAtUpstream(of settings: Settings) -> Bool {
        baseURL == settings.upstreamIdentity && upstreamProtocol == settings.upstreamProtocol
    }

    /// Whether the embedded engine holds the documents.
    var isOfEmbeddedEngine: Bool { baseURL == Settings.embeddedIdentity }
}

extension PendingThreadDeletion {
    /// Whether the upstream of the settings has the thread, so that it can be deleted there.
    func isAtUpstream(of settings: Settings) -> Bool { baseURL.isEmpty || baseURL == settings.upstreamIdentity }
}

extension ThreadRecord {
    /// Whether the upstream of the settings has the thread.
    func isAtUpstream(of settings: Settings) -> Bool { PendingThreadDeletion(self).isAtUpstream(of: settings) }
}

extension Rejection {
    /// Whether the upstream and the protocol of the settings are those that cannot read the document.
    func holds(in settings: Settings) -> Bool {
        upstream == settings.upstreamIdentity && upstreamProtocol == settings.upstreamProtocol
    }
}

extension FilesDatabase {
    /// Returns the corpus in force, if the upstream of the settings holds it.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `notSynced` where it does not, or with `storeUnavailable`.
    func corpus(inForceFor settings: Settings) async throws -> Corpus {
        guard let corpus = try await corpus(), corpus.isAtUpstream(of: settings) else {
            throw PolicyAssistantError.notSynced
        }
        return corpus
    }
}
