import FoundationEssentials
import HTTPClient
import HTTPTypes
import Synchronization

/// Performs calls: signs them, retries them, and corrects the clock and the credentials.
struct AWSTransport: Sendable {
    let http: HTTPClient
    let configuration: AWSConfiguration
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let randomness: @Sendable () -> Double
    let skew = ClockSkew()

    /// One attempt at a call: with whose key it is signed, and when.
    struct Attempt {
        let signer: RequestSigner
        /// The time, corrected by what the server told.
        let now: @Sendable () -> Date
    }

    /// Makes attempts until one succeeds, or the last has failed.
    ///
    /// An error by which the clock may be wrong takes over the server's time, and one by which the credentials may have
    /// ended fetches others, each once for a call; the policy's retries are for errors that pass by themselves.
    func perform<Value>(
        _ endpoint: ServiceEndpoint,
        _ attempt: (Attempt) async throws(FailedAttempt) -> Value
    ) async throws(AWSError) -> Value {
        var retries = 0
        var mayCorrectClock = true
        var mayReplaceCredentials = true
        while true {
            let credentials = try await configuration.credentials.credentials()
            let signer = RequestSigner(credentials: credentials, region: endpoint.region, service: endpoint.signingName)
            let failed: FailedAttempt
            do throws(FailedAttempt) {
                return try await attempt(Attempt(signer: signer, now: { skew.correct(now()) }))
            } catch {
                failed = error
            }
            if mayCorrectClock, failed.error.mayBeClockSkew, let time = failed.serverTime,
                skew.adopt(time, now: now())
            {
                mayCorrectClock = false
                continue
            }
            if mayReplaceCredentials, failed.error.mayBeStaleCredentials {
                configuration.credentials.discard(credentials)
                mayReplaceCredentials = false
                continue
            }
            guard let delay = configuration.retry.delay(after: retries, failed.error, randomness: randomness()) else {
                throw failed.error
            }
            retries += 1
            guard (try? await clock.sleep(for: delay)) != nil else { throw AWSError(.cancelled) }
        }
    }

    /// Returns the head of a request to a service.
    func head(_ method: HTTPRequest.Method, _ endpoint: ServiceEndpoint, _ target: String) -> HTTPRequest {
        HTTPRequest(
            method: method,
            scheme: endpoint.scheme,
            authority: endpoint.authority,
            path: target,
            headerFields: [.userAgent: configuration.userAgent]
        )
    }

    /// Sends a request with a body in memory, and returns the successful response with its body unread.
    func send(
        _ head: HTTPRequest,
        _ body: [UInt8],
        _ attempt: Attempt
    ) async throws(FailedAttempt) -> HTTPClientResponse {
        let signed = attempt.signer.sign(head, .bytes(body), at: attempt.now())
        let request = HTTPClientRequest(
            signed.head,
            body: body.isEmpty ? .none : .bytes(body),
            timeouts: configuration.timeouts
        )
        return try await execute(request)
    }

    /// Sends a request, and returns the successful response with its body unread.
    func execute(_ request: HTTPClientRequest) async throws(FailedAttempt) -> HTTPClientResponse {
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await http.execute(request)
        } catch {
            throw FailedAttempt(error)
        }
        guard response.head.status == .ok else { throw await FailedAttempt(response) }
        return response
    }
}

/// How much the servers' clock is ahead of this machine's, as far as it matters.
final class ClockSkew: Sendable {
    /// The difference from which on a clock counts as wrong; a signature allows five minutes.
    private static let tolerance: TimeInterval = 60

    private let offset = Mutex(TimeInterval.zero)

    func correct(_ date: Date) -> Date { offset.withLock { date + $0 } }

    /// Takes over the server's time; false if it agrees with the corrected one, so that the clock is not the reason.
    func adopt(_ serverTime: Date, now: Date) -> Bool {
        offset.withLock { offset in
            let difference = serverTime.timeIntervalSince(now)
            guard abs(difference - offset) > Self.tolerance else { return false }
            offset = difference
            return true
        }
    }
}
