/// The names of the settings, and the part of the program that each belongs to.
enum SettingNames {
    /// The part that each setting belongs to; one that is not listed is checked for every command.
    static let parts: [String: Settings.Parts] = {
        let names: [(Settings.Parts, [String])] = [
            (
                .upstream,
                [
                    "OPENAI_API_KEY", "OPENAI_API_KEY_HEADER", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID",
                    "OPENAI_API", "OPENAI_MODEL", "OPENAI_REASONING_EFFORT", "OPENAI_MODELS", "ROLE_NAME", "ROLE_TEXT",
                    "OPENAI_PREVIOUS_API_KEY", "ASSISTANT_ID",
                    "THREAD_ID", "DATA_DIR", "MAX_MESSAGE_CHARACTERS", "CHAT_TIMEOUT_SECONDS",
                    "UPSTREAM_TIMEOUT_SECONDS", "MAX_CONCURRENT_TURNS", "ENCODER_MODEL_DIR",
                ]
            ),
            (
                .redis,
                ["", "_FILES_DB"].flatMap { suffix in
                    [
                        "ENDPOINT", "PORT", "USERNAME", "PASSWORD", "DATABASE", "TLS", "CA_FILE", "CLIENT_CERT_FILE",
                        "CLIENT_KEY_FILE",
                    ].map { "REDIS_\($0)\(suffix)" }
                }
            ),
            (.documents, ["ASSETS_DIR"]),
            (.instructions, ["INSTRUCTIONS_FILE"]),
            (.engine, ["ENGINE_API_KEY"]),
            (
                [.upstream, .engine],
                [
                    "ENGINE_MODEL_URL", "ENGINE_MODEL", "ENGINE_MODEL_API_KEY", "ENGINE_MODEL_CONCURRENCY",
                    "ENGINE_MODEL_CONTEXT_TOKENS", "ENGINE_MODEL_FIRST_TOKEN_SECONDS", "ENGINE_MODEL_TIMEOUT_SECONDS",
                ]
            ),
            (
                .server,
                [
                    "HOST", "PORT", "AUTH_MODE", "ALLOW_UNAUTHENTICATED", "AUTH_JWT_SECRET", "AUTH_JWKS_URL",
                    "AUTH_JWKS_FILE", "AUTH_USERS", "AUTH_COOKIE_SECURE", "AUTH_ISSUER", "AUTH_AUDIENCE",
                    "TRUSTED_PROXIES", "CORS_ALLOWED_ORIGINS", "DOCS_UI_DIR", "RATE_LIMIT_PER_MINUTE",
                    "RATE_LIMIT_TOTAL_PER_MINUTE", "MAX_CONNECTIONS", "CALLER_TIMEOUT_SECONDS",
                    "SHUTDOWN_GRACE_SECONDS", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_SCOPES",
                    "OIDC_USER_CLAIM", "OIDC_GROUPS_CLAIM", "OIDC_ADMIN_GROUP", "OIDC_AUDIENCE", "AUTH_PROXY_SECRET",
                    "AUTH_PROXY_USER_HEADER", "AUTH_PROXY_GROUPS_HEADER", "AUTH_PROXY_ADMIN_GROUP",
                    "AUTH_PROXY_SIGN_OUT_URL",
                ]
            ),
            (
                .channels,
                [
                    "SMS_PROVIDER", "SMS_NUMBERS", "SMS_USERS", "SMS_SEGMENTS", "SMS_LIMIT_PER_HOUR", "SMS_QUIET_HOURS",
                    "SMS_TIME_ZONE", "SMS_ERROR_TEXT", "SMS_REDACT", "SMS_NUMBER_KEY", "TWILIO_ACCOUNT_SID",
                    "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_SIGNING_KEYS",
                    "TWILIO_BASE_URL",
                    "TELNYX_API_KEY", "TELNYX_PUBLIC_KEY", "TELNYX_BASE_URL", "WORKERS", "QUEUE_LEASE_SECONDS",
                    "SMS_RESOLUTION_SECONDS",
                    "SMS_SENDING_TIMEOUT_SECONDS", "SMS_IMAGE_MODEL", "SMS_IMAGE_SIZE", "SMS_IMAGE_TIMEOUT_SECONDS",
                    "SMS_IMAGE_MARKS",
                ]
            ),
            (
                [.server, .channels],
                [
                    "VOICE", "VOICE_SPEAKING", "VOICE_HEARING", "VOICE_LANGUAGES", "VOICE_NAMES", "VOICE_INSTRUCTIONS",
                    "VOICE_BASE_URL", "VOICE_API_KEY", "VOICE_SPEAKING_MODEL", "VOICE_HEARING_MODEL",
                    "VOICE_POLLY_ENGINE", "VOICE_POLLY_URL", "VOICE_TRANSCRIBE_URL", "AWS_REGION", "WHISPER_MODEL_DIR",
                ]
            ),
            (
                .everyCommand,
                ["TLS_CA_FILE", "PUBLIC_URL", "ALLOWED_HOSTS", "OCR_LANGUAGES", "LOG_LEVEL", "LOG_FORMAT"]
            ),
        ]
        return Dictionary(uniqueKeysWithValues: names.flatMap { part, names in names.map { ($0, part) } })
    }()

