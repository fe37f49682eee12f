internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Response {
    /// Creates a response with a text, or with the range of it that the request asks for.
    ///
    /// All responses with the same text share its bytes and write them in chunks, so that a long text is in memory
    /// once.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8.
    ///   - request: The request, which may ask for a range.
    ///   - headers: The fields of the response, with the entity tag of the text.
    /// - Returns: The response: 200 with the text, or 206 with a range.
    /// - Throws: ``Problem/rangeNotSatisfiable(length:)``.
    static func text(_ text: [UInt8], to request: Request, headers: HTTPFields) throws(Problem) -> Response {
        var headers = headers
        headers[.acceptRanges] = "bytes"
        let part: Range<Int>
        switch request.range(in: text.count, of: headers[.eTag] ?? "") {
        case .whole: return Response(status: .ok, headers: headers, body: body(text, 0..<text.count))
        case .part(let range): part = range
        case .unsatisfiable: throw .rangeNotSatisfiable(length: text.count)
        }
        headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(text.count)"
        return Response(status: .partialContent, headers: headers, body: body(text, part))
    }

    private static let chunkBytes = 64 * 1024

    private static func body(_ text: [UInt8], _ part: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: part.count) { writer in
            var offset = part.lowerBound
            while offset < part.upperBound {
                let end = min(offset + chunkBytes, part.upperBound)
                try await writer.write(ByteBuffer(bytes: text[offset..<end]))
                offset = end
            }
            try await writer.finish(nil)
        }
    }
}

extension Problem {
    /// The range begins beyond the content.
    static func rangeNotSatisfiable(length: Int) -> Problem {
        Problem(
            status: .rangeNotSatisfiable,
            code: "range_not_satisfiable",
            detail: "The content has \(length) bytes; the range begins beyond them.",
            headers: [.contentRange: "bytes */\(length)"]
        )
    }
}
