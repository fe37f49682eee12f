/// Character references of markup: `&name;` and `&#number;`.
enum CharacterReference {
    /// The character of the reference at a position, and the position after it.
    static func decode(_ bytes: [UInt8], at start: Int) -> (text: String, end: Int)? {
        let limit = min(bytes.count, start + 12)
        guard let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")), end > start + 1 else { return nil }
        let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        guard let text = name.first == "#" ? numbered(name.dropFirst()) : named[name] else { return nil }
        return (text, end + 1)
    }

    /// The text of bytes with all references replaced.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        let source = Array(bytes)
        var decoded: [UInt8] = []
        var position = 0
        while position < source.count {
            if source[position] == UInt8(ascii: "&"), let (text, end) = decode(source, at: position) {
                decoded += text.utf8
                position = end
            } else {
                decoded.append(source[position])
                position += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func numbered(_ number: Substring) -> String? {
        let isHexadecimal = number.first == "x" || number.first == "X"
        let value = isHexadecimal ? UInt32(number.dropFirst(), radix: 16) : UInt32(number)
        guard let value, value != 0, let scalar = Unicode.Scalar(value) else { return nil }
        return String(Character(scalar))
    }

    /// The names that are common in office documents, XML's five included.
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
        "ndash": "–", "mdash": "—", "hyphen": "‐", "shy": "\u{AD}", "hellip": "…", "bull": "•", "middot": "·",
        "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„",
        "laquo": "«", "raquo": "»", "lsaquo": "‹", "rsaquo": "›",
        "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "curren": "¤",
        "sect": "§", "para": "¶", "copy": "©", "reg": "®", "trade": "™", "deg": "°", "micro": "µ",
        "plusmn": "±", "times": "×", "divide": "÷", "minus": "−", "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈",
        "frac12": "½", "frac14": "¼", "frac34": "¾", "permil": "‰", "sup2": "²", "sup3": "³", "ordm": "º", "ordf": "ª",
        "larr": "←", "rarr": "→", "harr": "↔", "uarr": "↑", "darr": "↓", "check": "✓",
        "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}", "zwj": "\u{200D}",
        "iexcl": "¡", "iquest": "¿", "szlig": "ß", "aelig": "æ", "AElig": "Æ", "oelig": "œ", "OElig": "Œ",
        "agrave": "à", "aacute": "á", "acirc": "â", "atilde": "ã", "auml": "ä", "aring": "å",
        "Agrave": "À", "Aacute": "Á", "Acirc": "Â", "Atilde": "Ã", "Auml": "Ä", "Aring": "Å",
        "ccedil": "ç", "Ccedil": "Ç", "ntilde": "ñ", "Ntilde": "Ñ", "oslash": "ø", "Oslash": "Ø",
        "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë", "Egrave": "È", "Eacute": "É", "Ecirc": "Ê",
        "Euml": "Ë",
        "igrave": "ì", "iacute": "í", "icirc": "î", "iuml": "ï", "Igrave": "Ì", "Iacute": "Í", "Icirc": "Î",
        "Iuml": "Ï",
        "ograve": "ò", "oacute": "ó", "ocirc": "ô", "otilde": "õ", "ouml": "ö",
        "Ograve": "Ò", "Oacute": "Ó", "Ocirc": "Ô", "Otilde": "Õ", "Ouml": "Ö",
        "ugrave": "ù", "uacute": "ú", "ucirc": "û", "uuml": "ü", "Ugrave": "Ù", "Uacute": "Ú", "Ucirc": "Û",
        "Uuml": "Ü",
        "yacute": "ý", "yuml": "ÿ", "scaron": "š", "Scaron": "Š", "eth": "ð", "thorn": "þ",
    ]
}
