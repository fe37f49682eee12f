internal import FoundationEssentials
internal import Logging
internal import OpenAI
internal import Redis
internal import WorkQueue

/// The stage that makes images, which only answers with a description of one go through.
extension SMSChannel {
    /// Separates an answer from the description of its image, if images are configured.
    ///
    /// - Returns: The text of the answer; the description, unless one of the line's last answers had an image; and what
    ///   records which answers had images.
    func imagePrompt(in answer: String, ofLine line: String) async throws -> (
        text: String, prompt: String?, effects: [RedisCommand]
    ) {
        guard let images else { return (answer, nil, []) }
        let settings = images.settings
        let parts = ImagePrompt(answer, marks: (settings.openingMark, settings.closingMark))
        let key = RedisKey.imageHistory(ofLine: line).name
        let history = try await records.redis.ask(.get(key)).string ?? ""
        let prompt = history.contains("1") ? nil : parts.prompt
        let new = String(((prompt == nil ? "0" : "1") + history).prefix(ImageSettings.cooldown))
        return (parts.text, prompt, [.set(key, new, lifetime: RedisKeyPattern.imageHistoryRetention)])
    }

    /// Makes the image of an answer and hands both over to the stage that sends; without an image, if there is none to be had.
    func makeImage(_ item: WorkItem) async throws -> WorkOutcome {
        guard let entry = TextEntry(json: item.payload) else { return .dead(reason: "the entry cannot be read") }
        let withoutImage = WorkOutcome.next(stage: Stage.sending, payload: entry.afterImages().json)
        guard let images, let prompt = entry.imagePrompt, let publicURL = settings.publicURL else {
            return withoutImage
        }
        let token = item.state ?? RandomToken.make()
        let key = RedisKey.image(token).name
        // An earlier attempt may have made it.
        let isMade = try await records.redis.ask(.exists(key)).integer == 1
        if !isMade {
            try await item.save(token)
            do {
                log(entry, .images, "Making an image")
                let picture = try await images.make(prompt)
                guard let bytes = await sendable(picture) else {
                    log(entry, .images, "The image cannot be sent", "\(picture.count) bytes", level: .warning)
                    return withoutImage
                }
                let lifetime = String(RedisKeyPattern.imageLifetime.milliseconds)
                let words = [Array(key.utf8), bytes, Array("PX".utf8), Array(lifetime.utf8)]
                _ = try await records.redis.ask(RedisCommand("SET", bytes: words, repeatable: true))
            } catch let error as OpenAIError {
                log(entry, .images, "No image was made", error.code.description, level: .warning)
                guard Self.passes(error), item.attempt < item.maximumAttempts else { return withoutImage }
                return .retry(reason: error.code.description)
            }
        }
        let traces = entry.user.map {
            TextRecords.list(["image \(token)"], of: UserID(recorded: $0), at: now())
        }
        let payload = entry.afterImages(with: "\(publicURL)/media/\(token)").json
        return .next(stage: Stage.sending, payload: payload, effects: traces ?? [])
    }

    /// Returns a picture as a JPEG that carriers accept: as it is, or made smaller where that can be done; nil otherwise.
    private func sendable(_ picture: [UInt8]) async -> [UInt8]? {
        func fits(_ bytes: [UInt8]) -> Bool {
            bytes.count <= ImageSettings.maximumBytes && bytes.starts(with: [0xFF, 0xD8, 0xFF])
        }
        guard !fits(picture) else { return picture }
        return await tools.shrink?(picture, ImageSettings.maximumBytes).flatMap { fits($0) ? $0 : nil }
    }

    /// Whether an error may be gone after a while; a refusal by moderation is not.
    private static func passes(_ error: OpenAIError) -> Bool {
        [.rateLimited, .overloaded, .serverError, .timedOut, .unreachable].contains(error.code)
    }

    /// Returns an image that was sent; nil if there is none under the token, or no longer.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func image(_ token: String) async throws -> [UInt8]? {
        guard case .bytes(let bytes) = try await records.redis.ask(.get(RedisKey.image(token).name)) else { return nil }
        return bytes
    }
}

/// A model that makes images.
struct ImageMaker: Sendable {
    let settings: ImageSettings
    let openAI: OpenAIClient

    /// Makes a JPEG.
    ///
    /// - Throws: `OpenAIError`.
    func make(_ prompt: String) async throws(OpenAIError) -> [UInt8] {
        let request = ImageRequest(
            model: settings.model,
            prompt: prompt,
            size: settings.size,
            compression: ImageSettings.compression
        )
        return try await openAI.images.generate(request)
    }
}
