internal import Configuration
internal import FoundationEssentials
internal import Logging
internal import OpenAI
internal import Redis

extension Settings {
    /// Reads the configuration: `overrides` take precedence over `environment`, and that over the file.
    ///
    /// - Parameters:
    ///   - overrides: Values of the command line, by their variables' names.
    ///   - environment: The process's environment.
    ///   - environmentFile: The path of a `.env` file; see ``EnvironmentFile`` for what it may hold.
    ///   - isFileRequired: Whether a missing file is a fault.
    ///   - programFolder: The program's folder, in which a sentence encoder may be; nil to look in the data's folder only.
    ///   - parts: The parts that use the settings; faults in the settings of other parts are ignored.
    /// - Returns: Settings without a fault in those parts.
    /// - Throws: ``ConfigurationFaults`` with all faults.
    public static func read(
        overrides: [String: String] = [:],
        environment: [String: String],
        environmentFile: String = ".env",
        isFileRequired: Bool = false,
        programFolder: String? = nil,
        for parts: Parts = .all
    ) async throws -> Settings {
        let file = EnvironmentFile(at: environmentFile, isRequired: isFileRequired)
        let fileValues = file.values
        let environmentValues = environment.mapValues(\.asEnvironmentValue).filter { name, value in
            // Variables that Kubernetes sets do not take precedence over the file.
            !value.isEmpty && (ServiceLink(value) == nil || fileValues[name, default: ""].isEmpty)
        }
        var reader = SettingsReader(
            config: ConfigReader(providers: [
                EnvironmentVariablesProvider(environmentVariables: overrides),
                EnvironmentVariablesProvider(environmentVariables: environmentValues),
                EnvironmentVariablesProvider(environmentVariables: fileValues),
            ])
        )
        reader.checkNames(of: file, at: environmentFile, environment: environmentValues)
        var settings = Settings(from: &reader, programFolder: programFolder)
        settings.warnings = reader.warnings + settings.warnings
        let wanted = parts.union(.everyCommand)
        let faults = reader.faults.filter { !(SettingNames.parts[$0.name] ?? .everyCommand).isDisjoint(with: wanted) }
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
        return settings
    }

