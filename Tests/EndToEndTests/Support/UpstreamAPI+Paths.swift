import TestSupport

extension UpstreamAPI {
    /// The part of paths that threads stand below.
    var threadsPath: String {
        switch self {
        case .responses: "conversations"
        case .assistants: "threads"
        }
    }
}
