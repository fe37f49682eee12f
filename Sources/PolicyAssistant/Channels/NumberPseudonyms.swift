internal import Crypto
internal import FoundationEssentials
internal import Redis
internal import SMS
internal import Synchronization

/// The pseudonyms of phone numbers, under which everything is kept, logged and counted.
///
/// A pseudonym is an HMAC: without the key nobody can find a number by trying all of them. The key is `SMS_NUMBER_KEY`;
/// without that a random one in Redis, which protects logs and metrics, but not from somebody who reads Redis.
final class NumberPseudonyms: Sendable {
    private let redis: RedisClient
    private let known: Mutex<SymmetricKey?>

    init(secret: SigningSecret?, redis: RedisClient) {
        self.redis = redis
        known = Mutex(secret.map { SymmetricKey(data: Array($0.value.utf8)) })
    }

    /// The pseudonyms of a pair of numbers.
    struct Pair: Sendable, Hashable {
        /// The pseudonym of the person's number.
        let number: String
        /// The pseudonym of the person's number at one of this service's: messages of a line are answered in order.
        let line: String
    }

    /// Returns the pseudonyms of a person and of the person at a number of this service.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func pair(person: PhoneNumber, service: PhoneNumber) async throws -> Pair {
        let key = try await key()
        return Pair(
            number: Self.digest(["number", person.value], key),
            line: Self.digest(["line", person.value, service.value], key)
        )
    }

    /// Returns the pseudonym of a number.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func number(_ number: PhoneNumber) async throws -> String {
        Self.digest(["number", number.value], try await key())
    }

    /// Returns the token of an answer, which is part of the URL of its reports: the same in each attempt to send it.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func token(of entry: TextEntry) async throws -> String {
        Self.digest(["token", entry.conversationId, String(entry.repetition ?? 0)], try await key())
    }

    private func key() async throws -> SymmetricKey {
        if let key = known.withLock(\.self) { return key }
        let name = RedisKey.numberKey.name
        _ = try await redis.ask(.setIfAbsent(name, RandomToken.make() + RandomToken.make()))
        guard let secret = try await redis.ask(.get(name)).string else {
            throw PolicyAssistantError(.storeUnavailable, "Redis has lost the key of the numbers' pseudonyms.")
        }
        let key = SymmetricKey(data: Array(secret.utf8))
        known.withLock { $0 = key }
        return key
    }

    private static func digest(_ parts: [String], _ key: SymmetricKey) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(parts.joined(separator: "\n").utf8), using: key)
        return code.prefix(16).hexadecimal
    }
}
