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

    /// Tells that something has changed in a folder or below it (inotify), and which files are being written.
    ///
    /// Watched are the folder with all folders below it, and every part of the path that leads to it: where one is a link
    /// that is exchanged, the folder is another.
    final class FolderWatch: Sendable {
        /// Yields when there was a change, and after ``wake()``; one that nobody waits for is kept.
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
        private static let eventsOnTheWay = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)

        /// Begins to watch; ``refresh()`` has to follow.
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

        /// Lets a reader of ``wakeUps`` look around, though nothing may have changed.
        func wake() {
            signal.yield()
        }

        /// Whether there was a change since this was last asked.
        func takeChange() -> Bool {
            state.withLock { $0.takeChange() }
        }

        /// Watches the folders that are there now, and no others.
        ///
        /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`, where the system has no watch left.
        func refresh() throws(PolicyAssistantError) {
            var watched: Set<CInt> = []
            for (folder, name) in FolderReachability(root).steps {
                let watch = try watch(folder, Self.eventsOnTheWay) { $0.watch($1, onTheWayBy: name) }
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

        /// Waits until nothing has changed for a while, and nothing is being written.
        ///
        /// Where there is no end of it, this waits for a minute longer.
        func isQuiet(for duration: Duration) async throws {
            let patienceEnds = ContinuousClock.now + duration + Self.patience
            while .now < patienceEnds {
                let (lastChange, isWriting) = state.withLock { ($0.lastChange, !$0.beingWritten(at: .now).isEmpty) }
                let rest = duration - (.now - lastChange)
                guard rest > .zero || isWriting else { return }
                try await Task.sleep(for: rest > .zero ? rest : .milliseconds(200))
            }
        }

        private static let patience = Duration.seconds(60)

        /// Watches a folder; nil where it has just gone or nobody may read it, which is no news to the next sync.
        private func watch(
            _ path: String,
            _ events: UInt32,
            _ note: (inout WatchState, _ watch: CInt) -> Void
        ) throws(PolicyAssistantError) -> CInt? {
            let (watch, error) = state.withLock { state in
                // Noted before any event of it is looked at.
                let watch = inotify_add_watch(descriptor, path, events | UInt32(IN_MASK_ADD))
                if watch >= 0 { note(&state, watch) }
                return (watch, errno)
            }
            guard watch < 0 else { return watch }
            guard error == ENOSPC || error == ENOMEM else { return nil }
            throw Self.unavailable
        }

        /// Reads all events that are there.
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

    /// One event of inotify.
    struct InotifyEvent {
        let watch: CInt
        let mask: UInt32
        /// The name in the folder that is watched; empty where the event is about the folder.
        let name: String

        /// The events in what one call of `read` has given.
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
