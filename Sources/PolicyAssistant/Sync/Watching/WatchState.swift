#if os(Linux)
    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #endif

    /// The state of a folder's watch: the watched folders, the last change, and the files that are being written.
    struct WatchState {
        private(set) var lastChange = ContinuousClock.now
        private var hasChanged = false
        /// The watched folders, by their watches: each folder's path below the root, which is empty for the root.
        private var folders: [CInt: String] = [:]
        /// The names that lead to the root in each folder on its path.
        private var pathNames: [CInt: Set<ExactPath>] = [:]
        /// Files that were changed and not closed since, with the time of the last change.
        private var written: [ExactPath: ContinuousClock.Instant] = [:]

        /// How long a file that was not closed must not have changed to count as written.
        ///
        /// Its closing may have gone unreported, or its writer may have been stopped.
        private static let longestPause = Duration.seconds(600)

        mutating func watch(_ watch: CInt, folder: String) {
            folders[watch] = folder
        }

        mutating func watch(_ watch: CInt, onPathBy name: String) {
            pathNames[watch, default: []].insert(ExactPath(name))
        }

        /// Removes all watches but some, and returns the removed ones.
        mutating func keepOnly(_ watches: Set<CInt>) -> [CInt] {
            let stale = Set(folders.keys).union(pathNames.keys).subtracting(watches)
            for watch in stale {
                folders[watch] = nil
                pathNames[watch] = nil
            }
            return Array(stale)
        }

        mutating func takeChange() -> Bool {
            defer { hasChanged = false }
            return hasChanged
        }

        func beingWritten(at now: ContinuousClock.Instant) -> Set<ExactPath> {
            Set(written.filter { now - $0.value < Self.longestPause }.keys)
        }

        /// Takes an event, and returns whether it is a change.
        mutating func receive(_ event: InotifyEvent, at now: ContinuousClock.Instant) -> Bool {
            func has(_ flags: CInt) -> Bool { event.mask & UInt32(flags) != 0 }
            if has(CInt(IN_Q_OVERFLOW)) {
                // Events are lost, closings among them.
                written = [:]
            } else if has(CInt(IN_IGNORED)) {
                folders[event.watch] = nil
                pathNames[event.watch] = nil
                return false
            } else if let folder = folders[event.watch] {
                let path = ExactPath(folder.isEmpty ? event.name : "\(folder)/\(event.name)")
                if has(CInt(IN_MODIFY)) {
                    // A file that cannot be a document, such as a log, delays no sync.
                    guard AssetScanner.mayBeDocument(event.name) else { return false }
                    written[path] = now
                } else if has(CInt(IN_CLOSE_WRITE) | CInt(IN_DELETE) | CInt(IN_MOVED_FROM)) {
                    written[path] = nil
                }
            } else if pathNames[event.watch]?.contains(ExactPath(event.name)) != true {
                return false
            }
            lastChange = now
            hasChanged = true
            return true
        }
    }
#endif
