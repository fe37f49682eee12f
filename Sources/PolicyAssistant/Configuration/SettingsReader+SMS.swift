internal import FoundationEssentials
internal import SMS

/// The settings of text messages; without `SMS_PROVIDER` there are none.
///
/// | setting | value | default |
/// |---|---|---|
/// | `SMS_PROVIDER` | `twilio` or `telnyx` | none: no text messages |
/// | `SMS_NUMBERS` | the numbers of this service, separated by commas | all numbers of the account |
/// | `SMS_USERS` | `known` or `anyone` | `known` |
/// | `SMS_SEGMENTS` | 1 to 10 | 3 |
/// | `SMS_LIMIT_PER_HOUR` | 0 to 10,000 | 30 |
/// | `SMS_QUIET_HOURS` | such as `21:00-08:00` | none |
/// | `SMS_TIME_ZONE` | such as `Europe/Berlin` | UTC |
/// | `SMS_ERROR_TEXT` | a text | see ``SMSSettings/defaultErrorText`` |
/// | `SMS_REDACT` | true or false | false |
/// | `SMS_NUMBER_KEY` | a secret of at least 32 bytes | a random one in Redis |
/// | `SMS_RESOLUTION_SECONDS` | 1 to 600 | 30 |
/// | `SMS_SENDING_TIMEOUT_SECONDS` | 1 to 600 | 45 |
/// | `TWILIO_ACCOUNT_SID` | | required with `twilio` |
/// | `TWILIO_AUTH_TOKEN` | a secret | required without `TWILIO_SIGNING_KEYS` or `TWILIO_API_KEY` |
/// | `TWILIO_API_KEY`, `TWILIO_API_SECRET` | a secret | the account and its auth token |
/// | `TWILIO_SIGNING_KEYS` | `NAME:SECRET`, separated by commas | none |
/// | `TWILIO_BASE_URL` | | `https://api.twilio.com` |
/// | `TELNYX_API_KEY` | a secret | required with `telnyx` |
/// | `TELNYX_PUBLIC_KEY` | 32 bytes in base64 | required with `telnyx` |
/// | `TELNYX_BASE_URL` | | `https://api.telnyx.com` |
extension SettingsReader {
    /// Reads the settings of text messages; nil without a provider.
    ///
    /// - Parameter publicURL: The URL under which the provider reaches this server.
    /// - Returns: The settings.
    mutating func sms(behind publicURL: PublicURL?) -> SMSSettings? {
        guard let provider = text("SMS_PROVIDER") else { return nil }
        let credentials: SMSSettings.Provider
        switch provider {
        case "twilio": credentials = .twilio(twilio())
        case "telnyx": credentials = .telnyx(telnyx())
        default:
            fault("SMS_PROVIDER", "\(quoted(provider)) is not one of twilio, telnyx")
            return nil
        }
        if publicURL == nil {
            fault("PUBLIC_URL", "is needed with SMS_PROVIDER: the provider calls it, and signatures cover it")
        }
        var settings = SMSSettings(
            provider: credentials,
            numbers: numbers(),
            users: choice("SMS_USERS", default: .known),
            segments: integer("SMS_SEGMENTS", in: 1...10, default: 3),
            hourlyLimit: integer("SMS_LIMIT_PER_HOUR", in: 0...10_000, default: 30),
            quietHours: quietHours(),
            errorText: errorText(),
            redacts: boolean("SMS_REDACT", default: false),
            numberKey: numberKey()
        )
        settings.images = images()
        settings.resolutionTime = .seconds(integer("SMS_RESOLUTION_SECONDS", in: 1...600, default: 30))
        settings.sendingTime = .seconds(integer("SMS_SENDING_TIMEOUT_SECONDS", in: 1...600, default: 45))
        if settings.redacts, case .telnyx = credentials {
            fault("SMS_REDACT", "is not possible with telnyx, which has no call that deletes a text")
        }
        return settings
    }

