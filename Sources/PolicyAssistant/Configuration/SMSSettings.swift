public import FoundationEssentials
public import HTTPClient
public import SMS

/// The settings of text messages.
public struct SMSSettings: Sendable {
    /// The provider with its credentials.
    public enum Provider: Sendable {
        /// Twilio.
        case twilio(Twilio.Configuration)
        /// Telnyx.
        case telnyx(Telnyx.Configuration)
    }

    /// Who may ask by text message.
    public enum Users: String, Sendable, CaseIterable {
        /// Everybody; a number that belongs to no user has a thread of its own.
        case anyone
        /// The users whose numbers are known.
        case known
    }

    /// The provider with its credentials.
    public var provider: Provider
    /// The numbers of this service; empty for all numbers of the account.
    public var numbers: [PhoneNumber]
    /// Who may ask.
    public var users: Users
    /// The maximum number of messages of an answer.
    public var segments: Int
    /// The number of texts that a number may send in an hour; 0 for no limit.
    public var hourlyLimit: Int
    /// When nothing is sent; nil for no such time.
    public var quietHours: QuietHours?
    /// What a person gets whose text could not be answered; ``defaultErrorText`` is said in German to who writes it.
    public var errorText: String
    /// Whether texts are deleted at the provider once the answer has been delivered.
    public var redacts: Bool
    /// How long it may take until the provider reports a message whose response was lost, before it is looked for.
    public var resolutionTime = Duration.seconds(30)
    /// The images that go with answers; nil for none.
    public var images: ImageSettings?
    /// The longest time of an attempt to send, which includes the provider's response.
    public var sendingTime = Duration.seconds(45)
    /// The secret from which the pseudonyms of numbers are made; nil for a random one in Redis.
    public var numberKey: SigningSecret?

    /// Creates the provider.
    ///
    /// - Parameter http: Performs its calls.
    /// - Returns: The provider.
    public func makeProvider(http: HTTPClient) -> any SMSProvider {
        switch provider {
        case .twilio(let configuration): Twilio(configuration, http: http)
        case .telnyx(let configuration): Telnyx(configuration, http: http)
        }
    }

    /// The number that people are told to text; nil if none is set.
    public var number: PhoneNumber? { numbers.first }
}

/// The hours of a day in which nothing is sent.
public struct QuietHours: Sendable, Hashable {
    /// The minute of the day at which they begin.
    public var start: Int
    /// The minute of the day at which they end; earlier than ``start`` if they last over midnight.
    public var end: Int
    /// The time zone.
    public var timeZone: TimeZone

    /// Reads hours such as `21:00-08:00`; nil for another text, and for hours without length.
    init?(_ text: String, in timeZone: TimeZone) {
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard bounds.count == 2, let start = bounds[0], let end = bounds[1], start != end else { return nil }
        self.start = start
        self.end = end
        self.timeZone = timeZone
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]),
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// Returns how long it takes until they are over; nil outside of them.
    func rest(at time: Date) -> Duration? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.hour, .minute, .second], from: time)
        let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        let isQuiet = start < end ? (start..<end).contains(minute) : minute >= start || minute < end
        guard isQuiet else { return nil }
        let minutes = (end - minute + 24 * 60) % (24 * 60)
        return .seconds(minutes * 60 - (parts.second ?? 0))
    }
}
