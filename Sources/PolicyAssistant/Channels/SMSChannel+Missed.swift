internal import FoundationEssentials
internal import Logging
internal import SMS

/// Messages whose webhooks did not arrive.
extension SMSChannel {
    /// How far back the list is read at most: less than the time within which a message is told once.
    private static let longestAbsence = 20 * 3600.0

    /// Looks from time to time for messages whose webhooks did not arrive, until it is cancelled: webhooks are lost while this
    /// server or Redis is down, as providers repeat them for some seconds only.
    public func fetchMissed(clock: some Clock<Duration> = ContinuousClock()) async {
        repeat {
            do {
                try await fetchMissedOnce()
            } catch is CancellationError {
                return
            } catch {
                logger.debug("missed text messages cannot be looked for", metadata: ["error": "\(error)"])
            }
        } while (try? await clock.sleep(for: RedisKeyPattern.listingInterval)) != nil
    }

    /// Reads the provider's list once; one process at a time does it.
    func fetchMissedOnce() async throws {
        let (time, interval) = (now(), RedisKeyPattern.listingInterval - .seconds(5))
        guard let last = try await records.beginListing(at: time, every: interval) else { return }
        let since = max(last.addingTimeInterval(-300), time.addingTimeInterval(-Self.longestAbsence))
        guard let messages = try await provider.received(since: since) else { return }
        for message in messages {
            do {
                try await accept(message)
            } catch is WebhookRefusal {
                // To a number of the account that is not this service's.
            }
        }
        try await records.endListing(at: time)
    }
}
