internal import Redis

extension PolicyAssistantError {
    /// Describes an error of Redis, without its address.
    init(_ error: RedisError) {
        self.init(.storeUnavailable, Self.message(for: error), retryAfter: .seconds(2), cause: error)
    }

    private static func message(for error: RedisError) -> String {
        switch error.code {
        case .hostNotFound: "The host name of Redis is not known. The operator has to check REDIS_ENDPOINT."
        case .certificateUntrusted:
            "The certificate of the Redis server is not trusted. The operator has to check REDIS_CA_FILE."
        case .tlsFailed: "No TLS connection to Redis could be made. The operator has to check the TLS settings."
        case .authenticationFailed: "Redis refused the user name or password."
        case .databaseNotFound:
            "The Redis server has no database of the configured number. The operator has to check REDIS_DATABASE."
        case .connectionFailed: "Redis cannot be reached. Try again shortly."
        case .connectionLost: "The connection to Redis was lost. Try again shortly."
        case .timedOut: "Redis did not answer in time. Try again shortly."
        case .readOnly: "Redis is a read-only replica at the moment. Try again shortly."
        case .notReady: notReady(error.serverCode)
        case .outOfMemory: "Redis has no memory left (maxmemory) and accepts no writes."
        case .cannotPersist: "Redis cannot save its data to disk and accepts no writes."
        case .notPermitted: notPermitted(error)
        case .clusterNotSupported: "The Redis server is part of a Redis Cluster, which is not supported."
        case .tooManyPending: "Too many commands are waiting for Redis. Try again shortly."
        case .server: "Redis answered with the error \(error.serverCode ?? "ERR")."
        default: "Redis cannot be used at the moment. Try again shortly."
        }
    }

    private static func notReady(_ serverCode: String?) -> String {
        switch serverCode {
        case "MASTERDOWN": "Redis is a replica that has lost its primary. Try again shortly."
        case "NOREPLICAS": "Redis accepts no writes, as too few replicas follow it. Try again shortly."
        case "CLUSTERDOWN": "The Redis Cluster is down; a Redis Cluster is not supported."
        default: "Redis is loading its data. Try again shortly."
        }
    }

    private static func notPermitted(_ error: RedisError) -> String {
        let what =
            error.deniedCommand.map { "the command \($0.uppercased())" }
            ?? (error.isAboutKey ? "a key that is needed" : "a command that is needed")
        return "Redis does not permit its user \(what). `policy-assistant doctor` names what is missing."
    }
}
