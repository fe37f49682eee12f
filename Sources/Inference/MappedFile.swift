#if canImport(Darwin)
    private import Darwin
#elseif canImport(Musl)
    private import Musl
#else
    private import Glibc
#endif

/// A file in memory, whose pages the kernel reads when they are used and shares between processes.
///
/// `@unchecked Sendable`: the mapping is read-only and lives as long as the object, so several threads may read it at once.
@safe
package final class MappedFile: @unchecked Sendable {
    /// What the file holds.
    package let bytes: UnsafeRawBufferPointer

    /// Maps the file at a path.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable`, also for an empty file.
    package init(path: String) throws(ModelError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_size > 0 else { throw Self.unreadable(path) }
        let size = Int(status.st_size)
        guard let address = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), unsafe address != MAP_FAILED
        else { throw Self.unreadable(path) }
        unsafe bytes = UnsafeRawBufferPointer(start: address, count: size)
    }

    deinit {
        unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }

    /// Describes the last error of the system.
    private static func unreadable(_ path: String) -> ModelError {
        let reason = unsafe String(cString: strerror(errno))
        return ModelError(.unreadable, "“\(path)” cannot be read: \(reason)")
    }
}
