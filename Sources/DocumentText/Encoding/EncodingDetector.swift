internal import CUchardet

/// Recognises encodings of scripts other than the Latin one, by the library uchardet.
///
/// Latin text has too few letters beyond ASCII for it; ``LatinText`` recognises its encoding.
enum EncodingDetector {
    /// Decodes bytes in the encoding that they look like; nil if they are no such text.
    static func text(from bytes: [UInt8]) -> String? {
        guard let name = names[detected(bytes)], let text = LegacyEncoding.decode(bytes[...], name), isText(text) else {
            return nil
        }
        return text
    }

    /// The names in iconv of what uchardet calls an encoding.
    ///
    /// As in the WHATWG's Encoding standard, some mean a superset of the encoding that is named.
    private static let names: [String: String] = [
        "SHIFT_JIS": "CP932", "EUC-JP": "EUC-JP", "ISO-2022-JP": "ISO-2022-JP", "GB18030": "GB18030",
        "BIG5": "BIG5-HKSCS", "EUC-TW": "EUC-TW", "EUC-KR": "CP949", "UHC": "CP949", "ISO-2022-KR": "ISO-2022-KR",
        "WINDOWS-1251": "WINDOWS-1251", "KOI8-R": "KOI8-R", "ISO-8859-5": "ISO-8859-5", "IBM866": "IBM866",
        "IBM855": "IBM855", "MAC-CYRILLIC": "MAC-CYRILLIC", "WINDOWS-1253": "WINDOWS-1253",
        "ISO-8859-7": "ISO-8859-7", "WINDOWS-1255": "WINDOWS-1255", "ISO-8859-8": "ISO-8859-8",
        "WINDOWS-1256": "WINDOWS-1256", "ISO-8859-6": "ISO-8859-6", "TIS-620": "CP874",
    ]

    /// The encoding that uchardet recognises; empty if none.
    private static func detected(_ bytes: [UInt8]) -> String {
        guard let detector = uchardet_new() else { return "" }
        defer { uchardet_delete(detector) }
        bytes.withUnsafeBytes { bytes in
            _ = uchardet_handle_data(detector, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
        }
        uchardet_data_end(detector)
        return uchardet_get_charset(detector).map { String(cString: $0) } ?? ""
    }

    /// Whether nearly all characters beyond ASCII are letters of other scripts, marks, figures or punctuation.
    private static func isText(_ text: String) -> Bool {
        var (foreign, odd) = (0, 0)
        for scalar in text.unicodeScalars where !scalar.isASCII {
            foreign += 1
            let properties = scalar.properties
            let isLatin = properties.isAlphabetic && scalar.value < LatinText.end
            if isLatin || !isWritten(properties.generalCategory) { odd += 1 }
        }
        return foreign > 0 && odd * 20 <= foreign
    }

    private static func isWritten(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .unassigned, .privateUse, .surrogate, .control, .otherSymbol, .modifierSymbol: false
        default: true
        }
    }
}
