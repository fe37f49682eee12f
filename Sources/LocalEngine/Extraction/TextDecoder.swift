/// Turns the bytes of a text file into text.
///
/// Read are UTF-8, which includes ASCII, and UTF-16 with a byte-order mark: the encodings that OpenAI accepts.
enum TextDecoder {
    /// The text in some bytes, with line feeds as its only line ends.
    ///
    /// - Throws: `ExtractionError` if the bytes are not text in one of the encodings.
    static func text(from bytes: [UInt8]) throws(ExtractionError) -> String {
        let decoded: String? =
            if bytes.starts(with: [0xFF, 0xFE]) {
                utf16(bytes.dropFirst(2)) { UInt16($1) << 8 | UInt16($0) }
            } else if bytes.starts(with: [0xFE, 0xFF]) {
                utf16(bytes.dropFirst(2)) { UInt16($0) << 8 | UInt16($1) }
            } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                String(validating: bytes.dropFirst(3), as: UTF8.self)
            } else {
                String(validating: bytes, as: UTF8.self)
            }
        guard let decoded, !decoded.utf8.contains(0) else {
            throw .invalid("The file is not text in UTF-8, UTF-16 or ASCII.")
        }
        return withLineFeeds(decoded)
    }

    /// Decodes pairs of bytes, which `unit` puts together; no text if a pair or a surrogate stands alone.
    private static func utf16(_ bytes: ArraySlice<UInt8>, unit: (UInt8, UInt8) -> UInt16) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
        return String(validating: units, as: UTF16.self)
    }

    private static func withLineFeeds(_ text: String) -> String {
        let carriageReturn = UInt8(ascii: "\r")
        let lineFeed = UInt8(ascii: "\n")
        guard text.utf8.contains(carriageReturn) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == carriageReturn {
                bytes.append(lineFeed)
            } else if byte != lineFeed || previous != carriageReturn {
                bytes.append(byte)
            }
            previous = byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
