internal import CLandlock

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The process that decodes recordings of callers: this program, which gives up its rights and becomes ffmpeg.
///
/// It may read the system's programs and libraries and its standard input, and write to its standard output; it can open
/// no other file, write none, and use no TCP. It uses Linux's Landlock; without it the process has all rights of its user,
/// and the limits of ``AudioProgram`` all the same.
public enum DecoderSandbox {
    /// The name of the command with which this program starts itself.
    public static let command = "decode-audio"

    /// Whether this system can restrict a process.
    public static var isAvailable: Bool { clandlock_version() > 0 }

    /// Reading, listing and executing files, as bits of LANDLOCK_ACCESS_FS.
    private static let read: UInt64 = 1 << 0 | 1 << 2 | 1 << 3
    /// Connecting by TCP, and listening.
    private static let network: UInt64 = 0b11
    /// Abstract sockets and signals.
    private static let scopes: UInt64 = 0b11
    /// The folders and files that ffmpeg and its libraries are read from.
    private static let systemPaths = [
        "/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/etc/ld.so.cache",
        "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/sys/devices/system/cpu", "/dev/urandom",
        "/dev/null",
    ]

    /// Becomes the program that the arguments name, without the rights that it does not need; returns only if there is no
    /// such program.
    ///
    /// Threads keep their rights, so it has to be called before the process starts a second one.
    ///
    /// - Parameter arguments: The name of the program, which is searched for, and its arguments.
    public static func execute(_ arguments: [String]) {
        _ = restrict()
        guard let name = arguments.first else { return }
        var words = arguments.map { strdup($0) } + [nil]
        execvp(name, &words)
    }

    private static func restrict() -> Bool {
        let version = Int(clandlock_version())
        guard version > 0 else { return false }
        // Linking from one folder into another came with version 2, truncating with 3, controlling devices with 5.
        let count: UInt64 = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13
        let rules = clandlock_make_rules(1 << count - 1, version >= 4 ? network : 0, version >= 6 ? scopes : 0)
        guard rules >= 0 else { return false }
        defer { close(rules) }
        // A missing path of the system needs no rule.
        for path in systemPaths { _ = clandlock_allow(rules, path, read) }
        return clandlock_enforce(rules) == 0
    }
}
