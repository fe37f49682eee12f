#if os(Linux)
    // Its sources may be cancelled from any thread, which they do not say in types.
    @preconcurrency internal import Dispatch
    internal import FoundationEssentials
    internal import Synchronization

    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #endif

    /// Tells that something has changed in a folder or below it (inotify).
    ///
    /// It tells neither what nor how often: one signal stands for all changes since the last.
    final class FolderWatch: Sendable {
        /// Yields when there was a change; a change that nobody waits for is kept.
        let changes: AsyncStream<Void>

        private let root: String
        private let descriptor: Int32
        private let source: any DispatchSourceRead
        private let lastChange: Mutex<ContinuousClock.Instant>

        private static let events = UInt32(
            IN_CREATE | IN_DELETE | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
                | IN_MOVE_SELF
        )

        /// Begins to watch.
        ///
        /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`, where the system has no watch left.
        init(root: String) throws(PolicyAssistantError) {
            self.root = root
            descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            guard descriptor >= 0 else { throw Self.unavailable }
            let (changes, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            self.changes = changes
            lastChange = Mutex(.now)
            source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
            let descriptor = descriptor
            source.setEventHandler { [weak self] in
                Self.drain(descriptor)
                self?.lastChange.withLock { $0 = .now }
                signal.yield()
            }
            source.setCancelHandler { close(descriptor) }
            source.activate()
        }

        deinit {
            source.cancel()
        }

        /// Watches the folders that are there now; those watched already stay so.
        ///
        /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`, where the system has no watch left.
        func refresh() throws(PolicyAssistantError) {
            var folders = [root]
            while let folder = folders.popLast() {
                try watch(folder)
                for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                    var status = stat()
                    let path = "\(folder)/\(name)"
                    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
                    folders.append(path)
                }
            }
        }

        /// Waits until nothing has changed for a while.
        func isQuiet(for duration: Duration) async throws {
            while case let rest = duration - (.now - lastChange.withLock(\.self)), rest > .zero {
                try await Task.sleep(for: rest)
            }
        }

        private func watch(_ path: String) throws(PolicyAssistantError) {
            guard inotify_add_watch(descriptor, path, Self.events) < 0 else { return }
            // A folder that has just gone, or that nobody may read, is no news to the next sync.
            guard errno == ENOSPC || errno == ENOMEM else { return }
            throw Self.unavailable
        }

        /// Reads all that is there; the changes themselves do not matter.
        private static func drain(_ descriptor: Int32) {
            var buffer = [UInt8](repeating: 0, count: 16 * 1024)
            while read(descriptor, &buffer, buffer.count) > 0 {}
        }

        private static let unavailable = PolicyAssistantError(
            .fileUnreadable,
            "The system watches no more folders for this user; raise fs.inotify.max_user_watches."
        )
    }
#endif
