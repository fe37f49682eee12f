internal import Crypto
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An open file or folder, closed when nothing refers to it any more.
final class OpenFile: Sendable {
    let descriptor: CInt

    /// Takes over a descriptor.
    init(adopting descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens an entry of this folder for reading; a symbolic link is never followed.
    ///
    /// - Parameters:
    ///   - name: The entry's name, one part of a path.
    ///   - isFolder: Whether it must be a folder.
    /// - Returns: The entry, open.
    /// - Throws: `Errno`, `tooManySymbolicLinkLevels` for a link.
    func open(_ name: String, isFolder: Bool = false) throws(Errno) -> OpenFile {
        // Non-blocking, so that a pipe is refused by its type rather than waited for.
        let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isFolder ? O_DIRECTORY : 0)
        let opened = openat(descriptor, name, flags)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        return OpenFile(adopting: opened)
    }

    /// What the system knows of this file now; nil where it cannot tell.
    var status: stat? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status : nil
    }

    /// What the system knows of an entry of this folder itself, also where that is a link; nil where it cannot tell.
    func status(of name: String) -> stat? {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
    }

    /// Whether this user may read an entry of this folder.
    func mayRead(_ name: String) -> Bool {
        faccessat(descriptor, name, R_OK, 0) == 0
    }

    /// The names in this folder, in no order.
    ///
    /// - Throws: `Errno`, also where the list breaks off: what is missing from it must not pass for deleted.
    func names() throws(Errno) -> [String] {
        // A descriptor of its own, which the stream closes.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw Errno(rawValue: errno) }
        guard let stream = fdopendir(copy) else {
            let error = errno
            close(copy)
            throw Errno(rawValue: error)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw Errno(rawValue: errno) }
                return names
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
    }

    /// The SHA-256 of the content in hexadecimal, read in pieces of 256 KiB, so that a large file costs no memory.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`.
    func sha256() throws(PolicyAssistantError) -> String {
        var hash = SHA256()
        try read { hash.update(bufferPointer: $0) }
        return ContentHash.hexadecimal(hash.finalize())
    }

    /// The content; nil where it is larger than `limit` bytes.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`.
    func bytes(upTo limit: Int) throws(PolicyAssistantError) -> [UInt8]? {
        guard let size = status?.st_size, size <= limit else { return nil }
        var bytes: [UInt8] = []
        try read { if bytes.count <= limit { bytes += $0 } }
        return bytes.count <= limit ? bytes : nil
    }

    /// Reads from the beginning, wherever the descriptor stands.
    private func read(_ consume: (UnsafeRawBufferPointer) -> Void) throws(PolicyAssistantError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
        defer { buffer.deallocate() }
        var offset = 0
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                let cause = Errno(rawValue: errno)
                throw PolicyAssistantError(.fileUnreadable, "it cannot be read", cause: cause)
            }
            guard count > 0 else { return }
            consume(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += count
        }
    }
}

extension OpenFile {
    /// Why a document is not taken while a program writes it.
    static let beingWritten = "it is being written; the next sync takes it, once it is closed"

    /// How long a file that a program keeps open for writing must not have changed to be taken all the same, in seconds.
    private static let writersPause = 60

    /// Whether a program has the file open for writing, and has changed it within the last minute.
    ///
    /// The system tells it by refusing a read lease. It does so only to the file's owner and the superuser, on local
    /// file systems: where nothing is known, nothing is said to be written.
    var isBeingWritten: Bool {
        #if os(Linux)
            guard let status, status.st_mtim.tv_sec > time(nil) - Self.writersPause else { return false }
            // Whoever opens the file for writing while the lease is held waits for its end, and this process is sent a
            // signal: one that is ignored by default, other than SIGIO, which would end the process.
            guard fcntl(descriptor, Self.setSignal, SIGURG) == 0 else { return false }
            if fcntl(descriptor, Self.setLease, CInt(F_RDLCK)) == 0 {
                _ = fcntl(descriptor, Self.setLease, CInt(F_UNLCK))
                return false
            }
            return errno == EAGAIN
        #else
            return false
        #endif
    }

    /// `F_SETSIG` and `F_SETLEASE` of Linux.
    private static let setSignal: CInt = 10
    private static let setLease: CInt = 1024
}

extension FileStamp {
    /// Reads the stamp of an open file as it is now; nil where it cannot be read.
    init?(of file: OpenFile) {
        guard let status = file.status else { return nil }
        self.init(status)
    }
}
