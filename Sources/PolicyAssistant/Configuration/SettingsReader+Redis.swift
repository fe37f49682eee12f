internal import Redis

extension SettingsReader {
    /// Reads the settings of one Redis database; without an endpoint of its own it is on the server of `fallback`.
    mutating func redis(
        suffix: String,
        fallback: RedisConfiguration,
        database: Int,
        _ trust: TrustedCertificates
    ) -> RedisConfiguration {
        var configuration = fallback
        var (host, port) = ("127.0.0.1", 6379)
        var namedPort: Int?
        if let endpoint = text("REDIS_ENDPOINT\(suffix)") {
            configuration = .prompt(fallback.endpoint)
            let address = redisAddress("REDIS_ENDPOINT\(suffix)", endpoint)
            host = address?.host ?? host
            namedPort = address?.port
        } else if case .tcp(let fallbackHost, let fallbackPort) = fallback.endpoint {
            (host, port) = (fallbackHost, fallbackPort)
        } else if case .unixSocket(let path) = fallback.endpoint {
            host = path
        }
        configuration.database = integer("REDIS_DATABASE\(suffix)", in: 0...16383, default: database)
        port = redisPort("REDIS_PORT\(suffix)", of: host, named: namedPort, default: port)
        configuration.endpoint = host.hasPrefix("/") ? .unixSocket(path: host) : .tcp(host: host, port: port)
        configuration.username = text("REDIS_USERNAME\(suffix)") ?? configuration.username
        configuration.password = text("REDIS_PASSWORD\(suffix)", isSecret: true) ?? configuration.password
        configuration.tls = redisTLS(suffix: suffix, fallback: configuration.tls, trust)
        return configuration
    }

    /// Reads the address of a Redis server; nil where it has a fault, which does not repeat the value.
    private mutating func redisAddress(_ name: String, _ endpoint: String) -> RedisAddress? {
        do throws(RedisAddress.Failure) {
            return try RedisAddress(endpoint)
        } catch {
            fault(name, error.problem)
            return nil
        }
    }

    /// Reads the port of a Redis server, which may be `named` in its endpoint.
    private mutating func redisPort(_ name: String, of host: String, named: Int?, default fallback: Int) -> Int {
        if let value = text(name), let link = ServiceLink(value) {
            // A Unix socket has no port, so that one that Kubernetes sets is ignored.
            if host.hasPrefix("/") { return fallback }
            if link.isMeant(by: host, variable: name) { return named ?? link.port }
        }
        let port = integer(name, in: 1...65535, default: named ?? fallback)
        guard let named, named != port else { return port }
        fault(name, "is \(port), and the endpoint names port \(named); name the port once")
        return named
    }
}

extension RedisConfiguration.Endpoint {
    static let localRedis = Self.tcp(host: "127.0.0.1", port: 6379)
}

extension RedisConfiguration {
    /// A database with short timeouts, so that an outage and its end show within two seconds.
    static func prompt(_ endpoint: Endpoint) -> RedisConfiguration {
        RedisConfiguration(
            endpoint: endpoint,
            connectTimeout: .seconds(1),
            commandTimeout: .milliseconds(1500),
            backoff: RedisBackoff(maximum: .milliseconds(500))
        )
    }
}

/// The address of a Redis server in `REDIS_ENDPOINT`: the path of a Unix socket, or a host with or without a port.
struct RedisAddress: Equatable {
    /// The host without brackets, or the path.
    var host: String
    /// The port; nil where the endpoint has none.
    var port: Int?

    /// Why a text is no address, without the text, which may contain a password.
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
                problem: "is a URL, or has credentials; give a host's name or the path of a socket alone, and the "
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
