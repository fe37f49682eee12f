/// The value of a variable such as `REDIS_PORT` that Kubernetes sets in a pod for a Service named `redis`, and Docker for a
/// linked container: `tcp://10.0.0.11:6379`.
struct ServiceLink: Equatable {
    /// The Service's address.
    let host: String
    /// The Service's port.
    let port: Int

    /// Reads a value; nil for another form.
    init?(_ value: String) {
        guard let scheme = ["tcp://", "udp://", "sctp://"].first(where: { value.hasPrefix($0) }) else { return nil }
        let place = value.dropFirst(scheme.count)
        guard let colon = place.lastIndex(of: ":"), let port = Int(place[place.index(after: colon)...]) else {
            return nil
        }
        let host = HostName.withoutBrackets(String(place[..<colon]))
        guard (1...65535).contains(port), HostName.isValid(host) else { return nil }
        (self.host, self.port) = (host, port)
    }

    /// The name of the Service for which a variable is set; nil for a variable that no Service sets.
    static func service(of variable: String) -> String? {
        guard variable.hasSuffix("_PORT") else { return nil }
        return variable.dropLast("_PORT".count).lowercased().replacing("_", with: "-")
    }

    /// Whether an endpoint is the Service for which a variable is set: its address, or its name as `redis` or
    /// `redis.namespace.svc` with or without a domain.
    func isMeant(by endpoint: String, variable: String) -> Bool {
        if endpoint == host { return true }
        guard let service = Self.service(of: variable) else { return false }
        let parts = endpoint.split(separator: ".")
        return endpoint == service || parts.count > 2 && parts[0] == service && parts[2] == "svc"
    }
}