    private init(from reader: inout SettingsReader, programFolder: String?) {
        upstreamProtocol = reader.choice("OPENAI_API", default: .responses)
        upstream = reader.upstream()
        sharedThread = reader.text("THREAD_ID")
        previousAPIKey = reader.headerValue("OPENAI_PREVIOUS_API_KEY", isSecret: true)
        assistantID = reader.text("ASSISTANT_ID")
        model = reader.text("OPENAI_MODEL") ?? "gpt-6-luna"
        reasoningEffort = reader.choice("OPENAI_REASONING_EFFORT", default: .none)
        let trust = reader.trustedCertificates()
        (trustRootsFile, trustRootsDirectories) = (trust.file, trust.directories)
        threadsDatabase = reader.redis(suffix: "", fallback: .prompt(.localRedis), database: 0, trust)
        filesDatabase = reader.redis(suffix: "_FILES_DB", fallback: threadsDatabase, database: 1, trust)
        threadsDatabase.writeProbe = .init(key: DatabaseUse.threads.probe.name)
        filesDatabase.writeProbe = .init(key: DatabaseUse.files.probe.name)
        host = reader.host("HOST", default: "127.0.0.1")
        port = reader.integer("PORT", in: 0...65535, default: 8000)
        publicURL = reader.publicURL()
        allowedHosts = reader.allowedHosts()
        assetsDirectory = reader.existing("ASSETS_DIR", .directory, default: "assets/policies")
        instructionsFile = reader.instructionsFile()
        dataDirectory = reader.text("DATA_DIR") ?? ".data"
        engineAPIKey = reader.headerValue("ENGINE_API_KEY", isSecret: true)
        encoderDirectory = reader.encoderDirectory(in: [dataDirectory, programFolder].compactMap(\.self))
        ocrLanguages = reader.ocrLanguages()
        maximumMessageCharacters = reader.integer("MAX_MESSAGE_CHARACTERS", in: 1...1_000_000, default: 4000)
        chatTimeout = .seconds(reader.integer("CHAT_TIMEOUT_SECONDS", in: 1...3600, default: 120))
        upstreamTimeout = .seconds(reader.integer("UPSTREAM_TIMEOUT_SECONDS", in: 1...3600, default: 60))
        maximumConcurrentTurns = reader.integer("MAX_CONCURRENT_TURNS", in: 1...100_000, default: 1000)
        shutdownGrace = .seconds(reader.integer("SHUTDOWN_GRACE_SECONDS", in: 0...3600, default: 30))
        trustedProxies = reader.trustedProxies()
        authentication = reader.authentication(behind: publicURL, trustedProxies)
        rateLimits = RateLimits(
            perUser: reader.integer("RATE_LIMIT_PER_MINUTE", in: 0...1_000_000, default: 60),
            total: reader.integer("RATE_LIMIT_TOTAL_PER_MINUTE", in: 0...1_000_000, default: 0)
        )
        maximumConnections = reader.integer("MAX_CONNECTIONS", in: 1...1_000_000, default: 10_000)
        callerTimeout = .seconds(reader.integer("CALLER_TIMEOUT_SECONDS", in: 1...600, default: 30))
        allowedOrigins = reader.allowedOrigins()
        docsDirectory = reader.text("DOCS_UI_DIR") ?? "\(dataDirectory)/swagger-ui"
        sms = reader.sms(behind: publicURL)
        workers = reader.integer("WORKERS", in: 0...64, default: 4)
        voice = reader.voice(dataDirectory: dataDirectory)
        queueLease = .seconds(reader.integer("QUEUE_LEASE_SECONDS", in: 1...600, default: 30))
        logLevel = reader.choice("LOG_LEVEL", default: .info)
        logFormat = reader.choice("LOG_FORMAT", default: .text)
        engineModel = reader.engineModel(within: isEmbedded ? upstreamTimeout : nil)
        let models = reader.offeredModels(besides: model, over: upstreamProtocol)
        offeredModels = isEmbedded ? [OfferedModel(name: answerAuthor)] : models
        standardRole = reader.standardRole()
        checkProtocol(&reader)
        checkSharedThread(&reader)
        checkExposure(&reader)
        warn(reader)
    }

    private var isEmbedded: Bool {
        if case .embedded = upstream { true } else { false }
    }

    /// Without authentication, only this machine may call unless the operator allows others.
    private func checkExposure(_ reader: inout SettingsReader) {
        let isAllowed = reader.boolean("ALLOW_UNAUTHENTICATED", default: false)
        guard case .none = authentication, !isAllowed else { return }
        guard !HostName.isLoopback(host) else { return }
        reader.fault(
            "HOST",
            "“\(host)” opens the API to callers whom nothing authenticates; set AUTH_MODE, keep 127.0.0.1 behind a "
                + "proxy that does, or set ALLOW_UNAUTHENTICATED=true"
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
        case (_, false, _): fault(name, "there is no \(kind) at \(quotedPath(path)); set \(name) to one")
        case (.file, true, true): fault(name, "\(quotedPath(path)) is a directory; the path of a file is needed")
        case (.directory, true, false): fault(name, "\(quotedPath(path)) is a file; the path of a directory is needed")
        case (.file, true, false), (.directory, true, true): break
        }
        return path
    }

    /// Returns the folder of the sentence encoder; nil where none is set and none is in the usual folders.
    fileprivate mutating func encoderDirectory(in folders: [String]) -> String? {
        let name = "ENCODER_MODEL_DIR"
        guard text(name) == nil else { return existing(name, .directory, default: "") }
        return folders.map { "\($0)/sentence-encoder" }.first { folder in
            FileManager.default.fileExists(atPath: "\(folder)/model.safetensors")
        }
    }

