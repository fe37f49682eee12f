internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import PolicyAssistant
internal import Voice

/// A spoken turn as a stream of events: `transcript` for a recording, those of the turn, and `audio` for each sentence.
struct SpokenEventStream: Sendable {
    let voice: Voice
    let type: AudioType
    let turn: Turn
    /// What was heard; nil for a turn that is followed.
    let heard: Voice.Heard?
    /// The last event that the caller has; 0 for none.
    let lastEventID: Int
    let endsOnDisconnect: Bool
    let requestID: String
    let logger: Logger

    /// How many heartbeats of the turn, one in five seconds, make one of the stream.
    private static let heartbeatsPerComment = 3

    /// Returns the response, once the turn has its first event.
    ///
    /// - Throws: `PolicyAssistantError` where the turn failed before it emitted anything: that is a response of its own.
    func response(speaking speech: SpeakingTurn, to request: Request) async throws -> Response {
        if lastEventID == 0 { try await turn.started() }
        var headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8",
            .cacheControl: "no-store",
            .connection: "close",
        ]
        headers[.turnID] = turn.id.description
        headers[.accelBuffering] = "no"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { [speech] writer in
                try await request.endingOnDisconnect(endsOnDisconnect ? turn : nil) {
                    try await write(speech, &writer)
                }
                try await writer.finish(nil)
            }
        )
    }

    private func write(_ speech: SpeakingTurn, _ writer: inout any ResponseBodyWriter) async throws {
        var speech = speech
        if let heard { try await writer.write(frame("transcript", TranscriptBody(heard))) }
        let frames = TurnStream(turn: turn, lastEventID: 0, endsOnDisconnect: false, requestID: requestID)
        // The turn's last event ends the stream, so it is sent after the last sentence.
        var last = ByteBuffer()
        var heartbeats = 0
        try await speech.run { output in
            switch output {
            case .events(let begin, let all):
                heartbeats = 0
                let known = min(max(0, lastEventID + 1 - begin), all.count)
                let (first, events) = (begin + known, Array(all.dropFirst(known)))
                let isOver = events.last?.isLast == true
                let early = isOver ? events.dropLast() : events[...]
                if !early.isEmpty { try await writer.write(frames.frames(of: Array(early), first: first)) }
                if isOver { last = frames.frames(of: Array(events.suffix(1)), first: first + early.count) }
            case .heartbeat:
                heartbeats += 1
                guard heartbeats.isMultiple(of: Self.heartbeatsPerComment) else { break }
                try await writer.write(ServerSentEvent.heartbeat)
            case .speech(let utterance, let event, .success(let speech)):
                let file = Data(voice.file(of: speech, as: type)).base64EncodedString()
                let body = AudioBody(
                    sentence: utterance.number,
                    text: utterance.text,
                    event: event,
                    mediaType: type.rawValue,
                    audio: file
                )
                try await writer.write(frame("audio", body))
            case .speech(_, _, .failure(let error)):
                logger.warning("a sentence was not spoken", metadata: ["code": "\(error.code)"])
            }
            return true
        }
        try await writer.write(last)
    }

    /// An event without a number, which a client that reconnects does not get again.
    private func frame(_ name: String, _ body: some Encodable) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("event: \(name)\ndata: ")
        buffer.writeBytes(try JSONText.of(body))
        buffer.writeString("\n\n")
        return buffer
    }
}
