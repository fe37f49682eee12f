internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The assets folder, opened once for a whole sync.
///
/// Files below it are opened from its descriptor, one part of the path after the other, and no part may be a symbolic link.
/// A file or folder that is replaced by a link while a sync runs is therefore not followed, and a sync continues with the
/// folder that it has opened where the folder's own path is a link that is replaced.
final class AssetFolder: Sendable {
    let root: OpenFile
    /// The folder's path without links, as of its opening.
    private let path: String

    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`.
    init(at path: String) throws(PolicyAssistantError) {
        // The operator has chosen the path, so that it may be a link and lead through links.
        guard let resolved = Self.resolve(path) else { throw Self.unreadable(path, Errno(rawValue: errno)) }
        let descriptor = openat(AT_FDCWD, resolved, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path, Errno(rawValue: errno)) }
        root = OpenFile(adopting: descriptor)
        self.path = resolved
    }

    static func unreadable(_ path: String, _ cause: Errno) -> PolicyAssistantError {
        PolicyAssistantError(
            .fileUnreadable,
            """
            The assets folder “\(path.escapingControls())” cannot be read. Nothing was changed; check ASSETS_DIR.
            """,
            cause: cause
        )
    }

    /// Opens a document for reading.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `fileUnreadable`, whose message is only the reason.
    func open(_ file: ScannedDocument) throws(PolicyAssistantError) -> OpenFile {
        let opened: OpenFile
        do {
            opened = try open(file.location)
        } catch {
            let reason =
                switch error {
                case .noSuchFileOrDirectory, .notDirectory: "it was removed meanwhile; run the sync again"
                case .tooManySymbolicLinkLevels: "it was replaced by a link meanwhile; run the sync again"
                default: "it cannot be read"
                }
            throw PolicyAssistantError(.fileUnreadable, reason, cause: error)
        }
        guard let status = opened.status, status.st_mode & S_IFMT == S_IFREG else {
            throw PolicyAssistantError(.fileUnreadable, "it is no longer a file")
        }
        guard !opened.isBeingWritten else { throw PolicyAssistantError(.fileUnreadable, OpenFile.beingWritten) }
        return opened
    }

    /// Opens a file below the folder by its path, of which no part may be a link.
    ///
    /// - Throws: `Errno`.
    func open(_ location: String) throws(Errno) -> OpenFile {
        let parts = location.pathParts
        guard let name = parts.last else { throw .noSuchFileOrDirectory }
        var folder = root
        for part in parts.dropLast() { folder = try folder.open(String(part), isFolder: true) }
        return try folder.open(String(name))
    }

    /// The target of a link below the folder.
    enum LinkTarget: Equatable {
        /// A path below the folder, without links.
        case inside(String)
        case outside
        case nowhere
    }

    /// Resolves a link.
    ///
    /// The result may be outdated a moment later; a file that is opened by it is below the folder in any case.
    func target(ofLink link: String) -> LinkTarget {
        guard let target = Self.resolve("\(path)/\(link)") else { return .nowhere }
        guard let inner = target.suffix(afterPrefix: path == "/" ? path : path + "/") else { return .outside }
        return .inside(inner)
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension String {
    /// The parts between the slashes, compared as bytes: Swift does not count a slash before a combining mark as one.
    var pathParts: [Substring] {
        utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    }
}
