/// A family of keys: the form of their names, and what the values under them are.
///
/// ``all`` lists every key that the product uses. docs/ARCHITECTURE.md shows the list as a table, and a test compares
/// the two; ``DatabaseUse`` derives the permissions of an ACL user from it.
struct RedisKeyPattern: Sendable {
    /// The databases that may be configured separately.
    enum Database: String {
        case threads, files, both
    }

    /// The types of Redis values in use.
    enum ValueType: String {
        case string, hash, list, set, stream
        case sortedSet = "sorted set"
    }

    /// When Redis removes a key by itself.
    enum Lifetime {
        /// Never.
        case unlimited
        /// So long after it is written, at most.
        case limited(Duration)
        /// So long after it is last written or renewed.
        case renewed(Duration)
    }

    /// The form of the names, with placeholders: `turn:<id>:owner`.
    let form: String
    let database: Database
    let type: ValueType
    let lifetime: Lifetime
    /// What the value holds, as Markdown.
    let contents: String
    /// The names that an ACL user needs, as Redis writes patterns: `turn:*`.
    let glob: String
    /// The parts of the form around the placeholders.
    private let literals: [String]

    init(
        _ form: String,
        _ database: Database,
        _ type: ValueType,
        lifetime: Lifetime = .unlimited,
        glob: String? = nil,
        _ contents: String
    ) {
        self.form = form
        self.database = database
        self.type = type
        self.lifetime = lifetime
        self.contents = contents
        self.glob = glob ?? form.firstIndex(of: ":").map { "\(form[...$0])*" } ?? form
        literals = form.split(separator: "<", omittingEmptySubsequences: false)
            .map { part in part.firstIndex(of: ">").map { String(part[part.index(after: $0)...]) } ?? String(part) }
    }

    /// What the names of all keys of this pattern begin with.
    var prefix: String { literals[0] }

    /// Returns the key with the values in place of the placeholders.
    func key(_ values: String...) -> RedisKey {
        RedisKey(name: zip(values, literals.dropFirst()).reduce(into: prefix) { $0 += $1.0 + $1.1 })
    }

    /// Returns what follows the prefix in a key's name; nil for a name that does not have the prefix.
    func value(in name: String) -> String? {
        name.suffix(afterPrefix: prefix)
    }
}
