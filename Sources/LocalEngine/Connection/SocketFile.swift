internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import SystemPackage

/// A Unix socket to which only its owner can connect.
struct SocketFile: Sendable {
    /// The maximum number of bytes of the path in a socket address.
    static let maximumLength = 103

    let path: FilePath

    /// A socket at a path.
    ///
    /// - Throws: `LocalEngineError` if the path is too long for a socket.
    init(at path: String) throws {
        guard path.utf8.count <= Self.maximumLength else {
            throw LocalEngineError(
                code: .invalidConfiguration,
                detail: "the socket's path is longer than \(Self.maximumLength) bytes"
            )
        }
        self.path = FilePath(path)
    }

    /// Creates a missing folder, and removes a socket that an ended process has left.
    ///
    /// - Throws: `LocalEngineError` if the folder is open to others, or another engine listens on the socket.
    func prepare() async throws {
        let folder = path.removingLastComponent().string
        if !FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw LocalEngineError(code: .insecureFolder, detail: "the socket's folder is open to other users")
        }
        guard FileManager.default.fileExists(atPath: path.string) else { return }
        guard await !isAnswered() else {
            throw LocalEngineError(code: .alreadyListening, detail: "another engine listens on the socket")
        }
        remove()
    }

    /// Allows only the owner to connect, even if the folder is opened to others.
    func restrict() {
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.string)
    }

    /// Removes the file.
    func remove() {
        try? FileManager.default.removeItem(atPath: path.string)
    }

    /// Whether a process listens on the socket.
    func isAnswered() async -> Bool {
        guard
            let channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path.string).get()
        else { return false }
        try? await channel.close()
        return true
    }
}
