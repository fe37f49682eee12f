internal import Foundation

extension StringProtocol {
    /// The text in characters that GSM's alphabet has, where it has the same ones in another form: straight quotes for curly
    /// ones, hyphens for dashes, ordinary blanks for blanks of other widths, three dots for an ellipsis.
    ///
    /// Invisible characters are left out. Letters stay as they are: `ê` is another letter than `e`.
    public var spelledForPhones: String {
        var text = ""
        for scalar in String(self).precomposedStringWithCanonicalMapping.unicodeScalars {
            if let spelling = spellings[scalar] { text += spelling } else { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}

/// How a phone spells what GSM's alphabet lacks.
private let spellings: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
        ("'", "\u{2018}\u{2019}\u{201A}\u{201B}\u{2032}\u{2035}`´\u{2039}\u{203A}"),
        ("\"", "\u{201C}\u{201D}\u{201E}\u{201F}\u{2033}«»"),
        ("-", "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}•‣·\u{2043}"),
        ("...", "…"),
        (
            " ",
            "\t\u{A0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200A}\u{202F}\u{205F}\u{3000}"
        ),
        ("\n", "\u{85}\u{2028}\u{2029}"),
        ("", "\u{AD}\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{2060}\u{FEFF}"),
        ("/", "\u{2044}\u{2215}"), ("x", "×"), ("->", "→"), ("(c)", "©"), ("(R)", "®"), ("(TM)", "™"), ("<=", "≤"),
        (">=", "≥"),
        ("1/2", "½"), ("1/4", "¼"), ("3/4", "¾"), ("No.", "№"),
    ]
    var spellings: [Unicode.Scalar: String] = [:]
    for (spelling, scalars) in groups {
        for scalar in scalars.unicodeScalars { spellings[scalar] = spelling }
    }
    return spellings
}()
