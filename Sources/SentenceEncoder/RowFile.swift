internal import Inference

#if canImport(Darwin)
    private import Darwin
#elseif canImport(Musl)
    private import Musl
#else
    private import Glibc
#endif

/// Rows of bytes in a file, of which few are needed at a time.
///
/// They are read one by one, as in a mapping each would take up memory with the bytes around it.
final class RowFile: Sendable {
    private let descriptor: Int32
    private let offset: Int
    private let width: Int

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - offset: Where the first row begins.
    ///   - width: How many bytes a row has.
    /// - Throws: ``ModelError`` with the code `unreadable`.
    init(path: String, offset: Int, width: Int) throws(ModelError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        self.offset = offset
        self.width = width
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw ModelError(.unreadable, "“\(path)” cannot be read: \(reason)")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Returns a row; zeros if the file has become shorter.
    func row(_ number: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: width) { buffer, count in
            unsafe buffer.initialize(repeating: 0)
            count = width
            var read = 0
            while read < width {
                let place = off_t(offset + number * width + read)
                let result = unsafe pread(descriptor, buffer.baseAddress?.advanced(by: read), width - read, place)
                if result < 0, errno == EINTR { continue }
                guard result > 0 else { return }
                read += result
            }
        }
    }
}
