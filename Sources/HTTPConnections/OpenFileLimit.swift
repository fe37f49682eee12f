#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The limit on the process's open files, sockets included (`RLIMIT_NOFILE`).
public enum OpenFileLimit {
    /// The highest limit that is set, even if the hard limit is higher.
    ///
    /// Child processes inherit the limit, and some of them iterate over all descriptors below it.
    public static let maximum = 1 << 20

    /// Raises the soft limit to the hard limit, or to ``maximum`` if that is lower.
    ///
    /// - Returns: The limit now in force.
    @discardableResult
    public static func raise() -> Int {
        var limits = rlimit()
        guard getrlimit(resource, &limits) == 0 else { return Int(sysconf(Int32(_SC_OPEN_MAX))) }
        let wanted = min(limits.rlim_max, rlim_t(maximum))
        guard limits.rlim_cur < wanted else { return Int(clamping: limits.rlim_cur) }
        let before = limits.rlim_cur
        limits.rlim_cur = wanted
        return Int(clamping: setrlimit(resource, &limits) == 0 ? wanted : before)
    }

    /// Returns how many connections a server can accept without running out of descriptors.
    ///
    /// - Parameters:
    ///   - limit: The limit on open files.
    ///   - descriptorsPerRequest: The descriptors that a request in progress needs in addition to its connection.
    ///   - requests: The maximum number of requests in progress.
    ///   - reserve: The descriptors that the program needs for itself.
    /// - Returns: At least 1.
    public static func connections(
        within limit: Int,
        descriptorsPerRequest: Int,
        requests: Int,
        reserve: Int
    ) -> Int {
        let room = max(0, limit - reserve)
        // Either the maximum number of requests is in progress and more connections are idle, or every connection has a
        // request.
        return max(1, room - descriptorsPerRequest * requests, room / (1 + descriptorsPerRequest))
    }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
