/// The signs of the fonts that have signs of their own in the places of letters.
enum WordSymbols {
    /// The signs of Symbol from 0x20 on.
    private static let symbol = Array(
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    )
    /// The signs of Symbol from 0xA0 on.
    private static let upperSymbol = Array(
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"
    )
    private static let wingdings: [Int: Character] = [
        0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐",
        0x71: "☐", 0x72: "☐", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x78: "☒", 0x80: "⓪", 0x81: "①", 0x82: "②",
        0x83: "③", 0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8A: "⑩", 0x8C: "①", 0x8D: "②",
        0x8E: "③", 0x8F: "④", 0x90: "⑤", 0x91: "⑥", 0x92: "⑦", 0x93: "⑧", 0x94: "⑨", 0x95: "⑩", 0x9E: "·", 0x9F: "•",
        0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←",
        0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xEF: "⇐", 0xF0: "⇒", 0xF1: "⇑", 0xF2: "⇓", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓",
        0xFD: "☒", 0xFE: "☑",
    ]
    private static let wingdings2: [Int: Character] = [
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "☒", 0x95: "●", 0x96: "●", 0x97: "●",
        0x98: "●", 0x99: "●", 0x9E: "◉", 0xA2: "■", 0xA3: "☐",
    ]
    private static let webdings: [Int: Character] = [
        0x33: "←", 0x34: "→", 0x35: "↑", 0x36: "↓", 0x61: "✓", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✗",
    ]

    /// The names of the fonts.
    static let fonts: Set<String> = ["symbol", "wingdings", "wingdings 2", "webdings"]

    /// The text of a run in one of the fonts, whose characters may be private ones or those of a single byte.
    ///
    /// A letter in whose place no known sign is stays, as programs replace fonts that they do not have.
    static func text(ofRun run: String, in font: String) -> String {
        run.unicodeScalars.reduce(into: "") { text, scalar in
            let isPrivate = (0xE000...0xF8FF).contains(scalar.value)
            let isLetter = font.lowercased() == "symbol" ? scalar.isASCII : scalar.properties.isWhitespace
            guard isPrivate || scalar.value <= 0xFF && !isLetter else {
                text.unicodeScalars.append(scalar)
                return
            }
            let sign = self.text(of: String(scalar.value, radix: 16), in: font)
            if isPrivate || sign != " " { text += sign } else { text.unicodeScalars.append(scalar) }
        }
    }

    /// The text of a sign.
    ///
    /// - Parameters:
    ///   - code: The sign's place in the font as a hexadecimal number; fonts of signs start at `F000`.
    ///   - font: The name of the font.
    /// - Returns: The sign, or a blank for one that is not known, as what stands around it is not one word.
    static func text(of code: String, in font: String) -> String {
        guard let value = Int(code, radix: 16) else { return " " }
        let isPrivate = (0xE000...0xF8FF).contains(value)
        let place = isPrivate ? value & 0xFF : value
        let sign: Character? =
            switch font.lowercased() {
            case "symbol" where (0x20..<0x20 + symbol.count).contains(place): symbol[place - 0x20]
            case "symbol" where (0xA0..<0xA0 + upperSymbol.count).contains(place): upperSymbol[place - 0xA0]
            case "wingdings": wingdings[place]
            case "wingdings 2": wingdings2[place]
            case "webdings": webdings[place]
            default: nil
            }
        if let sign { return String(sign) }
        // A place outside of the private ones and those of a single byte is that of the sign itself.
        guard !isPrivate, value > 0xFF, let scalar = UnicodeScalar(UInt32(value)) else { return " " }
        return String(Character(scalar))
    }
}
