internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Response {
    /// An answer with some bytes of text, or with the part of them that is asked for.
    ///
    /// The bytes are shared by all answers that have them, and are written in pieces as the caller takes them, so that a
    /// long text takes its memory once.
    ///
    /// - Parameters:
    ///   - text: The text in UTF-8.
    ///   - request: May ask for a part.
    ///   - headers: The fields of the answer, with the tag of the content.
    /// - Returns: The answer.
    /// - Throws: `Problem` if the text does not have the part.
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

    private static let pieceBytes = 64 * 1024

    private static func body(_ text: [UInt8], _ part: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: part.count) { writer in
            var place = part.lowerBound
            while place < part.upperBound {
                let end = min(place + pieceBytes, part.upperBound)
                try await writer.write(ByteBuffer(bytes: text[place..<end]))
                place = end
            }
            try await writer.finish(nil)
        }
    }
}

extension Problem {
    /// The caller asks for a part that the content does not have.
    static func rangeNotSatisfiable(length: Int) -> Problem {
        Problem(
            status: .rangeNotSatisfiable,
            code: "range_not_satisfiable",
            detail: "The content has \(length) bytes; the range begins beyond them.",
            headers: [.contentRange: "bytes */\(length)"]
        )
    }
}
