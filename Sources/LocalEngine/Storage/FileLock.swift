internal import Foundation
internal import SystemPackage

/// A lock between processes, held on an open file; the kernel frees it if its holder dies.
enum FileLock {
    /// Waits for the lock and holds it while the closure runs.
    ///
    /// - Throws: `Errno` if the file cannot be opened or locked; what the closure throws.
    static func withLock<Value>(at path: String, _ body: () throws -> Value) throws -> Value {
        let descriptor = try FileDescriptor.open(
            path,
            .readWrite,
            options: [.create, .closeOnExec],
            permissions: .ownerReadWrite
        )
        return try descriptor.closeAfter {
            while flock(descriptor.rawValue, LOCK_EX) == -1 {
                guard errno == EINTR else { throw Errno(rawValue: errno) }
            }
            return try body()
        }
    }
}
