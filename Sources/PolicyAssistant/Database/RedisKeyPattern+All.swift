extension RedisKeyPattern {
    /// How long somebody stays signed in.
    static let sessionLifetime = Duration.seconds(24 * 3600)

    /// How long a sign-in at the identity provider may take.
    static let signInAttemptLifetime = Duration.seconds(600)

    // The threads database.
    static let thread = RedisKeyPattern(
        "thread:<user>",
        .threads,
        .hash,
        "the user's thread: id, protocol, base_url, revision, created_at, last_used_at; `role`, a hash of the role's text"
    )
    static let responses = RedisKeyPattern(
        "responses:<thread>",
        .threads,
        .sortedSet,
        lifetime: .renewed(ThreadsDatabase.responseRetention),
        "the IDs of the responses made in the thread, by the second at which each was recorded; upstream keeps a "
            + "response for 30 days"
    )
    static let turnLock = RedisKeyPattern(
        "lock:<user>",
        .threads,
        .string,
        lifetime: .renewed(ThreadsDatabase.lockLease),
        "the token of the user's running turn"
    )
    static let turnQueue = RedisKeyPattern(
        "waiting:<user>",
        .threads,
        .hash,
        lifetime: .renewed(ThreadsDatabase.lockLease),
        "by replica: since when it waits for the user's lock, and when it last asked, in microseconds"
    )
    static let flushedRevision = RedisKeyPattern(
        "revision",
        .threads,
        .string,
        "the last revision flushed; no thread of an earlier one is recorded"
    )
    static let turn = RedisKeyPattern(
        "turn:<id>",
        .threads,
        .list,
        lifetime: .renewed(TurnJournal.retention),
        "the user, then the turn's events as JSON"
    )
    static let turnOwner = RedisKeyPattern(
        "turn:<id>:owner",
        .threads,
        .string,
        lifetime: .renewed(TurnJournal.ownerLease),
        "exists while the replica that runs the turn is alive; `end` when the turn is to end"
    )
    static let threadsProbe = RedisKeyPattern(
        "turn:probe",
        .threads,
        .string,
        lifetime: .limited(DatabaseUse.probeLifetime),
        "empty; written to check that the database accepts writes"
    )
    static let threadsProbeToken = RedisKeyPattern(
        "turn:probe:<token>",
        .threads,
        .string,
        lifetime: .limited(DatabaseUse.probeLifetime),
        "a token; written to check permissions, and whether both databases are one"
    )
    static let idempotency = RedisKeyPattern(
        "idempotency:<user>:<hash>",
        .threads,
        .hash,
        lifetime: .renewed(TurnJournal.retention),
        "the turn that the idempotency key stands for, a hash of its question, and its outcome"
    )
    static let turnsOfUser = RedisKeyPattern(
        "turns:<user>",
        .threads,
        .sortedSet,
        lifetime: .renewed(TurnJournal.retention),
        "the user's keys `turn:<id>` and `idempotency:<user>:<hash>`, by the millisecond at which each expires"
    )
    static let apiKey = RedisKeyPattern(
        "key:<id>",
        .threads,
        .hash,
        "an API key: name, sha256 of its secret, admin, user (the one that it may act as), created_at, last_characters; "
            + "the ID is the beginning of the sha256"
    )
    static let account = RedisKeyPattern(
        "user:<name>",
        .threads,
        .hash,
        "an account: scrypt (the password's hash with its salt and cost), generation (changes with the password), "
            + "created_at, changed_at"
    )
    static let session = RedisKeyPattern(
        "session:<id>",
        .threads,
        .string,
        lifetime: .limited(RedisKeyPattern.sessionLifetime),
        "the generation of the user's password when the session began"
    )
    static let providerSession = RedisKeyPattern(
        "oidc:session:<id>",
        .threads,
        .hash,
        lifetime: .limited(RedisKeyPattern.sessionLifetime),
        "a session that the identity provider began: user, name, subject, groups (JSON), admin, id_token; the ID is the "
            + "sha256 of the cookie's token"
    )
    static let providerSessions = RedisKeyPattern(
        "oidc:sessions:<hash>",
        .threads,
        .sortedSet,
        lifetime: .renewed(RedisKeyPattern.sessionLifetime),
        "the sessions of a subject, or of a session of the provider, by the second at which each expires"
    )
    static let signInAttempt = RedisKeyPattern(
        "oidc:attempt:<hash>",
        .threads,
        .string,
        lifetime: .limited(RedisKeyPattern.signInAttemptLifetime),
        "a sign-in at the identity provider as JSON: nonce, verifier, destination, browser; the hash is that of its state"
    )
    static let signInAttemptsByAddress = RedisKeyPattern(
        "oidc:address:<hash>",
        .threads,
        .string,
        lifetime: .limited(RedisKeyPattern.signInAttemptLifetime),
        "the microsecond at which the sign-ins that began at the address no longer count"
    )
    static let logoutToken = RedisKeyPattern(
        "oidc:logout:<hash>",
        .threads,
        .string,
        lifetime: .limited(RedisKeyPattern.signInAttemptLifetime),
        "empty; the provider's logout token with this ID was received"
    )
    static let signInsByName = RedisKeyPattern(
        "signin:name:<hash>",
        .threads,
        .string,
        lifetime: .limited(.seconds(5 * 300)),
        "the microsecond at which the failed attempts to sign in with the name no longer count"
    )
    static let signInsByAddress = RedisKeyPattern(
        "signin:address:<hash>",
        .threads,
        .string,
        lifetime: .limited(.seconds(50 * 20)),
        "the microsecond at which the failed attempts to sign in from the address no longer count"
    )
    static let questionsOfUser = RedisKeyPattern(
        "rate:<pseudonym>",
        .threads,
        .string,
        lifetime: .limited(.seconds(60)),
        "the microsecond at which the user's bucket of questions is full again"
    )
    static let questionsInTotal = RedisKeyPattern(
        "rate:total",
        .threads,
        .string,
        lifetime: .limited(.seconds(60)),
        "the microsecond at which the bucket of all questions is full again"
    )
    static let pendingDeletions = RedisKeyPattern(
        "undeleted",
        .threads,
        .hash,
        "the protocol and upstream of each thread that is to be deleted upstream, by its ID; servers and each flush try "
            + "again at the upstream in force, `sync --clean-previous` at the others"
    )
    static let pendingDeletionUsers = RedisKeyPattern(
        "undeleted_users",
        .threads,
        .hash,
        "the pseudonyms of the users of those threads, by the threads' IDs"
    )

    // The files database.
    static let corpus = RedisKeyPattern(
        "corpus",
        .files,
        .hash,
        "revision, vector_store_id, assistant_id, protocol, base_url, instructions_sha256, synced_at; `deployment`, a random "
            + "name that this deployment's vector stores carry in their metadata; `flushed_revision`, `proved_revision`, "
            + "`upstream_limits` (what upstream lacks); `next_vector_store_tag` and `next_vector_store_id` while a store is "
            + "being created, `next_assistant_tag` while an assistant is"
    )
    static let documents = RedisKeyPattern("documents", .files, .set, "the paths of which there are records")
    static let uploads = RedisKeyPattern("uploads", .files, .set, "the paths of which there are uploads")
    static let document = RedisKeyPattern(
        "file:<path>",
        .files,
        .hash,
        "file_id, sha256, bytes, modified, changed, inode, uploaded_at, revision, upload_name (the file's name upstream); "
            + "`retiring_at` while a sync is about to switch"
    )
    static let upload = RedisKeyPattern("upload:<path>", .files, .hash, "sha256, name; file_id once it is known")
    static let rejections = RedisKeyPattern(
        "rejected",
        .files,
        .hash,
        "the documents that upstream cannot read, by path, as JSON: sha256, reason, upstream, upstreamProtocol, bytes, "
            + "modified, changed, inode"
    )
    static let lostUploads = RedisKeyPattern(
        "lost",
        .files,
        .set,
        "the names of uploads that were given up without an answer, until the end of the sync"
    )
    static let trashedFiles = RedisKeyPattern("trash", .files, .set, "the IDs of files to delete upstream")
    static let trashedVectorStores = RedisKeyPattern(
        "trash_stores",
        .files,
        .set,
        "the IDs of vector stores to delete upstream"
    )
    static let orphans = RedisKeyPattern(
        "left_behind",
        .files,
        .hash,
        "the upstreams of files, stores and assistants that remain there since another upstream or protocol is in force, by "
            + "`<kind> <id>`"
    )
    static let syncLock = RedisKeyPattern(
        "sync:lock",
        .files,
        .string,
        lifetime: .renewed(FilesDatabase.lockLease),
        "token, host, process and start of the running sync"
    )
    static let formerSyncLock = RedisKeyPattern(
        "lock:sync",
        .files,
        .string,
        lifetime: .renewed(FilesDatabase.lockLease),
        glob: "lock:sync",
        "the same, for earlier versions that may run at the same time; not where both databases are one, since it is the lock "
            + "of a user called `sync` there"
    )
    static let filesProbe = RedisKeyPattern(
        "sync:probe",
        .files,
        .string,
        lifetime: .limited(DatabaseUse.probeLifetime),
        "like `turn:probe`"
    )
    static let filesProbeToken = RedisKeyPattern(
        "sync:probe:<token>",
        .files,
        .string,
        lifetime: .limited(DatabaseUse.probeLifetime),
        "like `turn:probe:<token>`"
    )

    // Either database.
    static let imported = RedisKeyPattern(
        "imported",
        .both,
        .hash,
        lifetime: .renewed(ImportScripts.journalRetention),
        "what an import has done with each old key, until it is reported"
    )

    /// Every key, in the order of the table in docs/ARCHITECTURE.md.
    static let all =
        [
            thread, roleThread, roleThreads, rolesOfUser, sharedRoles, remembered, responses, turnLock, turnQueue,
            flushedRevision, turn, turnOwner, threadsProbe, threadsProbeToken,
            idempotency, turnsOfUser, apiKey, account, session, providerSession, providerSessions, signInAttempt,
            signInAttemptsByAddress, logoutToken, signInsByName, signInsByAddress, questionsOfUser,
            questionsInTotal, pendingDeletions, pendingDeletionUsers, corpus, documents, uploads, document, upload,
            rejections,
            lostUploads, trashedFiles, trashedVectorStores, orphans, syncLock, formerSyncLock, filesProbe,
            filesProbeToken,
            imported,
        ] + ofQueues + ofTexts + ofImages + ofImitation
}
