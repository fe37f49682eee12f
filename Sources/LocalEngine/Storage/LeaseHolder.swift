internal import Foundation

/// The holder of a lease: one engine, in one process.
///
/// Another process can find out from the name whether the holder is alive, so that the leases of a killed process end
/// before they run out.
struct LeaseHolder: Sendable, Hashable {
    /// The process, its PID namespace, and the engine in it: `4711/pid:[4026531836]/x9…`.
    let name: String

    /// Creates the holder for a new engine in this process.
    static func make() -> LeaseHolder {
        LeaseHolder(name: "\(getpid())/\(namespace)/\(Identifier.make(""))")
    }

    /// Whether the process of the named holder has certainly ended.
    ///
    /// A process in another container cannot be looked up by its PID; its leases have to run out.
    static func isGone(_ name: String) -> Bool {
        let parts = name.split(separator: "/", maxSplits: 2)
        guard parts.count == 3, parts[1] == namespace, let pid = pid_t(parts[0]), pid > 0 else { return false }
        return kill(pid, 0) == -1 && errno == ESRCH
    }

    /// The PID namespace of this process; one name for all on systems without namespaces.
    private static let namespace =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? "one"
}
