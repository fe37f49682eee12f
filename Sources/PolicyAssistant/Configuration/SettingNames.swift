/// The names of the settings, and the part of the program that each belongs to.
enum SettingNames {
    /// The part that each setting belongs to; one that is not listed is checked for every command.
    static let parts: [String: Settings.Parts] = {
        let names: [(Settings.Parts, [String])] = [
            (
                .upstream,
                [
                    "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_API",
                    "OPENAI_MODEL", "OPENAI_REASONING_EFFORT", "OPENAI_PREVIOUS_API_KEY", "ASSISTANT_ID", "THREAD_ID",
                    "DATA_DIR", "MAX_MESSAGE_CHARACTERS", "CHAT_TIMEOUT_SECONDS", "UPSTREAM_TIMEOUT_SECONDS",
                    "MAX_CONCURRENT_TURNS", "ENCODER_MODEL_DIR",
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
                .server,
                [
                    "HOST", "PORT", "AUTH_MODE", "ALLOW_UNAUTHENTICATED", "AUTH_JWT_SECRET", "AUTH_JWKS_URL",
                    "AUTH_JWKS_FILE", "AUTH_USERS", "AUTH_COOKIE_SECURE", "AUTH_ISSUER", "AUTH_AUDIENCE",
                    "TRUSTED_PROXIES", "CORS_ALLOWED_ORIGINS", "DOCS_UI_DIR", "RATE_LIMIT_PER_MINUTE",
                    "RATE_LIMIT_TOTAL_PER_MINUTE", "MAX_CONNECTIONS", "CALLER_TIMEOUT_SECONDS",
                    "SHUTDOWN_GRACE_SECONDS",
                ]
            ),
            (
                .everyCommand,
                ["TLS_CA_FILE", "PUBLIC_URL", "ALLOWED_HOSTS", "OCR_LANGUAGES", "LOG_LEVEL", "LOG_FORMAT"]
            ),
        ]
        return Dictionary(uniqueKeysWithValues: names.flatMap { part, names in names.map { ($0, part) } })
    }()

    /// The beginnings by which a name in the environment, where other programs have variables too, counts as ours.
    private static let prefixes = ["AUTH_", "OPENAI_", "REDIS_", "ENGINE_", "RATE_LIMIT_", "CORS_", "TRUSTED_"]

    /// What other programs call settings that have another name here.
    private static let synonyms = [
        "REDIS_HOST": "REDIS_ENDPOINT", "REDIS_URL": "REDIS_ENDPOINT", "REDIS_DB": "REDIS_DATABASE",
        "REDIS_USER": "REDIS_USERNAME", "OPENAI_API_BASE": "OPENAI_BASE_URL", "OPENAI_ORGANIZATION": "OPENAI_ORG_ID",
        "OPENAI_PROJECT": "OPENAI_PROJECT_ID",
    ]

    /// Returns the setting that other programs call by this name.
    static func synonym(of name: String) -> String? { synonyms[name] }

    /// Whether a variable of the environment is most likely meant for this program.
    static func hasOwnPrefix(_ name: String) -> Bool { prefixes.contains { name.hasPrefix($0) } }

    /// Returns the setting that a name was most likely meant to be; nil for a setting, and for a name unlike all.
    ///
    /// A name is close when one letter is wrong, missing, one too many, or changed places with its neighbour; in a name of
    /// more than eight letters two may be. Lower case and `-` count as no difference.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - known: All settings there are.
    /// - Returns: The setting's name.
    static func nearest(to name: String, among known: Set<String>) -> String? {
        guard !known.contains(name), synonyms[name] == nil else { return nil }
        let plain = name.uppercased().replacing("-", with: "_")
        if known.contains(plain) { return plain }
        // OPENAI_API_KEY_2 is a value laid aside, not a slip.
        let digits = plain.reversed().prefix(while: \.isNumber).count
        let stem = plain.dropLast(digits)
        guard digits == 0 || !known.contains(String(stem.hasSuffix("_") ? stem.dropLast() : stem)) else { return nil }
        let distances = known.map { (name: $0, distance: EditDistance.between(plain, $0)) }
        guard let nearest = distances.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        return nearest.distance <= (nearest.name.utf8.count > 8 ? 2 : 1) ? nearest.name : nil
    }
}
