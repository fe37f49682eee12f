internal import Foundation

/// Who holds a lease: one engine, in one process.
///
/// The name tells enough for another process to find out whether the holder still lives, so that what a killed process
/// left behind need not wait for its lease to run out.
struct LeaseHolder: Sendable, Hashable {
    /// The process, its PID namespace, and the engine in it: `4711/pid:[4026531836]/x9…`.
    let name: String

    /// The holder for a new engine in this process.
    static func make() -> LeaseHolder {
        LeaseHolder(name: "\(getpid())/\(namespace)/\(Identifier.make(""))")
    }

    /// Whether the process of the named holder has certainly ended.
    ///
    /// A process in another container cannot be looked up by its PID; there, only the lease tells.
    static func isGone(_ name: String) -> Bool {
        let parts = name.split(separator: "/", maxSplits: 2)
        guard parts.count == 3, parts[1] == namespace, let pid = pid_t(parts[0]), pid > 0 else { return false }
        return kill(pid, 0) == -1 && errno == ESRCH
    }

    /// The PID namespace of this process; where there are none, one name for all.
    private static let namespace =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? "one"
}
