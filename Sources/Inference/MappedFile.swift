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
    /// - Throws: ``UnreadableFile``, also for an empty file.
    package init(path: String) throws(UnreadableFile) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw UnreadableFile(path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_size > 0 else { throw UnreadableFile(path) }
        let size = Int(status.st_size)
        guard let address = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), unsafe address != MAP_FAILED
        else { throw UnreadableFile(path) }
        unsafe bytes = UnsafeRawBufferPointer(start: address, count: size)
    }

    deinit {
        unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}

/// Why a file cannot be mapped.
package struct UnreadableFile: Error, CustomStringConvertible {
    /// The file and the system's reason, for people.
    package let description: String

    /// Describes the last error of the system.
    fileprivate init(_ path: String) {
        let reason = unsafe String(cString: strerror(errno))
        description = "“\(path)” cannot be read: \(reason)"
    }
}
