internal import CLandlock
internal import Foundation

/// Removes rights that the process that reads a document does not need: to write outside its own folder, to read other
/// files than the document and those of the system, and to use the network.
///
/// It uses Linux's Landlock. On a kernel without it, or another system, documents are read with all rights of the user.
public enum ReaderSandbox {
    /// Rights to files, with the version of Landlock that introduced them.
    private struct FileRights: OptionSet {
        let rawValue: UInt64

        static let execute = FileRights(rawValue: 1 << 0)
        static let readFile = FileRights(rawValue: 1 << 2)
        static let readFolder = FileRights(rawValue: 1 << 3)
        static let writeFile = FileRights(rawValue: 1 << 1)
        static let removeFile = FileRights(rawValue: 1 << 5)
        static let makeSocket = FileRights(rawValue: 1 << 9)
        static let read: FileRights = [execute, readFile, readFolder]

        /// All rights that a version of Landlock knows.
        static func all(inVersion version: Int) -> FileRights {
            // Linking from one folder into another came with version 2, truncating with 3, controlling devices with 5.
            let count = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13
            return FileRights(rawValue: 1 << UInt64(count) - 1)
        }
    }

    /// Connecting by TCP, and listening.
    private static let network: UInt64 = 0b11
    /// Abstract sockets and signals.
    private static let scopes: UInt64 = 0b11

    /// The folders of the system's programs, libraries and fonts, and of their settings.
    ///
    /// Settings of services, which may contain secrets, are not among them.
    private static let systemPaths = [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/proc",
        "/sys/devices/system/cpu", "/dev/random", "/dev/urandom", "/dev/zero", "/etc/alternatives", "/etc/fonts",
        "/etc/group", "/etc/java", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/libreoffice",
        "/etc/locale.alias", "/etc/localtime", "/etc/mime.types", "/etc/nsswitch.conf", "/etc/papersize", "/etc/passwd",
        "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice",
    ]

    /// Whether this system can restrict a process.
    public static var isAvailable: Bool { clandlock_version() > 0 }

    /// Restricts this thread, and each thread and process that it starts from here on.
    ///
    /// Other running threads keep their rights, so a process that is restricted as a whole calls this before it starts a
    /// second thread.
    ///
    /// - Parameters:
    ///   - document: The file that may be read.
    ///   - folder: The folder in which everything is allowed.
    ///   - startingLibreOffice: Whether LibreOffice is to be started, which needs a socket elsewhere.
    /// - Returns: Whether the restriction is in force.
    @discardableResult
    public static func restrict(
        toReading document: String,
        writingIn folder: String,
        startingLibreOffice: Bool = false
    ) -> Bool {
        let version = Int(clandlock_version())
        guard version > 0 else { return false }
        let all = FileRights.all(inVersion: version)
        let rules = clandlock_make_rules(all.rawValue, version >= 4 ? network : 0, version >= 6 ? scopes : 0)
        guard rules >= 0 else { return false }
        defer { close(rules) }
        func allow(_ path: String, _ rights: FileRights) -> Bool { clandlock_allow(rules, path, rights.rawValue) == 0 }
        // A missing path of the system needs no rule.
        for path in systemPaths { _ = allow(path, .read) }
        _ = allow("/dev/null", [.readFile, .writeFile])
        _ = allow("/proc/self/exe", .read)
        // LibreOffice starts only if it can create and remove its socket there, whatever TMPDIR says.
        if startingLibreOffice { _ = allow(OfficeSockets.folder, [.makeSocket, .removeFile]) }
        _ = allow(document, .readFile)
        guard allow(folder, all) else { return false }
        return clandlock_enforce(rules) == 0
    }
}
