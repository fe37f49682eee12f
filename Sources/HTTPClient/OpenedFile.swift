internal import Foundation

/// An open regular file that requests send, closed when nothing refers to it any more.
///
/// A request reads it by offsets from its beginning, so that the descriptor's own position does not matter and several
/// attempts send the same bytes. What is sent is the file that was opened, whatever its path leads to by then.
public final class OpenedFile: Sendable {
    let descriptor: CInt

    /// Duplicates a descriptor, which stays the caller's to close.
    ///
    /// - Parameter descriptor: A descriptor of a regular file, open for reading.
    /// - Throws: ``HTTPClientError`` with the code `fileUnreadable`.
    public init(duplicating descriptor: CInt) throws(HTTPClientError) {
        self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard self.descriptor >= 0 else {
            throw HTTPClientError(.fileUnreadable, "a file of the request: its descriptor cannot be duplicated")
        }
    }

    /// Takes over a descriptor.
    init(adopting descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