    /// Returns the languages of scans; nil where none are set.
    fileprivate mutating func ocrLanguages() -> String? {
        let name = "OCR_LANGUAGES"
        guard let text = text(name) else { return nil }
        let languages = text.split(separator: "+", omittingEmptySubsequences: false)
        let isValid = languages.allSatisfy { language in
            !language.isEmpty && language.utf8.count <= 40
                && language.utf8.allSatisfy {
                    UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || $0 == UInt8(ascii: "_")
                }
        }
        guard isValid else {
            fault(name, "\(quoted(text)) is not a list of tesseract's languages such as deu+eng")
            return nil
        }
        return text
    }

    /// Returns the file of the instructions; nil for the built-in ones.
    fileprivate mutating func instructionsFile() -> String? {
        let usual = "assets/instructions.md"
        guard let path = text("INSTRUCTIONS_FILE") ?? (FileManager.default.fileExists(atPath: usual) ? usual : nil)
        else { return nil }
        do throws(TextFile.Failure) {
            _ = try TextFile.text(at: path)
        } catch {
            fault("INSTRUCTIONS_FILE", "\(quotedPath(path)) \(error.problem)")
        }
        return path
    }

    fileprivate mutating func upstream() -> Settings.Upstream {
        guard text("OPENAI_API_KEY", isSecret: true) != nil else {
            if text("OPENAI_BASE_URL") != nil {
                fault("OPENAI_API_KEY", "is needed with OPENAI_BASE_URL; a server that asks for no key takes any value")
            }
            return .embedded
        }
        var configuration = OpenAIConfiguration(
            apiKey: headerValue("OPENAI_API_KEY", isSecret: true) ?? "",
            apiKeyHeader: headerName("OPENAI_API_KEY_HEADER"),
            organization: headerValue("OPENAI_ORG_ID"),
            project: headerValue("OPENAI_PROJECT_ID")
        )
        if let baseURL = text("OPENAI_BASE_URL") {
            do throws(OpenAIError) {
                _ = try OpenAIBaseURL(baseURL)
                configuration.baseURL = baseURL
            } catch {
                fault("OPENAI_BASE_URL", "is not a URL such as https://api.openai.com/v1: \(error.message)")
            }
        }
        return .remote(configuration)
    }
}

/// The agreement of the settings of the upstream.
extension Settings {
    /// OpenAI no longer has the assistants protocol; other servers do.
    func checkProtocol(_ reader: inout SettingsReader) {
        guard upstreamProtocol == .assistants, case .remote(let configuration) = upstream,
            let url = try? OpenAIBaseURL(configuration.baseURL), Self.isOpenAI(url.host)
        else { return }
        reader.fault(
            "OPENAI_API",
            "OpenAI shut the assistants protocol down on 2026-08-26; set OPENAI_API=responses, "
                + "or OPENAI_BASE_URL to a server that still has it"
        )
    }

    /// A thread belongs to the protocol that the prefix of its ID names.
    func checkSharedThread(_ reader: inout SettingsReader) {
        let (own, foreign) = upstreamProtocol == .responses ? ("conv_", "thread_") : ("thread_", "conv_")
        guard let sharedThread, sharedThread.hasPrefix(foreign) else { return }
        reader.fault(
            "THREAD_ID",
            "“\(sharedThread)” is of another protocol; OPENAI_API=\(upstreamProtocol) has threads such as \(own)abc123"
        )
    }

    /// Whether the upstream is OpenAI itself.
    var isAtOpenAI: Bool {
        guard case .remote(let configuration) = upstream else { return false }
        return (try? OpenAIBaseURL(configuration.baseURL)).map { Self.isOpenAI($0.host) } ?? false
    }

    /// Whether a host is OpenAI's own, in any region.
    private static func isOpenAI(_ host: String) -> Bool {
        let name = host.hasSuffix(".") ? host.dropLast() : host[...]
        return name == "api.openai.com" || name.hasSuffix(".api.openai.com")
    }
}
