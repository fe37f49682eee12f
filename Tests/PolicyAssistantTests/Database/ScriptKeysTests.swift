import Foundation
import Redis
import SMS
import TestSupport
import Testing

@testable import PolicyAssistant

/// Scripts touch no key but those that their calls declare.
///
/// Each call runs as an ACL user who may touch the declared keys and no others, so that the server itself refuses any
/// other.
@Suite struct ScriptKeysTests {
    private static let scripts =
        TurnScripts.all + ThreadDeletionScripts.all + TurnJournalScripts.all + DocumentScripts.all + ImportScripts.all
        + RoleScripts.all
        + LeaseScripts.all + TokenBucketScripts.all + AccountScripts.all + ProviderSessionScripts.all + CheckScripts.all
        + TextScripts.all

    private func withRunner(_ body: (DeclaredKeysUser) async throws -> Void) async throws {
        try await withRedisServer { server in try await withDeclaredKeysUser(of: server, body) }
    }

    private func thread(_ id: String, revision: Int = 1) -> ThreadRecord {
        ThreadRecord(id: id, upstreamProtocol: .responses, baseURL: "embedded", revision: revision)
    }

    @Test func theServerRefusesAKeyThatIsNotDeclared() async throws {
        try await withRunner { runner in
            for other in ["'lost'", "'thread:' .. 'ana'"] {
                let script = RedisScript("redis.call('GET', KEYS[1]) return redis.call('GET', \(other)) or 1")
                let error = await #expect(throws: PolicyAssistantError.self) {
                    try await runner.run(RedisScriptCall<Void>(script, keys: [.syncLock]))
                }
                #expect((error?.cause as? RedisError)?.code == .notPermitted)
            }
        }
    }

    @Test func everyScriptTouchesItsDeclaredKeysOnly() async throws {
        try await withRunner { runner in
            try await turns(runner, in: nil)
            try await turns(runner, in: RoleKey(of: try RoleName("Teacher")))
            try await deletions(runner)
            try await journal(runner)
            try await documents(runner)
            try await imports(runner)
            try await accounts(runner)
            try await texts(runner)
            let missing = Set(Self.scripts).subtracting(runner.used).map(\.source)
            #expect(missing.isEmpty, "every script has run")
        }
    }

    /// Whoever adds a script adds it to the lists above, from which this test learns of it.
    @Test func everyScriptIsListed() throws {
        let folder = "\(DocumentedUser.project)/Sources/PolicyAssistant"
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
        var count = 0
        for file in files where !file.hasPrefix("Diagnosis/") {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            let scripts = text.ranges(of: "= RedisScript(").count
            #expect(scripts == 0 || file.hasPrefix("Database/"), "\(file)")
            count += scripts
        }
        #expect(count == Self.scripts.count && Set(Self.scripts).count == count)
    }

    private func turns(_ runner: DeclaredKeysUser, in role: RoleKey?) async throws {
        let lock = ThreadsDatabase.TurnLock(
            owner: ThreadOwner(user: try UserID("ana\(role?.value ?? "")"), role: role),
            token: "a:1"
        )
        let other = ThreadsDatabase.TurnLock(owner: lock.owner, token: "b:2")
        guard case .admitted(_, thread: nil, remembered: []) = try await runner.run(TurnScripts.begin(lock, by: "a")),
            case .occupied = try await runner.run(TurnScripts.begin(other, by: "b")),
            case .occupied = try await runner.run(TurnScripts.begin(other, by: "b"))
        else {
            Issue.record("one turn at a time")
            return
        }
        #expect(try await runner.run(TurnScripts.renew([lock, other])) == [true, false])
        #expect(try await runner.run(TurnScripts.assign(thread("conv_1"), under: other, keeping: nil)) == .lockLost)
        for id in ["conv_1", "conv_2"] {
            #expect(try await runner.run(TurnScripts.assign(thread(id), under: lock, keeping: nil)) == .assigned)
        }
        let trace = TurnTrace(thread: thread("conv_1"), responses: ["resp_1"])
        try await runner.run(TurnScripts.end(lock, used: "conv_2", leaving: trace, at: .now))
        try await runner.run(TurnScripts.end(lock, used: nil, leaving: nil, at: .now))
        let bucket = TokenBucket(key: .questionsInTotal, capacity: 1, refill: .seconds(60))
        #expect(try await runner.run(TokenBucketScripts.take(from: [bucket])).wait == nil)
        #expect(try await runner.run(TokenBucketScripts.take(from: [bucket])).wait != nil)
        for _ in 0..<2 { try await runner.run(TokenBucketScripts.giveBack(to: [bucket])) }
        try await runner.run(CheckScripts.turnCommands())
    }

    private func deletions(_ runner: DeclaredKeysUser) async throws {
        let ben = try UserID("ben")
        let owner = ThreadOwner(user: ben)
        let record = thread("conv_3")
        _ = try await runner.administrator.send(
            RedisCommand("HSET", [RedisKey.thread(of: ben).name] + record.fieldsAndValues)
        )
        #expect(try await !runner.run(ThreadDeletionScripts.remove("conv_other", of: owner)))
        let pending = PendingThreadDeletion(record)
        try await runner.run(ThreadDeletionScripts.postpone(pending, of: owner, noting: ["resp_1", "resp_2"]))
        #expect(try await runner.run(ThreadDeletionScripts.find(of: ben)) == [pending])
        #expect(try await !runner.run(ThreadDeletionScripts.confirm("conv_3", with: ["resp_1"])))
        #expect(try await runner.run(ThreadDeletionScripts.confirm("conv_3", with: ["resp_2"])))

        // A user with two threads, a role, something remembered, a turn and an idempotency key.
        _ = try await runner.administrator.send(
            RedisCommand("HSET", [RedisKey.thread(of: ben).name] + record.fieldsAndValues)
        )
        let (turn, key) = (TurnID(), try IdempotencyKey("k", for: "q"))
        _ = try await runner.run(TurnJournalScripts.open(turn, by: ben, claiming: key, after: nil))
        let role = RoleKey(of: try RoleName("Teacher"))
        let lock = ThreadsDatabase.TurnLock(owner: ThreadOwner(user: ben, role: role), token: "a:1")
        _ = try await runner.run(TurnScripts.begin(lock, by: "a"))
        #expect(try await runner.run(TurnScripts.assign(thread("conv_4"), under: lock, keeping: nil)) == .assigned)
        try await runner.run(TurnScripts.end(lock, used: "conv_4", leaving: nil, at: .now))
        let save = RoleScripts.save(try RoleName("Teacher"), #"{"text":"Teach."}"#, in: .roles(of: ben), upTo: 1)
        #expect(try await runner.run(save) == .created)
        let remembered = RememberedMessage(
            "60 %",
            of: ThreadMessage(id: "msg_1", role: .user, text: "60 %", citations: []),
            in: record,
            role: nil,
            at: .now
        )
        #expect(try await runner.run(RoleScripts.remember(remembered, of: ben)) == .created)
        let first = ThreadDeletionScripts.deleteUser(ben, turnKeys: [], roles: [], exceptUpstream: nil)
        guard case .changed(let keys, let roles) = try await runner.run(first) else {
            Issue.record("undeclared keys were deleted")
            return
        }
        #expect(roles == [role])
        #expect(Set(keys) == [RedisKey.turn(turn).name, RedisKey.idempotency(key, of: ben).name])
        #expect(try await runner.administrator.send(.exists(RedisKey.thread(of: ben).name)).integer == 1)
        let second = ThreadDeletionScripts.deleteUser(ben, turnKeys: keys, roles: roles, exceptUpstream: nil)
        #expect(try await runner.run(second) == .deleted(hadAnything: true))
        let rest = [
            RedisKey.turn(turn), .turnOwner(turn), .idempotency(key, of: ben), .turns(of: ben), .thread(of: ben),
            lock.owner.key, .roleThreads(of: ben), .roles(of: ben), .remembered(of: ben),
        ]
        for key in rest {
            #expect(try await runner.administrator.send(.exists(key.name)).integer == 0, "\(key.name)")
        }
        let third = ThreadDeletionScripts.deleteUser(ben, turnKeys: [], roles: [], exceptUpstream: nil)
        #expect(try await runner.run(third) == .deleted(hadAnything: false))
    }

    private func journal(_ runner: DeclaredKeysUser) async throws {
        let ana = try UserID("ana")
        let (key, another) = (try IdempotencyKey("k", for: "q"), try IdempotencyKey("k", for: "other"))
        let (turn, next) = (TurnID(), TurnID())
        func open(_ turn: TurnID, _ key: IdempotencyKey?, after other: TurnID? = nil) async throws
            -> TurnJournalScripts.Opening
        {
            try await runner.run(TurnJournalScripts.open(turn, by: ana, claiming: key, after: other))
        }
        func append(_ progress: TurnJournalScripts.Progress, _ key: IdempotencyKey?, _ trace: TurnTrace?) async throws {
            let call = TurnJournalScripts.append(
                ["{}"],
                first: 1,
                progress: progress,
                to: turn,
                claiming: key,
                of: ana,
                noting: trace
            )
            #expect(try await !runner.run(call))
        }
        #expect(try await open(turn, key) == .granted)
        let entry = TurnJournalScripts.Part(isOwnerAlive: true, events: [], last: nil)
        #expect(try await runner.run(TurnJournalScripts.read([(turn, 0), (next, 0)])) == [entry, nil])
        #expect(try await open(next, another) == .mismatched)
        #expect(try await open(next, key) == .undecided(turn))
        #expect(try await open(next, key, after: next) == .undecided(turn))
        #expect(try await open(next, key, after: turn) == .taken(by: turn))
        let trace = TurnTrace(thread: thread("conv_1"), responses: ["resp_1"])
        try await append(.running, key, trace)
        try await append(.running, nil, trace)
        try await append(.done, key, nil)
        let end = TurnJournalScripts.Part(isOwnerAlive: false, events: [], last: "{}")
        #expect(try await runner.run(TurnJournalScripts.read([(turn, 1)])) == [end])
        #expect(try await open(next, key) == .taken(by: turn))
        try await append(.failed, key, nil)
        #expect(try await open(next, key) == .granted)
        #expect(try await open(next, nil) == .granted)
    }

    private func lease(_ runner: DeclaredKeysUser, lossError: PolicyAssistantError = .syncLockLost) async throws
        -> Lease
    {
        let lease = Lease(key: .syncLock, formerKey: .formerSyncLock, token: "t host 1 now", lossError: lossError)
        guard case .acquired = try await runner.run(LeaseScripts.acquire(lease, for: .seconds(30))) else {
            throw lossError
        }
        return lease
    }

    private func documents(_ runner: DeclaredKeysUser) async throws {
        let lease = try await lease(runner)
        let stranger = Lease(key: .syncLock, token: "u", lossError: .syncLockLost)
        guard case .held = try await runner.run(LeaseScripts.acquire(stranger, for: .seconds(30))) else {
            Issue.record("a lease was given twice")
            return
        }
        #expect(try await runner.run(LeaseScripts.renew(lease, for: .seconds(30))))
        let document = IndexedDocument(
            path: "caf\u{E9}.md",
            fileID: "file-1",
            sha256: "s",
            bytes: 1,
            modified: "1.000000001",
            uploadedAt: nil,
            revision: 1
        )
        var twin = document
        twin.path = "cafe\u{301}.md"
        let orphan = OrphanedResource(kind: .file, id: "file-2", upstream: "embedded")
        let rejection = try await Rejection(
            of: SyncPlan.Document(
                file: ScannedDocument(path: "a.pdf", location: "a.pdf", stamp: FileStamp(bytes: 1, modified: "1.0")),
                sha256: "s"
            ),
            because: "a scan",
            readSettings([:])
        )
        let writes: [FilesDatabase.Write] = [
            .setCorpus(fields: ["revision": "1", "synced_at": "now"]), .unsetCorpus(field: "synced_at"),
            .saveDocument(document), .saveDocument(twin),
            .updateDocument(path: document.path, fields: ["retiring_at": "2"]),
            .clearRetirement(path: document.path), .removeDocument(path: "gone.md"),
            .saveUpload(PendingUpload(path: "b.md", sha256: "s", name: "b.md")),
            .setUploadedFile(path: "b.md", fileID: "file-3"), .removeUpload(path: "b.md"), .trashFile(id: "file-4"),
            .untrashFile(id: "file-4"), .trashVectorStore(id: "vs_1"), .untrashVectorStore(id: "vs_1"),
            .addOrphan(orphan), .removeOrphan(orphan), .addLostUpload(name: "c.md"), .removeLostUpload(name: "c.md"),
            .addRejection(path: "a.pdf", rejection), .removeRejection(path: "a.pdf"), .indexDocument(path: "d.md"),
            .indexUpload(path: "d.md"),
        ]
        #expect(try await runner.run(DocumentScripts.write(writes.flatMap(\.commands), holding: lease)))
        #expect(try await !runner.run(DocumentScripts.write(writes.flatMap(\.commands), holding: stranger)))
        let read = try await runner.run(DocumentScripts.read(.documents, names: [], .document))
        guard case .changed(let names) = read else {
            Issue.record("undeclared records were read")
            return
        }
        #expect(Set(names.map(ExactPath.init)) == Set([document.path, twin.path, "d.md"].map(ExactPath.init)))
        guard
            case .records(let records) = try await runner.run(DocumentScripts.read(.documents, names: names, .document))
        else {
            Issue.record("the names are those of the set")
            return
        }
        #expect(records.count == 3)
        try await runner.run(LeaseScripts.release(lease))
    }

    private func imports(_ runner: DeclaredKeysUser) async throws {
        let lease = try await lease(runner)
        _ = try await runner.administrator.send(.set("cem", "thread_1"))
        _ = try await runner.administrator.send(.set("a.md", "file-1"))
        let user = ImportScripts.Entry(key: RedisKey(name: "cem"), value: "thread_1", record: "{}")
        let file = ImportScripts.Entry(key: RedisKey(name: "a.md"), value: "file-1", record: "{}")
        let thread = (try UserID("cem"), thread("thread_1"))
        #expect(try await runner.run(ImportScripts.settle(user, thread: thread)))
        #expect(try await !runner.run(ImportScripts.settle(user, thread: nil)))
        let upload = PendingUpload(path: "a.md", sha256: "s", name: "a.md", fileID: "file-1")
        let commands = FilesDatabase.Write.saveUpload(upload).commands
        let stranger = Lease(key: .syncLock, token: "u", lossError: .syncLockLost)
        #expect(try await runner.run(ImportScripts.settle(file, commands, holding: stranger)) == .leaseLost)
        #expect(try await runner.run(ImportScripts.settle(file, commands, holding: lease)) == .settled)
        #expect(try await runner.run(ImportScripts.settle(file, commands, holding: lease)) == .changed)
        try await runner.run(LeaseScripts.release(lease))
    }

    private func texts(_ runner: DeclaredKeysUser) async throws {
        let code = "ABCD2345"
        _ = try await runner.administrator.send(.set(RedisKey.numberCode(code).name, "ana"))
        let ana = try UserID("ana")
        for isFirst in [true, false] {
            let call = TextScripts.bind("p", lastDigits: "23", to: ana, by: code, at: .now)
            #expect(try await runner.run(call) == isFirst)
        }
        try await runner.run(TextScripts.report(DeliveryReport(id: "SM1", status: .delivered), of: "t"))
    }

    private func accounts(_ runner: DeclaredKeysUser) async throws {
        let indexes = [RedisKey.providerSessions(ofSubject: "ana"), .providerSessions(ofProviderSession: "s")]
        try await runner.run(ProviderSessionScripts.begin("id", indexes, ["user", "ana"]))
        #expect(try await runner.run(ProviderSessionScripts.take(.signInAttempt(state: "s"))) == nil)
        let ana = try UserName("Ana")
        #expect(try await !runner.run(AccountScripts.update(ana, ["scrypt", "x"])))
        #expect(try await runner.run(AccountScripts.insert(ana, ["scrypt", "x"])))
        #expect(try await !runner.run(AccountScripts.insert(ana, ["scrypt", "x"])))
        #expect(try await runner.run(AccountScripts.update(ana, ["scrypt", "y"])))
    }
}

extension DeclaredKeysUser {
    @discardableResult
    fileprivate func run<Reply>(_ call: RedisScriptCall<Reply>) async throws -> Reply {
        try await run(call.script, declaring: call.keys.map(\.name)) { try await $0.run(call) }
    }
}
