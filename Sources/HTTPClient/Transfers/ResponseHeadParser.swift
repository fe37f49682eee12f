internal import HTTPTypes

/// Parses a response's head from its lines, one by one.
///
/// Interim responses are dropped. Lines after the final head are trailers, and ignored. An invalid field is left out,
/// as in browsers; an invalid status line is an error.
struct ResponseHeadParser {
    /// The maximum size of the lines up to the final head in bytes, interim responses included.
    static let maximumBytes = 256 * 1024

    private enum State {
        case statusLine
        case fields(HTTPResponse)
        case complete
    }

    private var state = State.statusLine
    private var bytes = 0

    /// Parses a line with or without its line break; returns the final head when the line ends it.
    mutating func receive(line: some BidirectionalCollection<UInt8>) throws(HTTPClientError) -> HTTPResponse? {
        let content = line.trimmed { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        switch state {
        case .complete:
            return nil
        case .statusLine:
            try count(line.count)
            state = .fields(HTTPResponse(status: try Self.status(content)))
            return nil
        case .fields(let head) where content.isEmpty:
            // 101 is final: another protocol follows it.
            guard head.status.kind == .informational, head.status.code != 101 else {
                state = .complete
                return head
            }
            state = .statusLine
            return nil
        case .fields(var head):
            try count(line.count)
            Self.add(content, to: &head.headerFields)
            state = .fields(head)
            return nil
        }
    }

    private mutating func count(_ count: Int) throws(HTTPClientError) {
        bytes += count
        guard bytes <= Self.maximumBytes else {
            throw HTTPClientError(.invalidResponse, "the head is too large", progress: .answered)
        }
    }

    /// Reads `HTTP/version SP code [SP reason]`.
    private static func status(_ line: some Collection<UInt8>) throws(HTTPClientError) -> HTTPResponse.Status {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        let digits = parts.count > 1 ? Array(parts[1]) : []
        guard parts[0].starts(with: "HTTP/".utf8), digits.count == 3,
            let code = Int(String(decoding: digits, as: UTF8.self)), (100...999).contains(code)
        else {
            throw HTTPClientError(.invalidResponse, "the status line is malformed", progress: .answered)
        }
        let reason = parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : ""
        return HTTPResponse.Status(code: code, reasonPhrase: reason)
    }

    private static func add(_ line: some BidirectionalCollection<UInt8>, to fields: inout HTTPFields) {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
        else { return }
        let value = line[line.index(after: colon)...].trimmed(isBlank)
        fields.append(HTTPField(name: name, value: value))
    }
}

extension BidirectionalCollection {
    fileprivate func trimmed(_ isDropped: (Element) -> Bool) -> SubSequence {
        var rest = drop(while: isDropped)
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
