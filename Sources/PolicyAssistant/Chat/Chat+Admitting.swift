/// What a turn begins with: its user's lock, the thread, and the documents in force.
extension Chat {
    struct Admission: Sendable {
        let lock: ThreadsDatabase.TurnLock
        let thread: ThreadRecord?
        let corpus: Corpus
    }

    /// The pauses between attempts to have a lock that another replica has.
    private static let (shortestPause, longestPause) = (Duration.milliseconds(20), Duration.milliseconds(100))

    /// Waits until no other replica runs a turn of the user, and learns the thread and the corpus.
    func admit(_ user: UserID) async throws -> Admission {
        let (lock, record) = try await lock(user)
        do {
            // Not before the lock is there: by the locks a sync knows which turns may still ask old documents.
            let corpus = try usable(await files.corpus())
            return Admission(lock: lock, thread: thread(of: user, onRecord: record, corpus), corpus: corpus)
        } catch {
            await end(lock)
            throw error
        }
    }

    /// Waits until no other replica runs a turn of the user, and takes the user's lock.
    func lock(_ user: UserID) async throws -> (ThreadsDatabase.TurnLock, ThreadRecord?) {
        var pause = Self.shortestPause
        do {
            while true {
                if case .admitted(let lock, let thread) = try await threads.begin(user, in: replica) {
                    return (lock, thread)
                }
                try await clock.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        } catch {
            // Whoever is next in the line need not wait for one who has left it.
            if Task.isCancelled {
                await withoutCancellation { [threads, replica] in try? await threads.leaveQueue(of: user, as: replica) }
            }
            throw error
        }
    }

    /// The thread to go on with: that of the settings for callers who name no user; no user who is named gets it.
    private func thread(of user: UserID, onRecord record: ThreadRecord?, _ corpus: Corpus) -> ThreadRecord? {
        guard user == .anonymous else { return record?.id == settings.sharedThread ? nil : record }
        return settings.sharedThread.map { ThreadRecord(shared: $0, under: corpus) }
    }

    func usable(_ corpus: Corpus?) throws(PolicyAssistantError) -> Corpus {
        guard let corpus, corpus.isHeld(asIn: settings) else {
            throw PolicyAssistantError.notSynced
        }
        return corpus
    }
}
