internal import FoundationEssentials
internal import Synchronization

/// The assistant's instructions, read from their file again whenever it was changed.
final class Instructions: Sendable {
    private let path: String
    private let cached = Mutex<(stamp: FileStamp, text: String)?>(nil)

    init(path: String) {
        self.path = path
    }

    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`.
    func text() throws(PolicyAssistantError) -> String {
        guard let stamp = FileStamp(ofFileAt: path) else { throw unreadable(nil) }
        if let cached = cached.withLock({ $0 }), cached.stamp == stamp { return cached.text }
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw unreadable(error)
        }
        cached.withLock { $0 = (stamp, text) }
        return text
    }

    private func unreadable(_ cause: (any Error)?) -> PolicyAssistantError {
        PolicyAssistantError(.fileUnreadable, "The file of the instructions cannot be read.", cause: cause)
    }
}
