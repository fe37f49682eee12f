/// The settings of images that go with answers by text message.
public struct ImageSettings: Sendable, Hashable {
    /// The model that makes images.
    public var model: String
    /// The width and the height in pixels, such as `1024x1024`.
    public var size: String
    /// The longest time that an image takes.
    public var timeout: Duration
    /// The mark before the description of an image in an answer.
    public var openingMark: String
    /// The mark after it.
    public var closingMark: String

    /// The largest image that is sent; carriers shrink or refuse larger ones.
    static let maximumBytes = 600_000
    /// The quality of the JPEG.
    static let compression = 70
    /// The number of answers after one with an image that have none.
    static let cooldown = 3
}

extension SettingsReader {
    /// Reads the settings of images; nil without a model.
    ///
    /// | setting | value | default |
    /// |---|---|---|
    /// | `SMS_IMAGE_MODEL` | the name of a model at the upstream | none: no images |
    /// | `SMS_IMAGE_SIZE` | `WIDTHxHEIGHT`, multiples of 16, one at most three times the other | `1024x1024` |
    /// | `SMS_IMAGE_TIMEOUT_SECONDS` | 10 to 600 | 180 |
    /// | `SMS_IMAGE_MARKS` | the marks around a description, with a blank between them | `<<< >>>` |
    mutating func images() -> ImageSettings? {
        let size = text("SMS_IMAGE_SIZE") ?? "1024x1024"
        let numbers = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let isSize = numbers.count == 2 && numbers.allSatisfy { (64...4096).contains($0) && $0.isMultiple(of: 16) }
        if !isSize || numbers[0] > 3 * numbers[1] || numbers[1] > 3 * numbers[0] {
            fault("SMS_IMAGE_SIZE", "\(quoted(size)) is not a size such as 1024x1024: multiples of 16, at most 3:1")
        }
        let marks = (text("SMS_IMAGE_MARKS") ?? "<<< >>>").split(separator: " ").map(String.init)
        guard marks.count == 2, marks[0] != marks[1] else {
            fault("SMS_IMAGE_MARKS", "is not two different marks with a blank between them, such as <<< >>>")
            return nil
        }
        let timeout = integer("SMS_IMAGE_TIMEOUT_SECONDS", in: 10...600, default: 180)
        guard let model = text("SMS_IMAGE_MODEL") else { return nil }
        if text("OPENAI_API_KEY", isSecret: true) == nil {
            fault("SMS_IMAGE_MODEL", "needs OPENAI_API_KEY: the embedded engine makes no images")
        }
        return ImageSettings(
            model: model,
            size: size,
            timeout: .seconds(timeout),
            openingMark: marks[0],
            closingMark: marks[1]
        )
    }
}
