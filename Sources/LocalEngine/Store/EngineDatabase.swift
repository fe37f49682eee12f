internal import Foundation
internal import GRDB
internal import NIOPosix
internal import SystemPackage

/// Opens the engine's SQLite file.
enum EngineDatabase {
    /// How long a statement waits for another process's write.
    static let busyTimeout: TimeInterval = 10

    /// Opens the database, and makes or updates its tables.
    ///
    /// Several processes may do so at once: a lock on a file beside the database lets one of them migrate while the
    /// others wait.
    static func open(at path: String) async throws -> DatabasePool {
        try await NIOThreadPool.singleton.runIfActive {
            let path = FilePath(path)
            try FileManager.default.createDirectory(
                atPath: path.removingLastComponent().string.isEmpty ? "." : path.removingLastComponent().string,
                withIntermediateDirectories: true
            )
            return try FileLock.withLock(at: path.string + ".lock") {
                let pool = try DatabasePool(path: path.string, configuration: configuration)
                try EngineSchema.migrator.migrate(pool)
                return pool
            }
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "engine"
        configuration.busyMode = .timeout(busyTimeout)
        return configuration
    }
}
