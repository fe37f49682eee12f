/// Something that belongs to us at an upstream, and that nothing uses since another upstream or protocol is in force.
///
/// Kept in the hash `left_behind`: the upstreams by `<kind> <id>`.
struct OrphanedResource: Sendable, Hashable {
    enum Kind: String, Sendable {
        case file, store, assistant
    }

    let kind: Kind
    let id: String
    /// The upstream, see ``Settings/upstreamIdentity``.
    let upstream: String
}

extension OrphanedResource {
    static let key = "left_behind"

    var field: String { "\(kind.rawValue) \(id)" }

    init?(field: String, upstream: String) {
        let words = field.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let kind = Kind(rawValue: String(words[0])) else { return nil }
        self.init(kind: kind, id: String(words[1]), upstream: upstream)
    }
}
