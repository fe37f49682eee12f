public import IPAddresses

/// The hosts for which a server accepts requests: a defence against DNS rebinding.
///
/// A page that a browser loads from `evil.example` may send requests to `evil.example` and read the responses. If that
/// name then resolves to 127.0.0.1, the requests arrive here, and their `Host` field still names `evil.example`.
public struct AllowedHosts: Sendable {
    private var names: Set<String> = []
    private var suffixes: [String] = []
    private var addresses: Set<IPAddress> = []
    private var allowsAll = false

    /// Creates a list of hosts.
    ///
    /// - Parameter entries: Names, addresses without brackets, `*.example.com` for all subdomains of a name, or `*` for
    ///   every host. `localhost` and its subdomains, 127.0.0.0/8 and ::1 are always allowed.
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

    /// Returns whether requests for a host are allowed.
    ///
    /// - Parameters:
    ///   - host: The host that the request names.
    ///   - localAddress: The address at which the request arrived. A request that names this very address is allowed:
    ///     unlike a name, an address cannot be made to resolve to anything else.
    /// - Returns: Whether the host is on the list, or always allowed.
    public func contains(_ host: RequestHost, at localAddress: @autoclosure () -> IPAddress?) -> Bool {
        if allowsAll { return true }
        if let address = host.address {
            return address.isLoopback || address == localAddress() || addresses.contains(address)
        }
        return host.name == "localhost" || host.name.hasSuffix(".localhost") || names.contains(host.name)
            || suffixes.contains { host.name.hasSuffix($0) && host.name.count > $0.count }
    }
}
