/// A thread that is nobody's any more, and is still to be deleted upstream.
///
/// Kept in the hash `undeleted`: its protocol and its upstream, by its ID.
struct PendingThreadDeletion: Sendable, Hashable {
    let id: String
    let upstreamProtocol: String
    /// The upstream that has it, see ``Settings/upstreamIdentity``; empty where that is not on record.
    let baseURL: String
}

extension PendingThreadDeletion {
    static let key = "undeleted"
    /// The hash of the pseudonyms of the users whose threads these were, by the threads' IDs.
    static let usersKey = "undeleted_users"

    var value: String { "\(upstreamProtocol) \(baseURL)" }

    init(id: String, value: String) {
        let words = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(id: id, upstreamProtocol: String(words[0]), baseURL: words.count > 1 ? String(words[1]) : "")
    }

    init(_ record: ThreadRecord) {
        self.init(id: record.id, upstreamProtocol: record.upstreamProtocol, baseURL: record.baseURL)
    }

    /// Whether it is at the upstream of the settings, so that it can be deleted there.
    func isHeld(asIn settings: Settings) -> Bool { baseURL.isEmpty || baseURL == settings.upstreamIdentity }
}

extension ThreadRecord {
    /// Whether it is at the upstream of the settings.
    func isHeld(asIn settings: Settings) -> Bool { PendingThreadDeletion(self).isHeld(asIn: settings) }
}
