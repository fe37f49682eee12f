internal import Foundation
internal import GRDB
internal import NIOPosix
internal import SystemPackage

/// Opens the engine's SQLite file.
enum EngineDatabase {
    /// The seconds for which a statement waits for another process's write.
    static let busyTimeout: TimeInterval = 10

    /// Opens the database, and creates or updates its tables.
    ///
    /// Several processes may do so at once: a lock on a file beside the database lets one of them migrate while the
    /// others wait. No other user can read the database, whatever the umask is: SQLite gives its other files the
    /// permissions of the first.
    ///
    /// - Throws: `LocalEngineError` with the code `storageUnusable`.
    static func open(at path: String) async throws -> DatabasePool {
        try await NIOThreadPool.singleton.runIfActive {
            let path = FilePath(path)
            let folder = path.removingLastComponent()
            try PrivateFolder.make(at: folder.isEmpty ? "." : folder)
            let lock = FilePath(path.string + ".lock")
            try PrivateFolder.makeFile(at: lock)
            return try FileLock.withLock(at: lock.string) {
                try PrivateFolder.makeFile(at: path)
                for suffix in ["-wal", "-shm"] { PrivateFolder.tightenFile(at: FilePath(path.string + suffix)) }
                do {
                    let pool = try DatabasePool(path: path.string, configuration: configuration)
                    try EngineSchema.migrator.migrate(pool)
                    return pool
                } catch let error as DatabaseError {
                    throw LocalEngineError.unusable(path, "cannot be used: \(error.message ?? "\(error.resultCode)")")
                }
            }
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "engine"
        configuration.busyMode = .timeout(busyTimeout)
        // What is deleted is overwritten with zeros; ``Erasure`` does the rest.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA secure_delete = ON") }
        return configuration
    }
}

/// A lock between processes on an open file; the kernel releases it if its holder ends.
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
