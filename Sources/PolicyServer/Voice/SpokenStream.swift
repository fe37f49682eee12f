internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import PolicyAssistant
internal import Voice

/// An answer, or a text, as a stream of audio.
struct SpokenStream: Sendable {
    let type: AudioType
    let logger: Logger
    /// The turn that is spoken, and whether it ends when its caller disconnects; nil for a text.
    var turn: Turn?
    var endsOnDisconnect = false
    /// Is called at the end, also if the caller disconnects.
    var onEnd: (@Sendable () async -> Void)?

    /// Returns the response, once it has sound.
    ///
    /// - Throws: `PolicyAssistantError` if the turn failed before anything was spoken, ``VoiceError`` if nothing can be
    ///   spoken: these are responses of their own.
    func response(speaking speech: SpeakingTurn, to request: Request) async throws -> Response {
        var (speech, stream) = (speech, AudioStream(type: type))
        var first: [UInt8] = []
        do {
            try await speech.run { output in
                switch output {
                case .events(_, let events):
                    if case .failed(let error) = events.last { throw error }
                    return true
                case .heartbeat: return true
                case .speech(_, _, let result):
                    first = stream.bytes(adding: try result.get())
                    return false
                }
            }
        } catch {
            await end()
            throw error
        }
        var headers: HTTPFields = [
            .contentType: type.rawValue,
            .cacheControl: "no-store",
            // The connection cannot be reused after a request whose disconnect was watched.
            .connection: "close",
        ]
        headers[.turnID] = turn?.id.description
        headers[.accelBuffering] = "no"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { [speech, stream, first] writer in
                var (speech, stream) = (speech, stream)
                do {
                    try await request.endingOnDisconnect(endsOnDisconnect ? turn : nil) {
                        try await writer.write(ByteBuffer(bytes: first))
                        try await speech.run { output in
                            guard case .speech(_, _, let result) = output else { return true }
                            if let bytes = sound(result, &stream) { try await writer.write(bytes) }
                            return true
                        }
                        let last = stream.end()
                        if !last.isEmpty { try await writer.write(ByteBuffer(bytes: last)) }
                    }
                    await end()
                    try await writer.finish(nil)
                } catch {
                    await end()
                    throw error
                }
            }
        )
    }

    /// The bytes of a sentence; one that cannot be spoken is left out.
    private func sound(_ result: Result<Speech, VoiceError>, _ stream: inout AudioStream) -> ByteBuffer? {
        do throws(VoiceError) {
            return ByteBuffer(bytes: stream.bytes(adding: try result.get()))
        } catch {
            logger.warning("a sentence was not spoken", metadata: ["code": "\(error.code)"])
            return nil
        }
    }

    private func end() async {
        guard let onEnd else { return }
        await withoutCancellation(onEnd)
    }
}

extension Request {
    /// Runs `body`, which writes a response, and cancels it when the caller disconnects.
    ///
    /// - Parameters:
    ///   - turn: A turn that ends with it; nil if it goes on.
    ///   - body: Writes the response.
    /// - Throws: What `body` throws; ``Problem/callerLeft`` where the caller disconnected.
    func endingOnDisconnect(_ turn: Turn?, _ body: () async throws -> Void) async throws {
        do {
            try await self.body.consumeWithCancellationOnInboundClose { _ in try await body() }
        } catch {
            turn?.cancel()
            throw error is CancellationError && !Task.isCancelled ? Problem.callerLeft : error
        }
    }
}
