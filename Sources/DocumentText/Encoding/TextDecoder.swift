internal import Markup

/// Decodes the bytes of a text file, whatever its encoding.
///
/// A byte-order mark decides first, then a web page's declaration, then the bytes themselves: UTF-8, which includes
/// ASCII, UTF-16 or UTF-32 without a mark, or a legacy encoding in which the bytes are words of a language. Other bytes
/// are rejected, since they would be decoded to other characters than the author's; only a web page that declares UTF-8
/// may have a few of them, which become `\u{FFFD}` as in a browser.
enum TextDecoder {
    /// Decodes bytes into text with line feeds as its only line ends.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - isMarkup: Whether the text may declare its encoding, as a web page does.
    /// - Returns: The text.
    /// - Throws: `ExtractionError` that names the encoding, if the bytes are invalid in it, or in all supported ones.
    static func text(from bytes: [UInt8], isMarkup: Bool = false) throws(ExtractionError) -> String {
        if let other = otherFormats.first(where: { bytes.starts(with: $0.start) }) {
            throw .invalid("The file is \(other.name) although its name says otherwise. \(other.advice)")
        }
        var decoded = try marked(bytes)
        if decoded == nil, isMarkup { decoded = try declared(bytes) }
        guard let decoded = decoded ?? (isMarkup ? damaged(bytes) : nil) ?? unmarked(bytes) else {
            throw .invalid(
                "The encoding of the text is not recognised. Save it as UTF-8."
            )
        }
        return withLineFeeds(decoded)
    }

    /// How files begin that are no text.
    private static let otherFormats: [(start: [UInt8], name: String, advice: String)] = [
        (
            [0x50, 0x4B, 0x03, 0x04], "a Zip archive (as documents of Word, Excel and PowerPoint are)",
            "Give it its extension, such as .docx."
        ),
        (Array("%PDF-".utf8), "a PDF", "Give it the extension .pdf."),
        ([0xD0, 0xCF, 0x11, 0xE0], "a document of an older version of Office", "Give it its extension, such as .doc."),
        (Array("{\\rtf".utf8), "a document in Rich Text Format", "Give it the extension .rtf."),
    ]

    /// Decodes bytes with a byte-order mark; nil if there is none.
    private static func marked(_ bytes: [UInt8]) throws(ExtractionError) -> String? {
        for (mark, name) in marks where bytes.starts(with: mark) {
            let content = bytes.dropFirst(mark.count)
            let isUTF8 = name == "UTF-8"
            let text = isUTF8 ? String(validating: content, as: UTF8.self) : LegacyEncoding.decode(content, name)
            guard let text, !text.utf8.contains(0) else {
                throw .invalid("The file begins like text in \(name), but is not.")
            }
            return text
        }
        return nil
    }

