#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How many files and sockets the process may have open at once.
public enum OpenFileLimit {
    /// The most that is asked for, also where the hard limit is higher or none.
    ///
    /// Programs that this one starts inherit the limit, and some of them look at each descriptor below it.
    public static let maximum = 1 << 20

    /// Raises the soft limit as far as the hard one allows.
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

    /// Returns how many connections a server can take without running out of descriptors.
    ///
    /// - Parameters:
    ///   - limit: The limit on open files.
    ///   - descriptorsPerRequest: What a request that is worked on needs beside its connection.
    ///   - requests: The most requests that are worked on at once.
    ///   - reserve: What the program needs for itself.
    /// - Returns: At least 1.
    public static func connections(
        within limit: Int,
        descriptorsPerRequest: Int,
        requests: Int,
        reserve: Int
    ) -> Int {
        let room = max(0, limit - reserve)
        // Either all places for requests are taken and more connections rest, or each connection has a request.
        return max(1, room - descriptorsPerRequest * requests, room / (1 + descriptorsPerRequest))
    }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
