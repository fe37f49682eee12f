internal import AWS
internal import HTTPClient
internal import PolicyAssistant

extension AWSClient {
    /// Creates a client of the region and with the credentials that the settings name.
    ///
    /// - Throws: ``AWSError`` if the settings name no source of credentials, or no region.
    init(_ settings: VoiceSettings.AWS, http: HTTPClient) throws(AWSError) {
        let configuration = AWSConfiguration(
            region: settings.region ?? "",
            credentials: try AWSCredentialsProvider(environment: settings.environment),
            pollyURL: settings.pollyURL,
            transcribeURL: settings.transcribeURL,
            userAgent: "policy-assistant/\(Version.current)"
        )
        try self.init(configuration: configuration, http: http)
    }
}

extension PollySpeechRequest.Engine {
    /// The engine that the settings name.
    init(_ settings: VoiceSettings.AWS) {
        self = Self(rawValue: settings.pollyEngine) ?? .neural
    }
}