    /// The byte-order marks, longer ones before those that are their prefixes.
    private static let marks: [(mark: [UInt8], name: String)] = [
        ([0xFF, 0xFE, 0x00, 0x00], "UTF-32LE"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32BE"),
        ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"), ([0xEF, 0xBB, 0xBF], "UTF-8"),
    ]

    /// Decodes markup in its declared encoding; nil if it declares none, or one in which its bytes are invalid.
    private static func declared(_ bytes: [UInt8]) throws(ExtractionError) -> String? {
        guard let label = DeclaredEncoding.label(in: bytes), let name = LegacyEncoding.name(ofLabel: label) else {
            return nil
        }
        // A declaration in single bytes cannot be UTF-16, and a declaration of a Western encoding is often copied.
        if name == "UTF-8" || name.hasPrefix("UTF-16") { return nil }
        let isSingleByte = !LegacyEncoding.multibyte.contains(name)
        if isSingleByte, let text = utf8(bytes) { return text }
        guard let text = LegacyEncoding.decode(bytes[...], name) ?? utf8(bytes), !text.utf8.contains(0) else {
            throw .invalid("The file declares the encoding \(label.prefix(32)), but is not text in it.")
        }
        return text
    }

    private static func unmarked(_ bytes: [UInt8]) -> String? {
        if bytes.contains(escape), let text = EncodingDetector.text(from: bytes) { return text }
        return utf8(bytes) ?? wide(bytes) ?? LatinText.text(from: bytes, isCertain: true)
            ?? EncodingDetector.text(from: bytes) ?? LatinText.text(from: bytes, isCertain: false)
    }

    /// The byte with which encodings of seven bits change to other letters.
    private static let escape: UInt8 = 0x1B

    private static func utf8(_ bytes: [UInt8]) -> String? {
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The maximum share of the bytes of a page that are not UTF-8, as a divisor.
    private static let maximumDamage = 1_000

    /// Decodes a page that declares UTF-8, has letters in it, and has only a few bytes from elsewhere; nil for any other.
    private static func damaged(_ bytes: [UInt8]) -> String? {
        guard let label = DeclaredEncoding.label(in: bytes), LegacyEncoding.name(ofLabel: label) == "UTF-8" else {
            return nil
        }
        let text = String(decoding: bytes.lazy.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        var letters = 0
        var damages = bytes.count { $0 == 0 }
        for scalar in text.unicodeScalars where !scalar.isASCII {
            if scalar == "\u{FFFD}" { damages += 1 } else { letters += 1 }
        }
        return letters > 0 && damages <= bytes.count / maximumDamage && damages * 4 <= letters ? text : nil
    }

    /// Decodes UTF-16 or UTF-32 without a mark, recognized by the zero bytes of Latin letters, blanks and line ends.
    private static func wide(_ bytes: [UInt8]) -> String? {
        guard bytes.count.isMultiple(of: 2), bytes.contains(0) else { return nil }
        var zeros = [0, 0, 0, 0]
        for (position, byte) in bytes.enumerated() where byte == 0 { zeros[position % 4] += 1 }
        let quarter = bytes.count / 4
        let name: String
        // Of four bytes, the highest is always zero, and the next is except for rare characters.
        if bytes.count.isMultiple(of: 4), zeros[3] == quarter, zeros[2] > quarter / 2 {
            name = "UTF-32LE"
        } else if bytes.count.isMultiple(of: 4), zeros[0] == quarter, zeros[1] > quarter / 2 {
            name = "UTF-32BE"
        } else {
            name = zeros[0] + zeros[2] > zeros[1] + zeros[3] ? "UTF-16BE" : "UTF-16LE"
        }
        guard let text = LegacyEncoding.decode(bytes[...], name) else { return nil }
        let isText = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .unassigned && !$0.isBinary }
        return isText ? text : nil
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

extension Unicode.Scalar {
    /// Whether the scalar is a control character that is not used in text.
    fileprivate var isBinary: Bool { value < 0x20 && !isBlank || value == 0x7F }
}

/// Finds the encoding that a web page or an XML document declares.
enum DeclaredEncoding {
    /// The number of bytes in which a declaration is searched; 1024 by the HTML standard.
    private static let searchedBytes = 4096

    /// The label of the encoding, in lower case, such as `windows-1252`; nil if none is declared.
    static func label(in bytes: [UInt8]) -> String? {
        // The declaration is in ASCII whatever the encoding.
        let ascii = bytes.prefix(searchedBytes).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }
        let start = String(decoding: ascii, as: UTF8.self)
        if start.hasPrefix("<?xml"), let end = start.firstRange(of: "?>"),
            let label = value(of: "encoding", in: start[..<end.lowerBound])
        {
            return label
        }
        var label: String?
        HTMLParser.parse(start) { token in
            guard label == nil, case .start("meta", let attributes) = token else { return }
            if let charset = attributes["charset"] {
                label = charset.lowercased().onOneLine
            } else if attributes["http-equiv"]?.lowercased() == "content-type", let content = attributes["content"] {
                label = value(of: "charset", in: content[...])
            }
        }
        return label
    }

    /// The value in `name="value"` or `name=value`.
    private static func value(of name: String, in text: Substring) -> String? {
        let text = text.lowercased()
        guard let name = text.firstRange(of: name) else { return nil }
        let rest = text[name.upperBound...].drop { $0.isWhitespace }
        guard rest.first == "=" else { return nil }
        let value = rest.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        let label = value.prefix { !$0.isWhitespace && !"\"';>".contains($0) }
        return label.isEmpty ? nil : String(label)
    }
}
