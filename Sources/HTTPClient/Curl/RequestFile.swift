internal import CCurl
internal import Foundation

/// A file that is being sent, read in pieces on the client's thread.
///
/// It is sent in its size at opening. If it is shorter by then, or if its size or modification time has changed when
/// the last piece is read, reading fails and the last piece is not sent.
final class RequestFile {
    let size: Int
    /// The error if reading failed.
    private(set) var failure: HTTPClientError?

    private let file: OpenedFile
    private let opened: Status
    private var offset = 0

    private var descriptor: CInt { file.descriptor }

    /// - Throws: ``HTTPClientError`` with the code `fileUnreadable`.
    convenience init(path: String) throws(HTTPClientError) {
        guard !path.utf8.contains(0) else { throw Self.unreadable("its path is invalid") }
        // Non-blocking, so that a pipe is refused below instead of opened with a wait.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Self.unreadable(errno == ENOENT ? "it does not exist" : "it cannot be opened")
        }
        try self.init(OpenedFile(adopting: descriptor))
    }

    /// Creates the reader of an open file.
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

    /// Reads the next bytes into the buffer; returns their number, 0 at the end, nil after a failure.
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

    /// Sets the position of the next read, from which libcurl sends again.
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

/// The attributes by which a changed file is recognized.
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

// The callbacks with which libcurl reads a file, on the client's thread.

extension EasyHandle {
    /// Has libcurl read the body from a file, which has to outlive the transfer.
    func setSource(_ file: RequestFile) throws(HTTPClientError) {
        try unsafe check(ccurl_set_read_function(raw, readRequestFile))
        try unsafe set(CURLOPT_READDATA, to: file.context)
        try unsafe check(ccurl_set_seek_function(raw, seekRequestFile))
        try unsafe set(CURLOPT_SEEKDATA, to: file.context)
    }
}

extension RequestFile {
    /// The context of the callbacks that read the file.
    var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

    fileprivate static func at(_ context: UnsafeMutableRawPointer?) -> RequestFile? {
        unsafe context.map { unsafe Unmanaged<RequestFile>.fromOpaque($0).takeUnretainedValue() }
    }
}

func readRequestFile(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let file = unsafe RequestFile.at(context), let space = unsafe buffer(bytes, size, count),
        let length = unsafe file.read(into: space)
    else { return Int(CURL_READFUNC_ABORT) }
    return length
}

func seekRequestFile(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: CInt) -> CInt {
    guard let file = unsafe RequestFile.at(context), origin == SEEK_SET, file.seek(to: Int(offset)) else {
        return CURL_SEEKFUNC_FAIL
    }
    return CURL_SEEKFUNC_OK
}
