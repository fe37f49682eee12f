import FoundationEssentials
import HTTPClient

/// Sends a recording as signed events, at the pace at which it was spoken.
struct AudioSender: Sendable {
    let body: StreamedBody
    var signer: EventSigner
    let now: @Sendable () -> Date

    /// How much of the recording one event has; the service asks for 50 to 200 ms.
    static let pieceDuration = Duration.milliseconds(100)

    /// Sends the recording and the end of the stream; returns early if the transfer has ended, or with the task.
    ///
    /// A piece is sent at the time at which it began to be spoken, if the recording began now; the end follows at once.
    ///
    /// - Returns: Whether all of it was taken.
    mutating func send<C: Clock<Duration>>(_ request: TranscriptionRequest, _ clock: C) async -> Bool {
        // Both bytes of a sample stay together.
        let pieceLength = request.sampleRate / 10 * 2
        let begin = clock.now
        for (index, start) in stride(from: 0, to: request.audio.count, by: pieceLength).enumerated() {
            let piece = request.audio[start..<min(start + pieceLength, request.audio.count)]
            let time = begin.advanced(by: Self.pieceDuration * index)
            guard (try? await clock.sleep(until: time, tolerance: nil)) != nil else { return false }
            guard await body.write(signer.sign(Self.event(Array(piece)).encoded, at: now()).encoded) else {
                return false
            }
        }
        guard await body.write(signer.sign([], at: now()).encoded) else { return false }
        body.finish()
        return true
    }

    private static func event(_ audio: [UInt8]) -> EventMessage {
        EventMessage(
            headers: [
                .init(":content-type", .text("application/octet-stream")),
                .init(":event-type", .text("AudioEvent")),
                .init(":message-type", .text("event")),
            ],
            payload: audio
        )
    }
}
