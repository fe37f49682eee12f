import Crypto
import FoundationEssentials

/// Signs the events of a stream, each signature covering the one before; the first covers the request's.
///
/// ```
/// string to sign = AWS4-HMAC-SHA256-PAYLOAD ⏎ time ⏎ scope ⏎ signature before ⏎ SHA-256 of the encoded `:date` header ⏎
///                  SHA-256 of the payload
/// ```
///
/// Source: "Event stream encoding" in the Amazon Transcribe Developer Guide.
struct EventSigner: Sendable {
    private let signer: RequestSigner
    private var signature: [UInt8]

    /// Creates a signer of the events of a request with the signature `seed`.
    init(_ signer: RequestSigner, seed: [UInt8]) {
        self.signer = signer
        signature = seed
    }

    /// Returns a signed message around an encoded one; around nothing it is the stream's end.
    mutating func sign(_ payload: [UInt8], at date: Date) -> EventMessage {
        // The header has milliseconds, the string to sign whole seconds of the same time.
        let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
        let dateHeader = EventMessage.Header(":date", .timestamp(milliseconds))
        let time = SigningTime(date)
        let stringToSign = """
            AWS4-HMAC-SHA256-PAYLOAD
            \(time.text)
            \(signer.scope(time))
            \(signature.hexadecimal)
            \(SHA256.hash(data: dateHeader.encoded).hexadecimal)
            \(SHA256.hash(data: payload).hexadecimal)
            """
        signature = signer.signature(of: stringToSign, time)
        return EventMessage(headers: [dateHeader, .init(":chunk-signature", .bytes(signature))], payload: payload)
    }
}
