internal import Configuration
internal import FoundationEssentials
internal import OpenAI
internal import Redis
internal import SystemPackage

extension Settings {
    /// Reads the configuration: `overrides` win over `environment`, and that over the file.
    ///
    /// - Parameters:
    ///   - overrides: Values given on the command line, by their variables' names.
    ///   - environment: The process's environment.
    ///   - environmentFile: The path of a `.env` file, which may be absent.
    /// - Returns: Settings that hold no fault.
    /// - Throws: ``ConfigurationFaults`` with every fault found.
    public static func read(
        overrides: [String: String] = [:],
        environment: [String: String],
        environmentFile: String = ".env"
    ) async throws -> Settings {
        let file = try await EnvironmentVariablesProvider(
            environmentFilePath: FilePath(environmentFile),
            allowMissing: true
        )
        var reader = SettingsReader(
            config: ConfigReader(providers: [
                EnvironmentVariablesProvider(environmentVariables: overrides),
                EnvironmentVariablesProvider(environmentVariables: environment.filter { !$0.value.isEmpty }),
                file,
            ])
        )
        let settings = Settings(from: &reader)
        guard reader.faults.isEmpty else { throw ConfigurationFaults(faults: reader.faults) }
        return settings
    }

    private init(from reader: inout SettingsReader) {
        upstreamProtocol = reader.upstreamProtocol()
        upstream = reader.upstream()
        sharedThread = reader.text("THREAD_ID")
        previousAPIKey = reader.text("OPENAI_PREVIOUS_API_KEY", isSecret: true)
        assistantID = reader.text("ASSISTANT_ID")
        model = reader.text("OPENAI_MODEL") ?? "gpt-6-luna"
        reasoningEffort = reader.choice(
            "OPENAI_REASONING_EFFORT",
            of: ["none", "minimal", "low", "medium", "high", "xhigh", "max"],
            default: "none"
        )
        threadsDatabase = reader.redis(suffix: "", fallback: .prompt(.localRedis), database: 0)
        filesDatabase = reader.redis(suffix: "_FILES_DB", fallback: threadsDatabase, database: 1)
        host = reader.text("HOST") ?? "127.0.0.1"
        port = reader.integer("PORT", in: 0...65535, default: 8000)
        assetsDirectory = reader.existing("ASSETS_DIR", .directory, default: "assets/policies")
        instructionsFile = reader.existing("INSTRUCTIONS_FILE", .file, default: "assets/instructions.md")
        dataDirectory = reader.text("DATA_DIR") ?? ".data"
        maximumMessageCharacters = reader.integer("MAX_MESSAGE_CHARACTERS", in: 1...1_000_000, default: 4000)
        chatTimeout = .seconds(reader.integer("CHAT_TIMEOUT_SECONDS", in: 1...3600, default: 120))
        upstreamTimeout = .seconds(reader.integer("UPSTREAM_TIMEOUT_SECONDS", in: 1...3600, default: 60))
        maximumConcurrentTurns = reader.integer("MAX_CONCURRENT_TURNS", in: 1...100_000, default: 1000)
        shutdownGrace = .seconds(reader.integer("SHUTDOWN_GRACE_SECONDS", in: 0...3600, default: 30))
        authentication = reader.authentication()
        trustedProxies = reader.integer("TRUSTED_PROXIES", in: 0...10, default: 0)
        rateLimits = RateLimits(
            perUser: reader.integer("RATE_LIMIT_PER_MINUTE", in: 0...1_000_000, default: 60),
            total: reader.integer("RATE_LIMIT_TOTAL_PER_MINUTE", in: 0...1_000_000, default: 0)
        )
        maximumConnections = reader.integer("MAX_CONNECTIONS", in: 1...1_000_000, default: 10_000)
        callerTimeout = .seconds(reader.integer("CALLER_TIMEOUT_SECONDS", in: 1...600, default: 30))
        allowedOrigins = reader.allowedOrigins()
        docsDirectory = reader.text("DOCS_UI_DIR") ?? "\(dataDirectory)/swagger-ui"
        logLevel = reader.choice(
            "LOG_LEVEL",
            of: ["trace", "debug", "info", "notice", "warning", "error", "critical"],
            default: "info"
        )
        logFormat =
            LogFormat(
                rawValue: reader.choice("LOG_FORMAT", of: LogFormat.allCases.map(\.rawValue), default: "text")
            ) ?? .text
        checkProtocol(&reader)
        checkSharedThread(&reader)
        checkExposure(&reader)
        checkDatabases(&reader)
        warn(reader)
    }

    /// Where callers are not authenticated, nobody but this machine may call unless the operator says otherwise.
    private func checkExposure(_ reader: inout SettingsReader) {
        let isAllowed = reader.boolean("ALLOW_UNAUTHENTICATED", default: false)
        guard case .none = authentication, !isAllowed else { return }
        let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard !isLoopback else { return }
        reader.fault(
            "HOST",
            "“\(host)” opens the API to callers whom nothing authenticates; set AUTH_MODE, keep 127.0.0.1 behind a "
                + "proxy that does, or set ALLOW_UNAUTHENTICATED=true"
        )
    }

