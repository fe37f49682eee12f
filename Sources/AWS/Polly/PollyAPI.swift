import FoundationEssentials
import HTTPClient
import HTTPTypes

/// Amazon Polly, version 2016-06-10: speech of text.
public struct PollyAPI: Sendable {
    let transport: AWSTransport
    let endpoint: ServiceEndpoint

    /// Has a text spoken, and returns the audio as it arrives.
    ///
    /// An attempt that fails before its audio begins is retried.
    ///
    /// - Throws: ``AWSError``; with code `textTooLong` before any request if the text has more than
    ///   ``PollySpeechRequest/maximumCharacters``.
    public func speech(_ request: PollySpeechRequest) async throws(AWSError) -> PollySpeech {
        guard request.text.unicodeScalars.count <= PollySpeechRequest.maximumCharacters else {
            throw AWSError(.textTooLong)
        }
        var head = transport.head(.post, endpoint, "/v1/speech")
        head.headerFields[.contentType] = "application/json"
        let body: [UInt8]
        do {
            body = Array(try JSONEncoder().encode(SynthesizeSpeech(request)))
        } catch {
            throw AWSError(.invalidRequest)
        }
        return try await transport.perform(endpoint) { attempt throws(FailedAttempt) in
            let response = try await transport.send(head, body, attempt)
            let fields = response.head.headerFields
            guard fields[.contentType]?.hasPrefix(request.encoding.contentType) == true else {
                throw FailedAttempt(AWSError(.malformedAnswer, status: 200, requestID: fields.requestID))
            }
            return PollySpeech(body: response.body)
        }
    }

    /// The maximum number of pages of a list of voices.
    private static let maximumPages = 20

    /// Returns the voices that have an engine.
    public func voices(engine: PollySpeechRequest.Engine) async throws(AWSError) -> [PollyVoice] {
        var voices: [PollyVoice] = []
        var token: String?
        for _ in 0..<Self.maximumPages {
            let page = try await page(of: engine, after: token)
            voices += page.voices
            token = page.nextToken
            if token == nil { return voices }
        }
        throw AWSError(.malformedAnswer, "Polly's list of voices has no end.")
    }

    private func page(of engine: PollySpeechRequest.Engine, after token: String?) async throws(AWSError) -> VoicePage {
        let start = token.map { "&NextToken=\($0.percentEncoded())" } ?? ""
        let head = transport.head(.get, endpoint, "/v1/voices?Engine=\(engine.rawValue)\(start)")
        return try await transport.perform(endpoint) { attempt throws(FailedAttempt) in
            let response = try await transport.send(head, [], attempt)
            do {
                let bytes = try await response.body.collect(upTo: 1 << 20)
                return try JSONDecoder().decode(VoicePage.self, from: Data(bytes))
            } catch let error as HTTPClientError {
                throw FailedAttempt(error)
            } catch {
                throw FailedAttempt(AWSError(.malformedAnswer, status: 200))
            }
        }
    }
}

/// A voice of Polly.
public struct PollyVoice: Sendable, Hashable, Decodable {
    /// The ID, such as `Joanna`.
    public let id: String
    /// The language, such as `en-US`.
    public let language: String

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case language = "LanguageCode"
    }
}

/// A part of the list of voices.
private struct VoicePage: Decodable {
    let voices: [PollyVoice]
    let nextToken: String?

    enum CodingKeys: String, CodingKey {
        case voices = "Voices"
        case nextToken = "NextToken"
    }
}

/// The body of a `SynthesizeSpeech` request.
private struct SynthesizeSpeech: Encodable {
    let engine, outputFormat, sampleRate, text, textType, voiceID: String
    let languageCode: String?

    enum CodingKeys: String, CodingKey {
        case engine = "Engine"
        case outputFormat = "OutputFormat"
        case sampleRate = "SampleRate"
        case text = "Text"
        case textType = "TextType"
        case voiceID = "VoiceId"
        case languageCode = "LanguageCode"
    }

    init(_ request: PollySpeechRequest) {
        engine = request.engine.rawValue
        outputFormat = request.encoding.outputFormat
        sampleRate = request.encoding.sampleRate
        text = request.text
        textType = "text"
        voiceID = request.voice
        languageCode = request.language
    }
}

/// Audio as it arrives from Polly, in pieces of arbitrary sizes; its release before the end ends the transfer.
public struct PollySpeech: AsyncSequence, Sendable {
    /// A piece of the audio.
    public typealias Element = [UInt8]
    /// What reading fails with.
    public typealias Failure = AWSError

    fileprivate let body: HTTPClientBody

    /// Returns the audio's reader, of which there can be one.
    public func makeAsyncIterator() -> Iterator { Iterator(base: body.makeAsyncIterator()) }

    /// Reads the audio to its end.
    ///
    /// - Throws: ``AWSError`` with code `answerCutOff` if it breaks off, and `malformedAnswer` if there is none, or more
    ///   than `maximumBytes`.
    public func collect(upTo maximumBytes: Int) async throws(AWSError) -> [UInt8] {
        let bytes: [UInt8]
        do throws(HTTPClientError) {
            bytes = try await body.collect(upTo: maximumBytes)
        } catch {
            throw AWSError(error)
        }
        guard !bytes.isEmpty else { throw AWSError(.malformedAnswer, "Polly answered without any audio.") }
        return bytes
    }

    /// The reader of audio.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var base: HTTPClientBody.Iterator

        /// Waits for audio, and returns all that has arrived since the last call; nil after the last.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(AWSError) -> [UInt8]? {
            do throws(HTTPClientError) {
                return try await base.next(isolation: actor)
            } catch {
                throw AWSError(error)
            }
        }
    }
}
