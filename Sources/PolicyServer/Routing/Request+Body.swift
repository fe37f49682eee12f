internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1

extension Request {
    /// Reads the body.
    ///
    /// Afterwards the request's inbound stream can be used to detect a disconnect. Every failure to read it is the client's
    /// or the network's.
    ///
    /// - Parameters:
    ///   - maximumBytes: The maximum size of the body.
    ///   - context: The request's context.
    /// - Returns: The body.
    /// - Throws: ``Problem/bodyTooLarge(than:)``, ``Problem/malformedRequest`` or ``Problem/callerLeft``; `CancellationError`.
    mutating func wholeBody(upTo maximumBytes: Int, _ context: APIContext) async throws -> ByteBuffer {
        let announced = headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > maximumBytes { throw Problem.bodyTooLarge(than: maximumBytes) }
        context.sendContinue(to: self)
        do {
            let body = try await collectBody(upTo: maximumBytes)
            // In a cancelled task the body ends without an error.
            try Task.checkCancellation()
            if let announced, body.readableBytes < announced { throw Problem.callerLeft }
            return body
        } catch is NIOTooManyBytesError {
            throw Problem.bodyTooLarge(than: maximumBytes)
        } catch is HTTPParserError {
            throw Problem.malformedRequest
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Problem.callerLeft
        }
    }
}

extension Problem {
    static func bodyTooLarge(than maximumBytes: Int) -> Problem {
        Problem(
            status: .contentTooLarge,
            code: "body_too_large",
            detail: "The body must have at most \(maximumBytes) bytes."
        )
    }
}