    /// Each database counts and clears its own keys, and the locks of both have names of one pattern.
    private func checkDatabases(_ reader: inout SettingsReader) {
        guard threadsDatabase.endpoint == filesDatabase.endpoint, threadsDatabase.database == filesDatabase.database
        else { return }
        reader.fault(
            "REDIS_DATABASE_FILES_DB",
            "is the database of the threads (REDIS_DATABASE, \(threadsDatabase.database)); "
                + "the documents need one of their own, for example \(threadsDatabase.database == 1 ? 2 : 1)"
        )
    }

    private mutating func warn(_ reader: SettingsReader) {
        if upstreamProtocol == .responses, reader.text("ASSISTANT_ID") != nil {
            warnings.append(
                "ASSISTANT_ID belongs to the assistants protocol and does nothing under OPENAI_API=responses"
            )
        }
        for name in reader.idleAuthenticationVariables(authentication) {
            warnings.append("\(name) does nothing under AUTH_MODE=\(authentication.mode)")
        }
    }
}

extension SettingsReader {
    enum Kind { case file, directory }

    mutating func existing(_ name: String, _ kind: Kind, default fallback: String) -> String {
        let path = text(name) ?? fallback
        var isDirectory = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        switch (kind, exists, isDirectory) {
        case (_, false, _): fault(name, "there is no \(kind) at “\(path)”")
        case (.file, true, true): fault(name, "“\(path)” is a directory; the path of a file is needed")
        case (.directory, true, false): fault(name, "“\(path)” is a file; the path of a directory is needed")
        case (.file, true, false), (.directory, true, true): break
        }
        return path
    }

    fileprivate mutating func upstreamProtocol() -> Settings.UpstreamProtocol {
        let names = Settings.UpstreamProtocol.allCases.map(\.rawValue)
        return Settings.UpstreamProtocol(rawValue: choice("OPENAI_API", of: names, default: "responses")) ?? .responses
    }

    fileprivate mutating func upstream() -> Settings.Upstream {
        guard let key = text("OPENAI_API_KEY", isSecret: true) else {
            if text("OPENAI_BASE_URL") != nil {
                fault("OPENAI_API_KEY", "is needed with OPENAI_BASE_URL; a server that asks for no key takes any value")
            }
            return .embedded
        }
        var configuration = OpenAIConfiguration(
            apiKey: key,
            organization: text("OPENAI_ORG_ID"),
            project: text("OPENAI_PROJECT_ID")
        )
        if let baseURL = text("OPENAI_BASE_URL") {
            configuration.baseURL = baseURL
            if (try? OpenAIBaseURL(baseURL)) == nil {
                fault("OPENAI_BASE_URL", "“\(baseURL)” is not a URL such as https://api.openai.com/v1")
            }
        }
        return .remote(configuration)
    }

    /// Reads one Redis database.
    ///
    /// Where it names no endpoint of its own, it is on the server of `fallback`.
    fileprivate mutating func redis(suffix: String, fallback: RedisConfiguration, database: Int) -> RedisConfiguration {
        var configuration = fallback
        var (host, port) = ("127.0.0.1", 6379)
        if let endpoint = text("REDIS_ENDPOINT\(suffix)") {
            configuration = .prompt(fallback.endpoint)
            host = endpoint
        } else if case .tcp(let fallbackHost, let fallbackPort) = fallback.endpoint {
            (host, port) = (fallbackHost, fallbackPort)
        } else if case .unixSocket(let path) = fallback.endpoint {
            host = path
        }
        configuration.database = integer("REDIS_DATABASE\(suffix)", in: 0...16383, default: database)
        port = integer("REDIS_PORT\(suffix)", in: 1...65535, default: port)
        configuration.endpoint = host.hasPrefix("/") ? .unixSocket(path: host) : .tcp(host: host, port: port)
        configuration.username = text("REDIS_USERNAME\(suffix)") ?? configuration.username
        configuration.password = text("REDIS_PASSWORD\(suffix)", isSecret: true) ?? configuration.password
        if boolean("REDIS_TLS\(suffix)", default: configuration.tls != nil) {
            configuration.tls = configuration.tls ?? RedisConfiguration.TLS()
        } else {
            configuration.tls = nil
        }
        return configuration
    }
}

extension RedisConfiguration.Endpoint {
    fileprivate static let localRedis = Self.tcp(host: "127.0.0.1", port: 6379)
}

extension RedisConfiguration {
    /// A database that has to answer promptly, so that callers hear of an outage within two seconds.
    fileprivate static func prompt(_ endpoint: Endpoint) -> RedisConfiguration {
        RedisConfiguration(endpoint: endpoint, connectTimeout: .seconds(1), commandTimeout: .milliseconds(1500))
    }
}
