internal import Foundation

/// A file that is being sent, read piece by piece on the driving thread.
///
/// It is sent in the size it had when it was opened. If it turns out to be shorter, or if its size or the time of its
/// last change are others when the last piece is read, reading fails: that piece is never sent.
final class RequestFile {
    let size: Int
    /// Why reading failed, if it did.
    private(set) var failure: HTTPClientError?

    private let file: OpenedFile
    private let opened: Status
    private var offset = 0

    private var descriptor: CInt { file.descriptor }

    /// - Throws: ``HTTPClientError`` with the code `fileUnreadable`.
    convenience init(path: String) throws(HTTPClientError) {
        guard !path.utf8.contains(0) else { throw Self.unreadable("its path is none") }
        // Non-blocking, so that a pipe is refused below rather than waited for.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(errno == ENOENT ? "it does not exist" : "it does not open") }
        try self.init(OpenedFile(adopting: descriptor))
    }

    /// Reads a file that is open already.
    ///
    /// - Throws: ``HTTPClientError`` with the code `fileUnreadable`.
    init(_ file: OpenedFile) throws(HTTPClientError) {
        guard let status = Status(of: file.descriptor), status.isRegular else {
            throw Self.unreadable("it is not a regular file")
        }
        self.file = file
        opened = status
        size = status.size
    }

    /// Fills the buffer with what comes next; returns the number of bytes, 0 at the end, nil after a failure.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        guard failure == nil else { return nil }
        let wanted = min(buffer.count, size - offset)
        guard wanted > 0 else { return 0 }

        var count = unsafe pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
        while count < 0 && errno == EINTR {
            count = unsafe pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
        }
        guard count > 0 else { return fail(count < 0 ? "it cannot be read" : "it became shorter while it was sent") }
        guard offset + count < size || Status(of: descriptor) == opened else {
            return fail("it changed while it was sent")
        }
        offset += count
        return count
    }

    /// Goes back, or forth, to where libcurl has to send again from.
    func seek(to position: Int) -> Bool {
        guard failure == nil, (0...size).contains(position) else { return false }
        offset = position
        return true
    }

    private func fail(_ reason: String) -> Int? {
        failure = Self.unreadable(reason)
        return nil
    }

    private static func unreadable(_ reason: String) -> HTTPClientError {
        HTTPClientError(.fileUnreadable, "a file of the request: \(reason)")
    }
}

/// What tells that a file is still the same.
private struct Status: Equatable {
    let isRegular: Bool
    let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    init?(of descriptor: CInt) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        isRegular = status.st_mode & S_IFMT == S_IFREG
        size = Int(status.st_size)
        seconds = changed.tv_sec
        nanoseconds = changed.tv_nsec
    }
}
