import FoundationEssentials
import HTTPClient
import HTTPTypes

/// Amazon Transcribe's streaming API over HTTP/2: text of speech.
///
/// Source: "Setting up an HTTP/2 stream" in the Amazon Transcribe Developer Guide.
public struct TranscribeAPI: Sendable {
    let transport: AWSTransport
    let endpoint: ServiceEndpoint

    /// The address of the streaming API.
    ///
    /// - Throws: ``AWSError`` with code `invalidRequest`; HTTP/2 is agreed on by TLS, so that it has to be https.
    static func endpoint(_ configuration: AWSConfiguration) throws(AWSError) -> ServiceEndpoint {
        let endpoint = try ServiceEndpoint(
            host: "transcribestreaming",
            signingName: "transcribe",
            region: configuration.region,
            baseURL: configuration.transcribeURL
        )
        guard endpoint.scheme == "https" else {
            throw AWSError(.invalidRequest, "The address of Transcribe's streaming API is not an https URL.")
        }
        return endpoint
    }

    /// Transcribes a recording.
    ///
    /// The audio is sent at the pace at which it was spoken, as the service asks for, on a connection of its own, while
    /// results arrive. A failure that may pass is retried from the recording's beginning.
    ///
    /// - Returns: The text of final results; partial ones, which the service takes back, are left out.
    /// - Throws: ``AWSError``.
    public func transcription(of request: TranscriptionRequest) async throws(AWSError) -> Transcription {
        guard !request.audio.isEmpty else { return Transcription(text: "") }
        let head = try head(request)
        return try await transport.perform(endpoint) { attempt throws(FailedAttempt) in
            try await transcription(of: request, head, attempt)
        }
    }

    private func head(_ request: TranscriptionRequest) throws(AWSError) -> HTTPRequest {
        guard let first = request.languages.first else {
            throw AWSError(.invalidRequest, "A transcription needs a language.")
        }
        var head = transport.head(.post, endpoint, "/stream-transcription")
        head.headerFields[.contentType] = "application/vnd.amazon.eventstream"
        head.headerFields[.transcribe("media-encoding")] = "pcm"
        head.headerFields[.transcribe("sample-rate")] = "\(request.sampleRate)"
        if request.languages.count == 1 {
            head.headerFields[.transcribe("language-code")] = first
        } else {
            head.headerFields[.transcribe("identify-language")] = "true"
            head.headerFields[.transcribe("language-options")] = request.languages.joined(separator: ",")
            head.headerFields[.transcribe("preferred-language")] = first
        }
        return head
    }

    private func transcription(
        of request: TranscriptionRequest,
        _ head: HTTPRequest,
        _ attempt: AWSTransport.Attempt
    ) async throws(FailedAttempt) -> Transcription {
        let signed = attempt.signer.sign(head, .events, at: attempt.now())
        let body = StreamedBody()
        let sender = AudioSender(
            body: body,
            signer: EventSigner(attempt.signer, seed: signed.signature),
            now: attempt.now
        )
        var timeouts = transport.configuration.timeouts
        timeouts.total = nil
        let streamed = HTTPClientRequest(signed.head, body: .streamed(body), timeouts: timeouts)
        let clock = transport.clock
        let result: Result<Transcription, FailedAttempt> = await withTaskGroup(of: Bool.self) { group in
            group.addTask { [sender] in
                var sender = sender
                return await sender.send(request, clock)
            }
            do throws(FailedAttempt) {
                let transcription = try await Self.results(try await transport.execute(streamed))
                group.cancelAll()
                // Results that end before the recording does are of a part of it.
                guard await group.next() == true else { throw FailedAttempt(AWSError(.answerCutOff, status: 200)) }
                return .success(transcription)
            } catch {
                group.cancelAll()
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Reads the results of a transcription to their end.
    private static func results(_ response: HTTPClientResponse) async throws(FailedAttempt) -> Transcription {
        let fields = response.head.headerFields
        let malformed = FailedAttempt(AWSError(.malformedAnswer, status: 200, requestID: fields.requestID))
        guard fields[.contentType]?.hasPrefix("application/vnd.amazon.eventstream") == true else { throw malformed }
        var decoder = EventMessageDecoder()
        var results = TranscriptionResults(requestID: fields.requestID)
        var body = response.body.makeAsyncIterator()
        do {
            while let bytes = try await body.next(isolation: nil) {
                for message in try decoder.receive(bytes) { try results.receive(message) }
            }
        } catch let error as HTTPClientError {
            throw FailedAttempt(error)
        } catch let error as AWSError {
            throw FailedAttempt(error)
        } catch {
            throw malformed
        }
        guard !decoder.isInsideMessage, !results.hasPartialResult else {
            throw FailedAttempt(AWSError(.answerCutOff, status: 200, requestID: fields.requestID))
        }
        return results.transcription
    }
}

extension HTTPField.Name {
    fileprivate static func transcribe(_ name: String) -> HTTPField.Name { amz("x-amzn-transcribe-\(name)") }
}
