public import Foundation
internal import SystemPackage

/// A folder for a socket of this process, which no other user can enter.
///
/// The process holds a lock on the folder while it runs, by which the next process can distinguish a folder in use from one
/// that a killed process has left, which it removes.
public struct SocketFolder: Sendable {
    /// The beginning of the folders' names; six letters and digits follow.
    private static let prefix = "policy-assistant-"
    /// The bytes of a path that remain for the name of a socket, with the slash before it.
    private static let longestName = 16
    /// The seconds after which an empty folder counts as abandoned.
    private static let abandonedAge: TimeInterval = 60

    /// The folder's path, short as the path of a Unix socket has to be.
    public let path: String
    private let descriptor: FileDescriptor

    /// Creates a folder.
    ///
    /// - Parameter directory: The folder that contains it.
    /// - Throws: `LocalEngineError` with the code `storageUnusable`.
    public init(in directory: String) throws {
        while true {
            let path = try Self.makeUniqueFolder(in: directory)
            do {
                let descriptor = try Self.open(path)
                // If folders cannot be locked, no process removes them, either.
                _ = flock(descriptor.rawValue, LOCK_EX | LOCK_NB)
                if Self.isThere(path, as: descriptor) {
                    (self.path, self.descriptor) = (path, descriptor)
                    return
                }
                try descriptor.close()
            } catch Errno.noSuchFileOrDirectory {
                continue
            }
        }
    }

    /// Removes the folder and its contents.
    public func remove() {
        try? FileManager.default.removeItem(atPath: path)
        try? descriptor.close()
    }

    /// Removes the folders that killed processes of this user have left.
    ///
    /// It does not remove other users' folders, folders that a process has locked, and folders with anything but sockets.
    ///
    /// - Parameters:
    ///   - directory: The folder that contains them.
    ///   - now: The time, from which the age of an empty folder is computed.
    public static func sweep(in directory: String, now: Date = .now) async {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for name in names where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
            await sweepFolder(at: "\(directory)/\(name)", now: now)
        }
    }

    private static func sweepFolder(at path: String, now: Date) async {
        guard let descriptor = try? open(path) else { return }
        defer { try? descriptor.close() }
        guard let status = try? descriptor.stat(), status.userID.rawValue == geteuid(),
            !status.permissions.isOpenToOthers,
            flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0,
            let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        else { return }
        let sockets = names.map { "\(path)/\($0)" }
        guard sockets.allSatisfy(isSocket) else { return }
        if sockets.isEmpty {
            guard let modified = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date,
                now.timeIntervalSince(modified) > abandonedAge
            else { return }
        }
        // A process of an earlier version holds no lock.
        for socket in sockets {
            guard let file = try? SocketFile(at: socket), await !file.isAnswered() else { return }
        }
        for name in names { unlinkat(descriptor.rawValue, name, 0) }
        rmdir(path)
    }

    private static func open(_ path: String) throws -> FileDescriptor {
        try FileDescriptor.open(FilePath(path), .readOnly, options: [.directory, .noFollow, .closeOnExec])
    }

    private static func makeUniqueFolder(in directory: String) throws(LocalEngineError) -> String {
        let path = "\(directory)/\(prefix)XXXXXX"
        guard path.utf8.count + longestName <= SocketFile.maximumLength else {
            throw .unusable(FilePath(directory), "is too long a path for a socket in it")
        }
        var template = Array(path.utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .unusable(FilePath(directory), "cannot take a folder for a socket: \(Errno(rawValue: errno))")
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether the folder at the path is still the opened one.
    private static func isThere(_ path: String, as descriptor: FileDescriptor) -> Bool {
        guard let opened = try? descriptor.stat(), let found = try? FilePath(path).stat(followTargetSymlink: false)
        else { return false }
        return found.inode == opened.inode
    }

    private static func isSocket(_ path: String) -> Bool {
        (try? FilePath(path).stat(followTargetSymlink: false).type) == .socket
    }
}
