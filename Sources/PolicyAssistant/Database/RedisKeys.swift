/// The name of one key.
///
/// Two names are equal byte for byte, as in Redis, where `é` with one code point and with two are two keys.
struct RedisKey: Sendable, Hashable {
    let name: String

    static func == (left: RedisKey, right: RedisKey) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }

    static let flushedRevision = RedisKeyPattern.flushedRevision.key()
    static let pendingDeletions = RedisKeyPattern.pendingDeletions.key()
    static let pendingDeletionUsers = RedisKeyPattern.pendingDeletionUsers.key()
    static let questionsInTotal = RedisKeyPattern.questionsInTotal.key()
    static let corpus = RedisKeyPattern.corpus.key()
    static let documents = RedisKeyPattern.documents.key()
    static let uploads = RedisKeyPattern.uploads.key()
    static let rejections = RedisKeyPattern.rejections.key()
    static let lostUploads = RedisKeyPattern.lostUploads.key()
    static let trashedFiles = RedisKeyPattern.trashedFiles.key()
    static let trashedVectorStores = RedisKeyPattern.trashedVectorStores.key()
    static let orphans = RedisKeyPattern.orphans.key()
    static let syncLock = RedisKeyPattern.syncLock.key()
    static let formerSyncLock = RedisKeyPattern.formerSyncLock.key()
    static let imported = RedisKeyPattern.imported.key()

    static func thread(of user: UserID) -> RedisKey { RedisKeyPattern.thread.key(user.value) }

    static func roleThread(of user: UserID, _ role: RoleKey) -> RedisKey {
        RedisKeyPattern.roleThread.key(role.value, user.value)
    }

    static func roleThreads(of user: UserID) -> RedisKey { RedisKeyPattern.roleThreads.key(user.value) }
    static func roles(of user: UserID) -> RedisKey { RedisKeyPattern.rolesOfUser.key(user.value) }
    static let sharedRoles = RedisKeyPattern.sharedRoles.key()
    static func remembered(of user: UserID) -> RedisKey { RedisKeyPattern.remembered.key(user.value) }
    static func responses(of threadID: String) -> RedisKey { RedisKeyPattern.responses.key(threadID) }
    static func turnLock(of user: UserID) -> RedisKey { RedisKeyPattern.turnLock.key(user.value) }
    static func turnQueue(of user: UserID) -> RedisKey { RedisKeyPattern.turnQueue.key(user.value) }
    static func turn(_ id: TurnID) -> RedisKey { RedisKeyPattern.turn.key(id.description) }
    static func turnOwner(_ id: TurnID) -> RedisKey { RedisKeyPattern.turnOwner.key(id.description) }
    static func turns(of user: UserID) -> RedisKey { RedisKeyPattern.turnsOfUser.key(user.value) }

    static func idempotency(_ key: IdempotencyKey, of user: UserID) -> RedisKey {
        RedisKeyPattern.idempotency.key(user.value, key.hash)
    }

    static func apiKey(_ id: String) -> RedisKey { RedisKeyPattern.apiKey.key(id) }
    static func account(_ name: UserName) -> RedisKey { RedisKeyPattern.account.key(name.value) }
    static func session(_ id: String) -> RedisKey { RedisKeyPattern.session.key(id) }

    static func providerSession(_ id: String) -> RedisKey { RedisKeyPattern.providerSession.key(id) }

    static func providerSessions(ofSubject subject: String) -> RedisKey {
        RedisKeyPattern.providerSessions.key(ContentHash.of("sub:\(subject)"))
    }

    static func providerSessions(ofProviderSession session: String) -> RedisKey {
        RedisKeyPattern.providerSessions.key(ContentHash.of("sid:\(session)"))
    }

    static func signInAttempt(state: String) -> RedisKey { RedisKeyPattern.signInAttempt.key(ContentHash.of(state)) }

    static func signInAttempts(from address: String) -> RedisKey {
        RedisKeyPattern.signInAttemptsByAddress.key(String(ContentHash.of(address).prefix(32)))
    }

    static func logoutToken(_ id: String) -> RedisKey { RedisKeyPattern.logoutToken.key(ContentHash.of(id)) }

    static func signIns(withName name: String) -> RedisKey {
        RedisKeyPattern.signInsByName.key(String(ContentHash.of(name).prefix(32)))
    }

    static func signIns(from address: String) -> RedisKey {
        RedisKeyPattern.signInsByAddress.key(String(ContentHash.of(address).prefix(32)))
    }

    static func questions(of user: UserID) -> RedisKey { RedisKeyPattern.questionsOfUser.key(user.pseudonym) }
    static func document(_ path: String) -> RedisKey { RedisKeyPattern.document.key(path) }
    static func upload(_ path: String) -> RedisKey { RedisKeyPattern.upload.key(path) }
}
