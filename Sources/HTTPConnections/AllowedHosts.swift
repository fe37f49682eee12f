/// The hosts under whose names a server is served, so that no other web site can be one of its names (DNS rebinding).
///
/// A page that a browser loads from `evil.example` may send requests to `evil.example` and read the answers. When that
/// name is made to lead to 127.0.0.1 these requests arrive here, and their `Host` still says `evil.example`.
public struct AllowedHosts: Sendable {
    private var names: Set<String> = []
    private var suffixes: [String] = []
    private var addresses: Set<IPAddress> = []
    private var allowsAll = false

    /// Creates the hosts.
    ///
    /// - Parameter entries: Names, addresses without brackets, `*.example.com` for all names below one, or `*` for every
    ///   host. `localhost` and the names below it, 127.0.0.0/8 and ::1 are always among the hosts.
    public init(_ entries: [String]) {
        for entry in entries {
            let name = entry.lowercased()
            if name == "*" {
                allowsAll = true
            } else if name.hasPrefix("*.") {
                suffixes.append(String(name.dropFirst()))
            } else if let address = IPAddress(name) {
                addresses.insert(address)
            } else {
                names.insert(name.hasSuffix(".") ? String(name.dropLast()) : name)
            }
        }
    }

    /// Whether a request for a host is served.
    ///
    /// - Parameters:
    ///   - host: The host that the request names.
    ///   - localAddress: The address at which the request arrived. A request that names this very address is served: an
    ///     address, other than a name, cannot be made to lead anywhere else.
    /// - Returns: Whether the host is one of these.
    public func contains(_ host: RequestHost, at localAddress: IPAddress?) -> Bool {
        if allowsAll { return true }
        if let address = host.address {
            return address.isLoopback || address == localAddress || addresses.contains(address)
        }
        return host.name == "localhost" || host.name.hasSuffix(".localhost") || names.contains(host.name)
            || suffixes.contains { host.name.hasSuffix($0) && host.name.count > $0.count }
    }
}
