/// The keys of images in text messages, in the threads database.
extension RedisKeyPattern {
    /// How long it is known which of a person's answers had images.
    static let imageHistoryRetention = Duration.seconds(90 * 86_400)

    /// How long the link to an image leads to it.
    static let imageLifetime = Duration.seconds(86_400)

    static let image = RedisKeyPattern(
        "sms:image:<token>",
        .threads,
        .string,
        lifetime: .limited(imageLifetime),
        "an image of an answer, as the link `/media/<token>` shows it"
    )
    static let imageHistory = RedisKeyPattern(
        "sms:images:<line>",
        .threads,
        .string,
        lifetime: .renewed(imageHistoryRetention),
        "which of the last three answers of the line had an image, the newest first: `0` or `1` each"
    )

    static let ofImages = [image, imageHistory]
}

extension RedisKey {
    static func image(_ token: String) -> RedisKey { RedisKeyPattern.image.key(token) }
    static func imageHistory(ofLine line: String) -> RedisKey { RedisKeyPattern.imageHistory.key(line) }
}
