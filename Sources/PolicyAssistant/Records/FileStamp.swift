#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The metadata of a file by which it counts as unchanged without being read.
///
/// Size and modification time alone are not enough: programs that build images set all times alike, and two writes may
/// fall into one tick of the file system's clock. No program can set the time of change, and a replaced file has
/// another inode.
struct FileStamp: Sendable {
    var bytes: Int
    /// When the content was last changed: seconds since 1970, with nine decimals.
    var modified: String
    /// When content or attributes were last changed, in the same form.
    var changed = ""
    /// The number of the file's inode.
    var inode = ""
    /// Whether the file was changed just before the stamp was taken, so that another change may lead to the same stamp.
    var isRecent = false
}

extension FileStamp: Hashable {
    static func == (left: FileStamp, right: FileStamp) -> Bool {
        left.bytes == right.bytes && left.modified == right.modified && left.changed == right.changed
            && left.inode == right.inode
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(bytes)
        hasher.combine(modified)
        hasher.combine(changed)
        hasher.combine(inode)
    }
}

extension FileStamp {
    /// The stamp as it is recorded: without the time of change where that proves nothing.
    var recorded: FileStamp {
        var stamp = self
        if isRecent { stamp.changed = "" }
        return stamp
    }

    /// Returns whether this stamp proves that the content is the one with which another stamp was recorded.
    ///
    /// A stamp that an earlier version recorded has no time of change, and proves nothing: the file is read.
    func isCertainlyUnchanged(since recorded: FileStamp) -> Bool {
        !recorded.changed.isEmpty && self == recorded
    }

    /// The longest tick of a file system's clock, in seconds: two on FAT, some milliseconds elsewhere.
    private static let grain = 2

    /// Reads the stamp of a file as it is now; nil where it cannot be read.
    init?(ofFileAt path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Creates a stamp from a file's status.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - now: When it was read, in seconds since 1970.
    init(_ status: stat, now: Int = time(nil)) {
        #if canImport(Darwin)
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        self.init(
            bytes: Int(status.st_size),
            modified: Self.text(modified),
            changed: Self.text(changed),
            inode: String(status.st_ino),
            // A time of change in the future comes from a clock that differs from this machine's.
            isRecent: changed.tv_sec >= now - Self.grain
                || (now - Self.grain...now + Self.grain).contains(modified.tv_sec)
        )
    }

    private static func text(_ time: timespec) -> String {
        let fraction = String(time.tv_nsec)
        return "\(time.tv_sec).\(String(repeating: "0", count: 9 - fraction.count))\(fraction)"
    }
}
