/// Reads a file byte by byte, and knows the line and the offset of the next byte.
struct ByteReader {
    /// The file's name in errors.
    let name: String
    /// The line of the next byte, counted from 1.
    private(set) var line: Int
    private let read: () throws(ExportError) -> [UInt8]
    private var piece: [UInt8] = []
    private var index = 0
    private var isAtEnd = false
    /// How many bytes the earlier pieces had.
    private var base: Int

    /// The longest line that ``nextLine()`` returns: 1 MiB.
    static let maximumLineBytes = 1 << 20

    init(_ file: ExportFile, line: Int = 1, offset: Int = 0) {
        name = file.name
        read = file.read
        base = offset
        self.line = line
    }

    /// The offset of the next byte, counted from 0.
    var offset: Int { base + index }

    /// The place of the next byte.
    var position: ExportError.Position { .init(file: name, line: line, offset: offset) }

    /// Returns the next byte without reading it; nil at the end.
    mutating func peek() throws(ExportError) -> UInt8? {
        if index == piece.count, !isAtEnd {
            base += piece.count
            index = 0
            piece = try read()
            isAtEnd = piece.isEmpty
        }
        return index < piece.count ? piece[index] : nil
    }

    /// Reads the next byte; nil at the end.
    mutating func next() throws(ExportError) -> UInt8? {
        guard let byte = try peek() else { return nil }
        index += 1
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    /// Reads the next bytes as long as they are plain characters of a JSON text; none at the end of a piece of the file.
    mutating func nextPlainBytes() -> ArraySlice<UInt8> {
        let plain = piece[index...].prefix { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        index = plain.endIndex
        return plain
    }

    /// Reads a line without its end, LF or CRLF; nil at the end of the file.
    ///
    /// - Returns: The line's bytes, and the place of its first byte.
    /// - Throws: ``ExportError`` with the code `tooLarge` for a line of more than ``maximumLineBytes``.
    mutating func nextLine() throws(ExportError) -> (bytes: [UInt8], position: ExportError.Position)? {
        guard try peek() != nil else { return nil }
        let start = position
        var bytes: [UInt8] = []
        while let byte = try next(), byte != UInt8(ascii: "\n") {
            bytes.append(byte)
            guard bytes.count <= Self.maximumLineBytes else {
                throw ExportError(.tooLarge, "The line has more than \(Self.maximumLineBytes >> 20) MiB.", at: start)
            }
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return (bytes, start)
    }
}
