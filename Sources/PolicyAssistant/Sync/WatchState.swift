#if os(Linux)
    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #endif

    /// What a watch of a folder knows: which folders it watches, when there was a change, and what is being written.
    struct WatchState {
        private(set) var lastChange = ContinuousClock.now
        private var hasChanged = false
        /// The folders that are watched, by their watches; each as its path below the root, which itself is empty.
        private var folders: [CInt: String] = [:]
        /// Folders on the way to the root, with the names in them that lead there.
        private var way: [CInt: Set<ExactPath>] = [:]
        /// Files that were changed and not closed since, and when they were changed last.
        private var written: [ExactPath: ContinuousClock.Instant] = [:]

        /// How long a file that nobody closes must not have changed to count as written.
        ///
        /// Its closing may have gone unnoticed, or its writer may have been stopped.
        private static let longestPause = Duration.seconds(600)

        mutating func watch(_ watch: CInt, folder: String) {
            folders[watch] = folder
        }

        mutating func watch(_ watch: CInt, onTheWayBy name: String) {
            way[watch, default: []].insert(ExactPath(name))
        }

        /// Forgets all watches but some, and returns the others.
        mutating func keepOnly(_ watches: Set<CInt>) -> [CInt] {
            let stale = Set(folders.keys).union(way.keys).subtracting(watches)
            for watch in stale {
                folders[watch] = nil
                way[watch] = nil
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

        /// Takes an event in; returns whether it is a change.
        mutating func receive(_ event: InotifyEvent, at now: ContinuousClock.Instant) -> Bool {
            func has(_ flags: CInt) -> Bool { event.mask & UInt32(flags) != 0 }
            if has(CInt(IN_Q_OVERFLOW)) {
                // Events are lost, and with them who has closed what.
                written = [:]
            } else if has(CInt(IN_IGNORED)) {
                folders[event.watch] = nil
                way[event.watch] = nil
                return false
            } else if let folder = folders[event.watch] {
                let path = ExactPath(folder.isEmpty ? event.name : "\(folder)/\(event.name)")
                if has(CInt(IN_MODIFY)) {
                    // A log that is written all the time keeps nobody waiting.
                    guard AssetScanner.mayBeDocument(event.name) else { return false }
                    written[path] = now
                } else if has(CInt(IN_CLOSE_WRITE) | CInt(IN_DELETE) | CInt(IN_MOVED_FROM)) {
                    written[path] = nil
                }
            } else if way[event.watch]?.contains(ExactPath(event.name)) != true {
                return false
            }
            lastChange = now
            hasChanged = true
            return true
        }
    }
#endif
