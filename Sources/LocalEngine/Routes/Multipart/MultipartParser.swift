internal import NIOCore

/// Reads a `multipart/form-data` body as it arrives, in pieces of any size.
///
/// Memory is bounded: what it keeps is less than a delimiter while in a part's data, and at most
/// ``Limits/headerBytes`` while in its headers.
struct MultipartParser {
    /// The limits of a body.
    struct Limits: Sendable {
        /// The maximum number of parts.
        var parts = 32
        /// The maximum number of bytes of one part's headers.
        var headerBytes = 8 * 1024
        /// The maximum number of bytes before the first part.
        var preambleBytes = 1024
    }

    /// The contents of a body.
    enum Event: Sendable, Hashable {
        /// A part begins.
        case part(MultipartHeaders)
        /// More of the part's data.
        case data(ByteBuffer)
        /// The part has ended.
        case end
    }

    private enum State {
        case preamble
        case afterDelimiter
        case headers
        case data
        case epilogue
    }

    private let delimiter: [UInt8]
    private let limits: Limits
    private var state = State.preamble
    private var buffer: ByteBuffer
    private var skipped = 0
    private var parts = 0
    /// The bytes of a part's headers in which their end was searched.
    private var searched = 0

    /// Creates a parser for a body with a boundary.
    init(boundary: String, limits: Limits = Limits()) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
        // The line end before the first delimiter is optional, so the parser adds it.
        buffer = ByteBuffer(string: "\r\n")
    }

    /// Parses the next bytes of the body.
    ///
    /// - Returns: The events, in order.
    /// - Throws: `MultipartError` if the body is malformed or exceeds a limit.
    mutating func feed(_ piece: ByteBuffer) throws(MultipartError) -> [Event] {
        var piece = piece
        buffer.writeBuffer(&piece)
        var events: [Event] = []
        while try step(&events) {}
        buffer.discardReadBytes()
        return events
    }

    /// Throws unless the body was complete.
    ///
    /// - Throws: `MultipartError` if it ended too soon.
    func finish() throws(MultipartError) {
        guard case .epilogue = state else { throw .endedEarly }
    }

    /// Advances by one state; false if that takes more bytes.
    private mutating func step(_ events: inout [Event]) throws(MultipartError) -> Bool {
        switch state {
        case .preamble:
            let (data, isEnded) = nextData()
            skipped += data?.readableBytes ?? 0
            guard skipped <= limits.preambleBytes else { throw .malformed("the body does not begin with its boundary") }
            if isEnded { state = .afterDelimiter }
            return isEnded
        case .afterDelimiter:
            return try readDelimiterEnd()
        case .headers:
            guard let headers = try readHeaders() else { return false }
            parts += 1
            guard parts <= limits.parts else { throw .tooManyParts }
            events.append(.part(headers))
            state = .data
            return true
        case .data:
            let (data, isEnded) = nextData()
            if let data { events.append(.data(data)) }
            if isEnded {
                events.append(.end)
                state = .afterDelimiter
            }
            return isEnded
        case .epilogue:
            buffer.clear()
            return false
        }
    }

    /// Takes the data before the next delimiter, or as much as cannot be the beginning of one.
    private mutating func nextData() -> (data: ByteBuffer?, isEnded: Bool) {
        let view = buffer.readableBytesView
        var start = view.startIndex
        while let candidate = view[start...].firstIndex(of: UInt8(ascii: "\r")) {
            let rest = view[candidate...].prefix(delimiter.count)
            if delimiter.starts(with: rest) {
                let data = take(candidate - view.startIndex)
                let isEnded = rest.count == delimiter.count
                if isEnded { buffer.moveReaderIndex(forwardBy: delimiter.count) }
                return (data, isEnded)
            }
            start = candidate + 1
        }
        return (take(view.count), false)
    }

    private mutating func take(_ count: Int) -> ByteBuffer? {
        count == 0 ? nil : buffer.readSlice(length: count)
    }

    /// Reads what follows a delimiter: `--` after the last part, else padding and the end of the line.
    private mutating func readDelimiterEnd() throws(MultipartError) -> Bool {
        let view = buffer.readableBytesView
        guard view.count >= 2 else { return false }
        if view.starts(with: "--".utf8) {
            state = .epilogue
            return true
        }
        guard let end = view.firstIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else {
            guard view.count <= limits.headerBytes else { throw .malformed("a boundary's line has no end") }
            return false
        }
        guard view.endIndex - end >= 2 else { return false }
        guard view[end...].starts(with: "\r\n".utf8) else { throw .malformed("a boundary is not alone on its line") }
        // The line end stays: with the headers' last one, or alone, it is the beginning of the empty line.
        buffer.moveReaderIndex(forwardBy: end - view.startIndex)
        state = .headers
        return true
    }

    /// Reads a part's headers with the empty line after them; nil if they are not yet whole.
    private mutating func readHeaders() throws(MultipartError) -> MultipartHeaders? {
        let view = buffer.readableBytesView
        let ending = "\r\n\r\n".utf8
        while searched + ending.count <= view.count {
            guard searched <= limits.headerBytes else { throw .headersTooLarge }
            let end = view.startIndex + searched
            if view[end...].starts(with: ending) {
                let headers = try MultipartHeaders(parsing: view[..<end])
                buffer.moveReaderIndex(forwardBy: searched + ending.count)
                searched = 0
                return headers
            }
            searched += 1
        }
        return nil
    }
}

/// The error of a multipart body.
struct MultipartError: Error, Sendable, Hashable {
    /// The description for people.
    let message: String

    /// A body that does not follow the format.
    static func malformed(_ what: String) -> MultipartError {
        MultipartError(message: "Malformed multipart body: \(what).")
    }

    /// It ends inside a part.
    static let endedEarly = malformed("it ends before its last boundary")
    /// It has more parts than are read.
    static let tooManyParts = malformed("it has too many parts")
    /// A part has more headers than are read.
    static let headersTooLarge = malformed("a part has too many headers")
}