    /// The prefixes of variables in the environment that are most likely meant for this program.
    private static let prefixes = [
        "AUTH_", "OIDC_", "OPENAI_", "REDIS_", "ENGINE_", "RATE_LIMIT_", "CORS_", "TRUSTED_",
        "SMS_", "VOICE_",
    ]

    /// The names that other programs have for settings of this one.
    private static let synonyms = [
        "REDIS_HOST": "REDIS_ENDPOINT", "REDIS_URL": "REDIS_ENDPOINT", "REDIS_DB": "REDIS_DATABASE",
        "REDIS_USER": "REDIS_USERNAME", "OPENAI_API_BASE": "OPENAI_BASE_URL", "OPENAI_ORGANIZATION": "OPENAI_ORG_ID",
        "OPENAI_PROJECT": "OPENAI_PROJECT_ID",
    ]

    /// The setting for which other programs have this name.
    static func synonym(of name: String) -> String? { synonyms[name] }

    /// Whether a variable of the environment is most likely meant for this program.
    static func hasOwnPrefix(_ name: String) -> Bool { prefixes.contains { name.hasPrefix($0) } }

    /// Returns the setting of which a name is most likely a misspelling.
    ///
    /// A misspelling differs in one letter, or in two in a name of more than eight letters: a letter is wrong, missing,
    /// added, or swapped with its neighbour. Lower case and `-` are no difference.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - known: The names of all settings.
    /// - Returns: The setting's name; nil for the name of a setting, and for one unlike all.
    static func nearest(to name: String, among known: Set<String>) -> String? {
        guard !known.contains(name), synonyms[name] == nil else { return nil }
        let plain = name.uppercased().replacing("-", with: "_")
        if known.contains(plain) { return plain }
        // A name such as OPENAI_API_KEY_2 keeps another value, and is no misspelling.
        let digits = plain.reversed().prefix(while: \.isNumber).count
        let stem = plain.dropLast(digits)
        guard digits == 0 || !known.contains(String(stem.hasSuffix("_") ? stem.dropLast() : stem)) else { return nil }
        let distances = known.map { (name: $0, distance: EditDistance.between(plain, $0)) }
        guard let nearest = distances.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        return nearest.distance <= (nearest.name.utf8.count > 8 ? 2 : 1) ? nearest.name : nil
    }
}

extension Settings {
    /// The parts of the program that have settings; a command fails only for faults in the settings of the parts that it
    /// uses.
    public struct Parts: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int

        /// Creates a set from bits.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// What every command uses: the log.
        static let everyCommand = Parts(rawValue: 1 << 0)
        /// Both Redis databases.
        public static let redis = Parts(rawValue: 1 << 1)
        /// The upstream: the server, or the embedded engine and its data, and the bounds of a question.
        public static let upstream = Parts(rawValue: 1 << 2)
        /// The folder of documents.
        public static let documents = Parts(rawValue: 1 << 3)
        /// The assistant's instructions.
        public static let instructions = Parts(rawValue: 1 << 4)
        /// The HTTP API and who may call it.
        public static let server = Parts(rawValue: 1 << 5)
        /// The embedded engine as a server of other programs.
        public static let engine = Parts(rawValue: 1 << 6)
        /// The channels other than the page, such as text messages.
        public static let channels = Parts(rawValue: 1 << 7)
        /// All parts.
        public static let all: Parts = [.redis, .upstream, .documents, .instructions, .server, .engine, .channels]
    }
}

extension SettingsReader {
    /// Reports the lines of a `.env` file that cannot be read, and misspelled names of settings.
    ///
    /// A misspelled name is a fault in the file, and a warning in the environment, where it also needs a prefix of this
    /// program's settings.
    ///
    /// - Parameters:
    ///   - file: The file's content.
    ///   - path: The file's path, as faults name it.
    ///   - environment: The environment.
    mutating func checkNames(of file: EnvironmentFile, at path: String, environment: [String: String]) {
        for line in file.faults {
            fault(line.line.map { "\(path), line \($0)" } ?? path, line.problem)
        }
        let known = Set(SettingNames.parts.keys)
        for entry in file.entries {
            if let setting = SettingNames.nearest(to: entry.name, among: known) {
                fault(entry.name, "in \(path), line \(entry.line), is not a setting; \(setting) is")
            } else if let setting = SettingNames.synonym(of: entry.name), text(setting, isSecret: true) == nil {
                warn("\(entry.name) in \(path), line \(entry.line), is not a setting; \(setting) is")
            }
        }
        for name in environment.keys.sorted() where SettingNames.hasOwnPrefix(name) {
            guard let setting = SettingNames.nearest(to: name, among: known) else { continue }
            warn("\(name) in the environment is not a setting; was \(setting) meant?")
        }
    }
}

/// The edit distance of two names.
enum EditDistance {
    /// The number of letters to insert, delete, replace or swap with their neighbours, each at most once, to turn one name
    /// into the other (optimal string alignment).
    static func between(_ first: String, _ second: String) -> Int {
        let (first, second) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for (row, letter) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                var distance = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
                    distance = min(distance, beforeLast[column - 1] + 1)
                }
                current.append(distance)
            }
            (beforeLast, last) = (last, current)
        }
        return last[second.count]
    }
}
