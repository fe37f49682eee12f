internal import Foundation

/// Legacy encodings of text files, decoded by the system's iconv(3).
enum LegacyEncoding {
    /// The multibyte encodings.
    static let multibyte: Set<String> = [
        "CP932", "EUC-JP", "ISO-2022-JP", "GB18030", "BIG5-HKSCS", "CP949",
    ]

    /// The name in iconv of a label of the WHATWG's Encoding standard; nil for an unknown label.
    ///
    /// As in the standard, some labels mean a superset of the encoding that they name.
    static func name(ofLabel label: String) -> String? {
        if let name = names[label] { return name }
        for prefix in ["windows-125", "cp125", "x-cp125"] where label.hasPrefix(prefix) {
            let digit = label.dropFirst(prefix.count)
            return digit.count == 1 && digit.first?.isWholeNumber == true ? "WINDOWS-125\(digit)" : nil
        }
        for prefix in ["iso-8859-", "iso8859-", "iso_8859-"] where label.hasPrefix(prefix) {
            guard let part = Int(label.dropFirst(prefix.count)), (1...16).contains(part), part != 12 else { return nil }
            return supersets[part] ?? "ISO-8859-\(part)"
        }
        return nil
    }

    private static let names: [String: String] = [
        "utf-8": "UTF-8", "utf8": "UTF-8", "utf-16": "UTF-16LE", "utf-16le": "UTF-16LE", "utf-16be": "UTF-16BE",
        "us-ascii": "WINDOWS-1252", "ascii": "WINDOWS-1252", "latin1": "WINDOWS-1252", "l1": "WINDOWS-1252",
        "latin2": "ISO-8859-2", "latin-9": "ISO-8859-15", "macintosh": "MACINTOSH", "koi8-r": "KOI8-R",
        "koi8-u": "KOI8-U", "ibm866": "IBM866", "cp866": "IBM866", "tis-620": "CP874", "windows-874": "CP874",
        "shift_jis": "CP932", "shift-jis": "CP932", "sjis": "CP932", "x-sjis": "CP932", "windows-31j": "CP932",
        "ms_kanji": "CP932", "euc-jp": "EUC-JP", "iso-2022-jp": "ISO-2022-JP", "gb2312": "GB18030", "gbk": "GB18030",
        "gb18030": "GB18030", "big5": "BIG5-HKSCS", "euc-kr": "CP949", "ks_c_5601-1987": "CP949",
    ]
    private static let supersets = [1: "WINDOWS-1252", 9: "WINDOWS-1254", 11: "CP874"]

    /// The result of iconv(3) for an error: `(size_t)-1`.
    private static let failed = -1

    /// Decodes bytes; nil if they are invalid in the encoding, or the system does not have it.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, without a byte-order mark.
    ///   - name: The encoding's name in iconv.
    /// - Returns: The text.
    static func decode(_ bytes: ArraySlice<UInt8>, _ name: String) -> String? {
        let converter = iconv_open("UTF-8", name)
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var chunk = [CChar](repeating: 0, count: 1 << 16)
        let isWhole = input.withUnsafeMutableBufferPointer { input -> Bool in
            var source = input.baseAddress
            var left = input.count
            var isDone = false
            while !isDone {
                let written = chunk.withUnsafeMutableBufferPointer { chunk -> Int? in
                    var target = chunk.baseAddress
                    var room = chunk.count
                    // A second call without input flushes the state of an encoding with shifts.
                    let result =
                        left > 0
                        ? iconv(converter, &source, &left, &target, &room)
                        : iconv(converter, nil, nil, &target, &room)
                    if result == failed, left == 0 || errno != E2BIG { return nil }
                    return chunk.count - room
                }
                guard let written else { return false }
                isDone = left == 0 && written == 0
                output.append(contentsOf: chunk[..<written].lazy.map { UInt8(bitPattern: $0) })
            }
            return true
        }
        return isWhole ? String(validating: output, as: UTF8.self) : nil
    }
}
