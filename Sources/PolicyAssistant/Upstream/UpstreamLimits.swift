internal import Synchronization

/// What the upstream lacks, as its answers to attached files have shown; each process finds it out once.
final class UpstreamLimits: Sendable {
    /// A feature that OpenAI has and some compatible servers lack.
    enum Limit: String, Sendable, CaseIterable, CustomStringConvertible {
        /// Files cannot be attached together at all.
        case batches
        /// Files that are attached together are ignored, or lose their attributes.
        case batchAttributes = "batch_attributes"

        /// The limit and its consequence, for operators.
        var description: String {
            switch self {
            case .batches: "does not take files in batches: attached one by one"
            case .batchAttributes: "does not take attributes in batches: attached one by one"
            }
        }
    }

    /// The field of the hash `corpus` that lists the limits by their raw values, with blanks between them.
    static let field = "upstream_limits"

    private struct State {
        var found: Set<Limit> = []
        /// Whether files have been attached, so that there are no other limits.
        var isKnown = false
    }

    private let state = Mutex(State())

    /// The limits found; nil before the first file is attached.
    var found: Set<Limit>? { state.withLock { $0.isKnown ? $0.found : nil } }

    /// Whether files are attached one by one.
    var attachesSingly: Bool { state.withLock { !$0.found.isEmpty } }

    /// Whether batches are known to take attributes, or known not to.
    var isKnown: Bool { state.withLock(\.isKnown) }

    /// Records that files have been attached, and the limit that showed.
    func record(_ limit: Limit? = nil) {
        state.withLock { state in
            state.isKnown = true
            if let limit { state.found.insert(limit) }
        }
    }
}
