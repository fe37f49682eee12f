internal import Redis

extension Diagnosis {
    /// Checks both Redis databases: reading, writing, and each command and key that the product uses.
    func databases() async -> [Finding] {
        [
            await database("threads database", assistant.threads.redis, .threads, suffix: "") { [assistant] in
                let count = try await assistant.threads.count()
                return "\(count) thread\(count == 1 ? "" : "s")"
            },
            await database("files database", assistant.files.redis, .files, suffix: "_FILES_DB") { [assistant] in
                let count = try await assistant.files.documents().count
                return "\(count) document\(count == 1 ? "" : "s") tracked"
            },
        ]
    }

    private func database(
        _ subject: String,
        _ redis: RedisClient,
        _ use: DatabaseUse,
        suffix: String,
        _ look: () async throws -> String
    ) async -> Finding {
        let settings = assistant.settings
        let configuration = suffix.isEmpty ? settings.threadsDatabase : settings.filesDatabase
        let place = "\(configuration.endpoint), database \(configuration.database)"
        do {
            let missing = try await use.missingPermissions(of: redis)
            guard missing.isEmpty else {
                let user = configuration.username ?? "default"
                let text =
                    "\(place): the Redis user \(user) lacks permissions: \(missing.joined(separator: " ")); "
                    + "docs/OPERATIONS.md has the whole line to copy"
                return Finding(level: .fault, subject: subject, text: text)
            }
            return Finding(level: .good, subject: subject, text: "\(place): \(try await look())")
        } catch {
            let cause = (error as? PolicyAssistantError)?.cause as? RedisError
            let text = cause.map { Self.finding($0, configuration, suffix) } ?? "\(error)"
            return Finding(level: .fault, subject: subject, text: "\(place): \(text)")
        }
    }

    /// What is wrong with a database, and what to do.
    private static func finding(
        _ error: RedisError,
        _ configuration: RedisConfiguration,
        _ suffix: String
    ) -> String {
        switch error.code {
        case .hostNotFound: "the host name is not known; check REDIS_ENDPOINT\(suffix)"
        case .certificateUntrusted:
            "\(error.message); set REDIS_CA_FILE\(suffix) to the certificate of the authority that signed it, and "
                + "REDIS_ENDPOINT\(suffix) to the name that it is made out to"
        case .tlsFailed:
            "no TLS connection: \(error.message); check REDIS_TLS\(suffix), and REDIS_CLIENT_CERT_FILE\(suffix) where the "
                + "server asks for a certificate"
        case .authenticationFailed:
            "the user name or password is refused; check REDIS_USERNAME\(suffix) and REDIS_PASSWORD\(suffix)"
        case .databaseNotFound:
            "the server has no database \(configuration.database) (\(error.message)); set REDIS_DATABASE\(suffix) to one "
                + "that it has; both may be database 0"
        case .readOnly:
            "a read-only replica; set REDIS_ENDPOINT\(suffix) to the primary, or to a name that follows it"
        case .notReady: "not ready: \(error.serverCode ?? "") \(error.message)"
        case .outOfMemory:
            "no memory left, so that nothing can be written (OOM); raise maxmemory, or delete what is not needed"
        case .cannotPersist:
            "its data cannot be saved to disk, so that nothing can be written (MISCONF); look into the server's log, and "
                + "check the space and the permissions of its folder"
        case .notPermitted: "the Redis user lacks a permission: \(error.message)"
        case .clusterNotSupported: "a Redis Cluster, which is not supported; use a standalone server"
        case .connectionFailed, .connectionLost, .timedOut:
            "no answer (\(error.message)); start Redis there, or set REDIS_ENDPOINT\(suffix) and REDIS_PORT\(suffix)"
        default: "\(error)"
        }
    }
}
