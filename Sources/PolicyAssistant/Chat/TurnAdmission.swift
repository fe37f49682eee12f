internal import Logging

/// What a turn has once it may run.
struct TurnAdmission {
    let lock: ThreadsDatabase.TurnLock
    let corpus: Corpus
    let thread: ThreadRecord?
    let remembered: [RememberedMessage]
}

extension TurnDependencies {
    /// Takes the user's lock for a turn and reads the thread, then the corpus.
    ///
    /// In this order, as by the locks a sync knows which turns may still ask for earlier documents.
    func admit(
        _ turn: RunningTurn,
        as role: Role?
    ) async throws -> TurnAdmission {
        let (lock, record, remembered) = try await users.acquireLock(for: turn)
        let corpus = try await files.corpus(inForceFor: settings)
        // Callers who name no user ask in the thread of the settings, which no named user gets.
        let shared = settings.sharedThread.map { ThreadRecord(shared: $0, under: corpus, role) }
        let thread = turn.user == .anonymous ? shared : record?.id == shared?.id ? nil : record
        return TurnAdmission(lock: lock, corpus: corpus, thread: thread, remembered: remembered)
    }

    /// Deletes a thread that a turn replaces; what cannot be deleted in time is on the list of pending deletions.
    func delete(
        _ thread: ThreadRecord,
        replacedIn turn: RunningTurn,
        within timeout: Duration
    ) async {
        do {
            _ = try await threadDeletion.dispose(
                of: ThreadsDatabase.OwnedThread(owner: turn.owner, record: thread),
                leaving: turn.takeResponses(of: thread.id),
                timeout: timeout
            )
        } catch {
            logger.warning("a thread cannot be put on the list of pending deletions", metadata: ["error": "\(error)"])
        }
    }
}

extension ThreadRecord {
    /// Whether a thread is of the revision, the role's text and the wire protocol in use.
    func belongs(to corpus: Corpus, _ role: Role?, over adapter: any UpstreamAdapter) -> Bool {
        revision == corpus.revision && upstreamProtocol == adapter.upstreamProtocol
            && roleFingerprint == role?.fingerprint ?? ""
    }
}
