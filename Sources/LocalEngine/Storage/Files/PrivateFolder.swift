internal import Foundation
internal import SystemPackage

/// Folders that only their owner can enter, and files that only their owner can read, whatever the umask is.
enum PrivateFolder {
    /// The names that are the program's own in a folder of data; a folder that holds others belongs to others as well.
    private static let ownPrefixes = ["engine", "swagger-ui", "redis", "lost+found"]

    /// Creates a folder with permissions 0700, or removes the permissions of others from an existing one.
    ///
    /// A folder that is there is left open where it is shared: where it holds what is not the program's own, belongs to
    /// another user, or is one in which everybody may write, such as `/tmp`.
    ///
    /// - Throws: `LocalEngineError` with the code `storageUnusable` where it cannot be made or written to.
    static func make(at path: FilePath) throws(LocalEngineError) {
        if let status = try? path.stat() {
            guard status.type == .directory else {
                throw .unusable(path, "is a file; a folder is needed")
            }
            tighten(path, status)
        } else {
            try create(path)
        }
        guard access(path.string, R_OK | W_OK | X_OK) == 0 else {
            throw .unusable(path, "cannot be written to: \(Errno(rawValue: errno))")
        }
    }

    /// Creates a file with permissions 0600, or removes the permissions of others from an existing one.
    ///
    /// - Throws: `LocalEngineError` with the code `storageUnusable`.
    static func makeFile(at path: FilePath) throws(LocalEngineError) {
        do {
            let file = try FileDescriptor.open(
                path,
                .readWrite,
                options: [.create, .closeOnExec],
                permissions: .ownerReadWrite
            )
            try file.close()
        } catch {
            throw .unusable(path, "cannot be opened: \(error)")
        }
        tightenFile(at: path)
    }

    /// Takes the permissions of all others from a file that is there.
    static func tightenFile(at path: FilePath) {
        guard let status = try? path.stat(followTargetSymlink: false), status.type == .regular,
            status.permissions.intersection(.everybodys) != .ownerReadWrite
        else { return }
        // Another user's file, which only that user can tighten, is reported where it cannot be opened.
        chmod(path.string, 0o600)
    }

    private static func create(_ path: FilePath) throws(LocalEngineError) {
        let parent = path.removingLastComponent()
        if !parent.isEmpty, access(parent.string, F_OK) != 0 {
            try? FileManager.default.createDirectory(atPath: parent.string, withIntermediateDirectories: true)
        }
        guard mkdir(path.string, 0o700) == 0 || errno == EEXIST else {
            throw .unusable(path, "cannot be made: \(Errno(rawValue: errno))")
        }
        // A umask may have taken permissions of the owner, too.
        chmod(path.string, 0o700)
    }

    private static func tighten(_ path: FilePath, _ status: Stat) {
        guard status.permissions.isOpenToOthers, !status.permissions.contains(.saveText),
            status.userID.rawValue == geteuid() || geteuid() == 0,
            let names = try? FileManager.default.contentsOfDirectory(atPath: path.string)
        else { return }
        let isOwn = names.allSatisfy { name in ownPrefixes.contains { name.hasPrefix($0) } }
        if isOwn { chmod(path.string, 0o700) }
    }
}

extension LocalEngineError {
    /// The error of a file or folder that the engine needs.
    static func unusable(_ path: FilePath, _ problem: String) -> LocalEngineError {
        LocalEngineError(code: .storageUnusable, detail: "“\(path)” \(problem)")
    }
}

extension FilePermissions {
    /// All that a file's owner, its group and others may be allowed.
    fileprivate static let everybodys: FilePermissions = [
        .ownerReadWriteExecute, .groupReadWriteExecute, .otherReadWriteExecute,
    ]

    /// Whether the group or others are allowed anything.
    var isOpenToOthers: Bool { !isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute]) }
}
