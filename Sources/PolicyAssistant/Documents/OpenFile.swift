internal import Crypto
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An open file or folder, closed with its last reference.
final class OpenFile: Sendable {
    let descriptor: CInt

    /// Creates an open file from a descriptor, which it closes.
    init(adopting descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens an entry of this folder for reading; symbolic links are not followed.
    ///
    /// - Parameters:
    ///   - name: The entry's name, one part of a path.
    ///   - isFolder: Whether it must be a folder.
    /// - Returns: The entry, open.
    /// - Throws: `Errno`, `tooManySymbolicLinkLevels` for a link.
    func open(_ name: String, isFolder: Bool = false) throws(Errno) -> OpenFile {
        // Non-blocking, so that a pipe is refused by its type and not waited for.
        let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isFolder ? O_DIRECTORY : 0)
        let opened = openat(descriptor, name, flags)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        return OpenFile(adopting: opened)
    }

    /// The file's status; nil where the system does not return it.
    var status: stat? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status : nil
    }

    /// The status of an entry of this folder, and not of a link's target; nil where the system does not return it.
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
    /// - Throws: `Errno`, also where the list ends early: a missing name would count as deleted.
    func names() throws(Errno) -> [String] {
        // The stream closes its descriptor.
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

    /// The SHA-256 of the content, in hexadecimal; the content is read in pieces of 256 KiB.
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

    /// Reads from the beginning, whatever the descriptor's offset.
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
    /// The reason for which a document is not taken while a program writes it.
    static let beingWritten = "it is being written; the next sync takes it, once it is closed"

    /// After how many seconds without a change a file is taken that a program keeps open for writing.
    private static let writersPause = 60

    /// Whether a program has the file open for writing, and has changed it within the last minute.
    ///
    /// The system shows it by refusing a read lease, which only the file's owner and the superuser can request, and only on
    /// local file systems. Elsewhere no file counts as being written.
    var isBeingWritten: Bool {
        #if os(Linux)
            guard let status, status.st_mtim.tv_sec > time(nil) - Self.writersPause else { return false }
            // Where a program opens the file for writing while the lease is held, this process gets a signal: SIGURG, which
            // is ignored by default, and not SIGIO, which ends the process.
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
