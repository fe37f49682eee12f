internal import FoundationEssentials
internal import Synchronization

/// The assistant's instructions: those inside the program, or a file's, which is read again whenever it was changed.
final class Instructions: Sendable {
    private let path: String?
    private let cached = Mutex<(stamp: FileStamp, text: String)?>(nil)

    /// Creates the instructions.
    ///
    /// - Parameter path: The path of their file; nil for those inside the program.
    init(path: String?) {
        self.path = path
    }

    /// Returns the instructions as they are now.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`.
    func text() throws(PolicyAssistantError) -> String {
        guard let path else { return Self.builtIn }
        let stamp = FileStamp(ofFileAt: path)
        if let stamp, let cached = cached.withLock({ $0 }), cached.stamp == stamp { return cached.text }
        do throws(TextFile.Failure) {
            let text = try TextFile.text(at: path)
            if let stamp, !stamp.isRecent { cached.withLock { $0 = (stamp, text) } }
            return text
        } catch {
            throw PolicyAssistantError(
                .fileUnreadable,
                "The file of the assistant's instructions, INSTRUCTIONS_FILE, \(error.problem).",
                cause: error
            )
        }
    }
}
