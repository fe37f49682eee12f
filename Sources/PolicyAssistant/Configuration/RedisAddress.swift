/// Where a Redis server is, as `REDIS_ENDPOINT` says it: the path of a Unix socket, or a host, perhaps with a port.
struct RedisAddress: Equatable {
    /// The host without brackets, or the path.
    var host: String
    /// The port, where the endpoint names one.
    var port: Int?

    /// Why a text is no address; never the text itself, which may hold a password.
    struct Failure: Error, Equatable {
        let problem: String
    }

    /// Reads an endpoint: `redis.internal`, `redis.internal:6380`, `10.0.0.5`, `::1`, `[::1]`, `[::1]:6380` or
    /// `/run/redis.sock`.
    init(_ endpoint: String) throws(Failure) {
        guard !endpoint.hasPrefix("/") else {
            (host, port) = (endpoint, nil)
            return
        }
        guard !endpoint.contains("://"), !endpoint.contains("@") else {
            throw Failure(
                problem: "is a URL, or holds credentials; give a host's name or the path of a socket alone, and the "
                    + "rest in REDIS_PORT, REDIS_USERNAME, REDIS_PASSWORD, REDIS_DATABASE and REDIS_TLS"
            )
        }
        let parts = endpoint.split(separator: ":", omittingEmptySubsequences: false)
        if endpoint.hasPrefix("["), let bracket = endpoint.firstIndex(of: "]") {
            host = String(endpoint[endpoint.index(after: endpoint.startIndex)..<bracket])
            let rest = endpoint[endpoint.index(after: bracket)...]
            port = rest.isEmpty ? nil : try Self.port(rest.dropFirst(), after: rest.prefix(1))
        } else if parts.count == 2 {
            host = String(parts[0])
            port = try Self.port(parts[1], after: ":")
        } else {
            (host, port) = (endpoint, nil)
        }
        guard HostName.isValid(host) else {
            throw Failure(problem: "is neither a host's name or address nor the path of a Unix socket")
        }
    }

    private static func port(_ text: Substring, after separator: Substring) throws(Failure) -> Int {
        guard separator == ":", let port = Int(text), (1...65535).contains(port) else {
            throw Failure(problem: "has no port from 1 to 65535 after the host")
        }
        return port
    }
}