    private mutating func twilio() -> Twilio.Configuration {
        let token = headerValue("TWILIO_AUTH_TOKEN", isSecret: true)
        let (key, secret) = (text("TWILIO_API_KEY"), headerValue("TWILIO_API_SECRET", isSecret: true))
        if (key == nil) != (secret == nil) {
            fault(
                key == nil ? "TWILIO_API_KEY" : "TWILIO_API_SECRET",
                "is needed: the key and its secret belong together"
            )
        }
        let signingKeys = signingKeys()
        if token == nil, signingKeys.isEmpty || key == nil {
            fault("TWILIO_AUTH_TOKEN", "is needed, unless both TWILIO_SIGNING_KEYS and TWILIO_API_KEY are set")
        }
        return Twilio.Configuration(
            account: required("TWILIO_ACCOUNT_SID"),
            authToken: token,
            apiKey: key.flatMap { key in secret.map { (key, $0) } },
            signingKeys: signingKeys,
            baseURL: baseURL("TWILIO_BASE_URL", default: Twilio.Configuration.defaultBaseURL)
        )
    }

    private mutating func telnyx() -> Telnyx.Configuration {
        let configuration = Telnyx.Configuration(
            apiKey: headerValue("TELNYX_API_KEY", isSecret: true) ?? "",
            publicKey: required("TELNYX_PUBLIC_KEY"),
            baseURL: baseURL("TELNYX_BASE_URL", default: Telnyx.Configuration.defaultBaseURL)
        )
        if configuration.apiKey.isEmpty { fault("TELNYX_API_KEY", "is needed with SMS_PROVIDER=telnyx") }
        if !configuration.publicKey.isEmpty, !configuration.hasValidPublicKey {
            fault("TELNYX_PUBLIC_KEY", "is not a public key of 32 bytes in base64, as the account's page shows it")
        }
        return configuration
    }

    private mutating func required(_ name: String) -> String {
        guard let text = headerValue(name) else {
            fault(name, "is needed with SMS_PROVIDER")
            return ""
        }
        return text
    }

    private mutating func baseURL(_ name: String, default fallback: String) -> String {
        guard let text = text(name) else { return fallback }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil else {
            fault(name, "\(quoted(text)) is not a URL such as \(fallback)")
            return fallback
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Reads `NAME:SECRET,NAME:SECRET`; during a rotation there are two.
    private mutating func signingKeys() -> [String: String] {
        let name = "TWILIO_SIGNING_KEYS"
        guard let text = headerValue(name, isSecret: true) else { return [:] }
        var keys: [String: String] = [:]
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, keys[String(parts[0])] == nil else {
                fault(name, "must be NAME:SECRET, or several with commas between them, each name once")
                return [:]
            }
            keys[String(parts[0])] = String(parts[1])
        }
        return keys
    }

    private mutating func numbers() -> [PhoneNumber] {
        (text("SMS_NUMBERS") ?? "").split { $0 == "," || $0 == " " }.compactMap { word in
            guard let number = PhoneNumber(word) else {
                fault("SMS_NUMBERS", "\(quoted(String(word))) is not a number such as +14155550123 or a short code")
                return nil
            }
            return number
        }
    }

    private mutating func quietHours() -> QuietHours? {
        guard let text = text("SMS_QUIET_HOURS") else { return nil }
        let name = self.text("SMS_TIME_ZONE") ?? "UTC"
        guard let zone = TimeZone(identifier: name) else {
            fault("SMS_TIME_ZONE", "\(quoted(name)) is not a time zone such as Europe/Berlin")
            return nil
        }
        guard let hours = QuietHours(text, in: zone) else {
            fault("SMS_QUIET_HOURS", "\(quoted(text)) is not a span of hours such as 21:00-08:00")
            return nil
        }
        return hours
    }

    private mutating func errorText() -> String {
        guard let text = text("SMS_ERROR_TEXT") else { return SMSSettings.defaultErrorText }
        if MessageSize(of: text).segments > 3 {
            fault("SMS_ERROR_TEXT", "must fit into three messages: 459 characters, or 201 beyond the alphabet of GSM")
        }
        return text
    }

    private mutating func numberKey() -> SigningSecret? {
        guard let text = text("SMS_NUMBER_KEY", isSecret: true) else { return nil }
        guard text.utf8.count >= SigningSecret.minimumBytes else {
            fault(
                "SMS_NUMBER_KEY",
                "must have at least \(SigningSecret.minimumBytes) bytes; openssl rand -hex 32 makes one"
            )
            return nil
        }
        return SigningSecret(text)
    }
}

extension SMSSettings {
    /// The text that a person gets whose message could not be answered, by default.
    public static let defaultErrorText =
        "Unfortunately we encountered an issue. Please try again. If this issue persists, please try again later."
}
