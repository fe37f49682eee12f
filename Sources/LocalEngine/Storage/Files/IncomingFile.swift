internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import SystemPackage
internal import Synchronization

/// The file of an upload while it arrives.
final class IncomingFile: Sendable {
    /// Its path until it gets the final one.
    let path: FilePath
    private let descriptor: SystemPackage.FileDescriptor
    private let count = Mutex(0)

    // The optimizer of Swift 6.3 crashes over an initializer that throws between these two.
    private init(path: FilePath, descriptor: SystemPackage.FileDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Creates the file.
    ///
    /// - Throws: `Errno`.
    static func create(at path: FilePath) throws -> IncomingFile {
        let descriptor = try SystemPackage.FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: .ownerReadWrite
        )
        return IncomingFile(path: path, descriptor: descriptor)
    }

    /// The number of bytes written.
    var bytes: Int { count.withLock { $0 } }

    /// Adds bytes at the end, off the caller's thread.
    func write(_ buffer: ByteBuffer) async throws {
        let descriptor = descriptor
        try await NIOThreadPool.singleton.runIfActive {
            _ = try descriptor.writeAll(buffer.readableBytesView)
        }
        count.withLock { $0 += buffer.readableBytes }
    }

    /// Waits until the bytes are on the disk.
    func synchronize() async throws {
        let descriptor = descriptor
        try await NIOThreadPool.singleton.runIfActive {
            guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
    }

    /// Ends writing.
    func close() {
        try? descriptor.close()
    }
}
