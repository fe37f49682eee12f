#if os(Linux)
    // Dispatch sources may be cancelled from any thread, but are not marked as sendable.
    @preconcurrency internal import Dispatch
    internal import FoundationEssentials
    internal import Synchronization

    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #endif

    /// Reports changes in a folder and below it (inotify), and the files that are being written.
    ///
    /// It watches the folder, all folders below it, and every part of the path that leads to it, as the folder changes when
    /// a link on the way is replaced.
    final class FolderWatch: Sendable {
        /// Yields after a change and after ``wake()``; buffers one element.
        let wakeUps: AsyncStream<Void>

        private let root: String
        private let descriptor: CInt
        private let source: any DispatchSourceRead
        private let signal: AsyncStream<Void>.Continuation
        private let state: Mutex<WatchState>

        private static let events = UInt32(
            IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB
                | IN_DELETE_SELF | IN_MOVE_SELF
        )
        private static let eventsOnPath = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)

        /// Creates a watch of no folder yet; ``refresh()`` has to follow.
        ///
        /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`, where the system has no watch left.
        init(root: String) throws(PolicyAssistantError) {
            self.root = root
            descriptor = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
            guard descriptor >= 0 else { throw Self.unavailable }
            (wakeUps, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            state = Mutex(WatchState())
            source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
            let descriptor = descriptor
            source.setEventHandler { [weak self] in self?.receive() }
            source.setCancelHandler { close(descriptor) }
            source.activate()
        }

        deinit {
            source.cancel()
        }

        /// Makes ``wakeUps`` yield without a change.
        func wake() {
            signal.yield()
        }

        /// Whether there was a change since the last call.
        func takeChange() -> Bool {
            state.withLock { $0.takeChange() }
        }

        /// Watches the folders that exist now, and no others.
        ///
        /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`, where the system has no watch left.
        func refresh() throws(PolicyAssistantError) {
            var watched: Set<CInt> = []
            for (folder, name) in FolderReachability(root).steps {
                let watch = try watch(folder, Self.eventsOnPath) { $0.watch($1, onPathBy: name) }
                if let watch { watched.insert(watch) }
            }
            var folders = [""]
            while let folder = folders.popLast() {
                let path = folder.isEmpty ? root : "\(root)/\(folder)"
                guard let watch = try watch(path, Self.events, { $0.watch($1, folder: folder) }) else { continue }
                watched.insert(watch)
                for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
                    var status = stat()
                    guard lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
                    folders.append(folder.isEmpty ? name : "\(folder)/\(name)")
                }
            }
            for stale in state.withLock({ $0.keepOnly(watched) }) { inotify_rm_watch(descriptor, stale) }
        }

        /// Documents that a program has changed and not closed yet.
        var beingWritten: Set<ExactPath> {
            state.withLock { $0.beingWritten(at: .now) }
        }

        /// Waits until nothing has changed for `duration`, and nothing is being written; for a minute longer at most.
        func isQuiet(for duration: Duration) async throws {
            let deadline = ContinuousClock.now + duration + Self.longestWait
            while .now < deadline {
                let (lastChange, isWriting) = state.withLock { ($0.lastChange, !$0.beingWritten(at: .now).isEmpty) }
                let rest = duration - (.now - lastChange)
                guard rest > .zero || isWriting else { return }
                try await Task.sleep(for: rest > .zero ? rest : .milliseconds(200))
            }
        }

        private static let longestWait = Duration.seconds(60)

        /// Watches a folder; nil where it is gone or may not be read, which the next sync finds as well.
        private func watch(
            _ path: String,
            _ events: UInt32,
            _ record: (inout WatchState, _ watch: CInt) -> Void
        ) throws(PolicyAssistantError) -> CInt? {
            let (watch, error) = state.withLock { state in
                // Recorded before any of its events is read.
                let watch = inotify_add_watch(descriptor, path, events | UInt32(IN_MASK_ADD))
                if watch >= 0 { record(&state, watch) }
                return (watch, errno)
            }
            guard watch < 0 else { return watch }
            guard error == ENOSPC || error == ENOMEM else { return nil }
            throw Self.unavailable
        }

        /// Reads all events that are ready.
        private func receive() {
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            var hasChanged = false
            while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
                let events = buffer[..<count].withUnsafeBytes { InotifyEvent.all(in: $0) }
                state.withLock { state in
                    for event in events where state.receive(event, at: .now) { hasChanged = true }
                }
            }
            if hasChanged { signal.yield() }
        }

        private static let unavailable = PolicyAssistantError(
            .fileUnreadable,
            "The system watches no more folders for this user; raise fs.inotify.max_user_watches."
        )
    }

    /// An event of inotify.
    struct InotifyEvent {
        let watch: CInt
        let mask: UInt32
        /// The name in the watched folder; empty where the event is about the folder itself.
        let name: String

        /// The events in the bytes that one call of `read` has returned.
        static func all(in bytes: UnsafeRawBufferPointer) -> [InotifyEvent] {
            var events: [InotifyEvent] = []
            var offset = 0
            let headSize = 16
            while offset + headSize <= bytes.count {
                let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                let name = bytes[(offset + headSize)..<min(offset + headSize + length, bytes.count)]
                events.append(
                    InotifyEvent(
                        watch: bytes.loadUnaligned(fromByteOffset: offset, as: CInt.self),
                        mask: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self),
                        name: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                    )
                )
                offset += headSize + length
            }
            return events
        }
    }
#endif
