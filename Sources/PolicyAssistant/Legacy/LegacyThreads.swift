internal import FoundationEssentials

/// The threads of an older deployment: each is adopted for its user, or retired.
///
/// Only the assistants protocol has such threads; under the responses protocol they are all retired.
struct LegacyThreads: Sendable {
    let database: LegacyDatabase
    let threads: ThreadsDatabase
    let upstream: LegacyUpstream
    let settings: Settings
    /// The corpus in force; nil without one.
    let corpus: Corpus?
    let options: LegacyImport.Options

    /// Settles all threads.
    func run() async throws -> [LegacyOutcome] {
        let items = try await database.items()
        let done = try await database.journal()
        let counts = Dictionary((items.map(\.id) + done.map(\.id)).map { ($0, 1) }, uniquingKeysWith: +)
        let ambiguous = Set(counts.filter { $0.value > 1 }.keys)
        let owned = try await ownedIDs()
        return try await items.mapConcurrently(limit: options.concurrency) { item in
            try await settle(item, try await decision(on: item, ambiguous, owned))
        }
    }

    private enum Decision {
        case adopt(ThreadRecord)
        /// `mayBeDeleted` is false where the thread stays in use.
        case retire(String, mayBeDeleted: Bool = true)
        case keep(String)
    }

    private func ownedIDs() async throws -> Set<String> {
        var owned: Set<String> = []
        try await threads.threads(olderThan: .max) { page in owned.formUnion(page.map(\.record.id)) }
        return owned
    }

    private func decision(
        on item: LegacyItem,
        _ ambiguous: Set<String>,
        _ owned: Set<String>
    ) async throws -> Decision {
        if item.id == settings.sharedThread { return .retire("THREAD_ID names it", mayBeDeleted: false) }
        if owned.contains(item.id) { return .retire("a user has it already", mayBeDeleted: false) }
        guard settings.upstreamProtocol == .assistants else {
            return .retire("it is of the assistants protocol; its user begins a new one")
        }
        guard let user = try? UserID(item.key) else { return .retire("its key is no user ID") }
        guard !ambiguous.contains(item.id) else {
            return .retire("several users had it, and what they said stays apart")
        }
        guard try await threads.thread(of: user) == nil else { return .retire("its user has a newer one") }
        guard try await upstream.hasThread(item.id) else { return .retire("upstream does not know it") }
        guard let corpus else { return .keep("no documents are synced; run policy-assistant sync, then this again") }
        return .adopt(ThreadRecord(adopted: item.id, under: corpus))
    }

    private func settle(_ item: LegacyItem, _ decision: Decision) async throws -> LegacyOutcome {
        var outcome = LegacyOutcome(kind: .thread, key: item.key, id: item.id, action: .retired, reason: "")
        switch decision {
        case .keep(let reason):
            (outcome.action, outcome.reason) = (.kept, reason)
        case .adopt(let record):
            (outcome.action, outcome.reason) = (.adopted, "its user goes on in it")
            guard !options.isDryRun else { break }
            if let corpus { try await upstream.bind(item.id, to: corpus.vectorStoreID) }
            guard try await database.settle(outcome, recording: record) else { return outcome.keptAsChanged }
        case .retire(let reason, let mayBeDeleted):
            let isToBeDeleted = options.deletesThreads && mayBeDeleted
            outcome.reason = isToBeDeleted ? "\(reason); deleted upstream" : reason
            guard !options.isDryRun else { break }
            if isToBeDeleted {
                guard try await upstream.deleteThread(item.id) else {
                    (outcome.action, outcome.reason) = (
                        .kept, "upstream would not delete it; without --delete-threads it is let go"
                    )
                    return outcome
                }
            }
            guard try await database.settle(outcome) else { return outcome.keptAsChanged }
        }
        return outcome
    }
}

extension LegacyOutcome {
    /// The outcome where the key or its destination was changed at the same time.
    var keptAsChanged: LegacyOutcome {
        var outcome = self
        (outcome.action, outcome.reason) = (.kept, "it was changed meanwhile; run this again")
        return outcome
    }
}

extension ThreadRecord {
    /// Creates the record of a thread that stays in use with the corpus in force.
    fileprivate init(adopted id: String, under corpus: Corpus) {
        let now = Date.currentSecond
        self.init(
            id: id,
            upstreamProtocol: corpus.upstreamProtocol,
            baseURL: corpus.baseURL,
            revision: corpus.revision,
            createdAt: now,
            lastUsedAt: now
        )
    }
}
