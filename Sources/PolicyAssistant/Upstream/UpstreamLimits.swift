internal import Synchronization

/// What an upstream was found to lack while files were put into its vector stores: found out once for each process.
final class UpstreamLimits: Sendable {
    /// Something that OpenAI does and some compatible servers do not.
    enum Limit: String, Sendable, CaseIterable, CustomStringConvertible {
        /// Files cannot be attached together at all.
        case batches
        /// Files that are attached together are passed over, or lose their attributes.
        case batchAttributes = "batch_attributes"

        /// The limit and what is done about it, for operators.
        var description: String {
            switch self {
            case .batches: "does not take files in batches: attached one by one"
            case .batchAttributes: "does not take attributes in batches: attached one by one"
            }
        }
    }

    private struct State {
        var found: Set<Limit> = []
        /// Whether files have been attached, so that what was not found is not there.
        var isKnown = false
    }

    private let state = Mutex(State())

    /// The limits found; nil while nothing was attached.
    var found: Set<Limit>? { state.withLock { $0.isKnown ? $0.found : nil } }

    /// Whether files are attached one by one from now on.
    var attachesSingly: Bool { state.withLock { !$0.found.isEmpty } }

    /// Whether batches are known to take attributes, or known not to.
    var isKnown: Bool { state.withLock(\.isKnown) }

    /// Notes that files have been attached, and with what limit.
    func note(_ limit: Limit? = nil) {
        state.withLock { state in
            state.isKnown = true
            if let limit { state.found.insert(limit) }
        }
    }
}
