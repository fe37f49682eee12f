#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What tells, without reading a file, that it has not changed.
///
/// Size and modification time alone do not: programs that build images set all times alike, and two writes may fall into
/// one tick of the file system's clock. Nobody can set the time of change, and a file that takes another's place has
/// another inode.
struct FileStamp: Sendable {
    var bytes: Int
    /// When the content was last changed: seconds since 1970, with nine decimals.
    var modified: String
    /// When content or attributes were last changed, in the same form.
    var changed = ""
    /// The number of the file's inode.
    var inode = ""
    /// Whether the file was changed just before the stamp was taken, so that a further change may bring the same stamp.
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
    /// The stamp as it is put on record: without a time of change where that proves nothing.
    var recorded: FileStamp {
        var stamp = self
        if isRecent { stamp.changed = "" }
        return stamp
    }

    /// Whether this stamp proves that the content is the one with which another was recorded.
    ///
    /// One that an earlier version of this program recorded has no time of change, and proves nothing: the file is read.
    func isProof(of recorded: FileStamp) -> Bool {
        !recorded.changed.isEmpty && self == recorded
    }

    /// The longest that a file system's clock may stand still, in seconds: two on FAT, some milliseconds elsewhere.
    private static let grain = 2

    /// Reads the stamp of a file as it is now; nil where it cannot be read.
    init?(ofFileAt path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Makes a stamp of what was just read of a file.
    ///
    /// - Parameters:
    ///   - status: What was read.
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
            // A time of change in the future is of a clock that cannot be compared with ours.
            isRecent: changed.tv_sec >= now - Self.grain
                || (now - Self.grain...now + Self.grain).contains(modified.tv_sec)
        )
    }

    private static func text(_ time: timespec) -> String {
        let fraction = String(time.tv_nsec)
        return "\(time.tv_sec).\(String(repeating: "0", count: 9 - fraction.count))\(fraction)"
    }
}
