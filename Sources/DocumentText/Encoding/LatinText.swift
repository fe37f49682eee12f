/// Recognises the single-byte encoding of text in Latin letters by the letters that it has in each of them.
///
/// In a wrong encoding, words have letters that no language has together, capitals in their middle, or signs.
enum LatinText {
    /// The scalars from here on are in no alphabet of Latin letters that a legacy encoding has.
    static let end: UInt32 = 0x250

    /// Decodes bytes; nil if they do not look like text in Latin letters in any of the encodings.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - isCertain: Whether nothing may be odd about the text; otherwise a few foreign names may be in it.
    /// - Returns: The text.
    static func text(from bytes: [UInt8], isCertain: Bool) -> String? {
        let foreign = bytes.count { $0 >= 0x80 }
        // Most letters of such a text are ASCII.
        guard foreign * 3 <= bytes.count - bytes.count(where: \.isBlankByte), !bytes.contains(where: \.isControl) else {
            return nil
        }
        let words = excerpt(of: bytes)
        let readings = encodings.compactMap { name, alphabets in
            LegacyEncoding.decode(words[...], name).map { (name, oddity: oddity(of: $0, alphabets)) }
        }
        let least = readings.map(\.oddity).min() ?? .max
        guard isCertain ? least == 0 : least * 10 <= words.count(where: { $0 >= 0x80 }) else { return nil }
        return readings.lazy.filter { $0.oddity == least }.compactMap { LegacyEncoding.decode(bytes[...], $0.0) }.first
    }

    /// The words with bytes beyond ASCII: as many as are needed to recognise the encoding.
    private static func excerpt(of bytes: [UInt8]) -> [UInt8] {
        var words: [UInt8] = []
        for word in bytes.lazy.split(whereSeparator: \.isBlankByte) where word.contains(where: { $0 >= 0x80 }) {
            words += word
            words.append(UInt8(ascii: " "))
            if words.count > 1 << 16 { break }
        }
        return words
    }

    /// How many characters are out of place in a text, if it is in the language that suits it best.
    private static func oddity(of text: String, _ alphabets: [Set<Unicode.Scalar>]) -> Int {
        let scalars = Array(text.unicodeScalars)
        func properties(at place: Int) -> Unicode.Scalar.Properties? {
            scalars.indices.contains(place) ? scalars[place].properties : nil
        }
        func isLetter(_ place: Int) -> Bool { properties(at: place)?.isAlphabetic == true }
        func isLowercase(_ place: Int) -> Bool { properties(at: place)?.isLowercase == true }
        var odd = 0
        var letters: [Unicode.Scalar: Int] = [:]
        for (place, scalar) in scalars.enumerated() where !scalar.isASCII {
            if scalar.properties.isAlphabetic, !signs.contains(scalar) {
                let isInnerCapital = scalar.properties.isUppercase && isLowercase(place - 1)
                odd += isInnerCapital ? 1 : 0
                letters[scalar.lowercase, default: 0] += 1
            } else if !signs.contains(scalar) {
                odd += 1
            } else if !joiners.contains(scalar), isLetter(place - 1), isLowercase(place + 1) {
                odd += 1
            } else if apart.contains(scalar), isLetter(place - 1) || isLetter(place + 1) {
                odd += 1
            }
        }
        let foreign = alphabets.map { alphabet in
            letters.reduce(0) { alphabet.contains($1.key) ? $0 : $0 + $1.value }
        }
        return odd + (foreign.min() ?? 0)
    }

    /// The signs beyond ASCII that texts have.
    private static let signs = Set("¡¿«»“”„‘’‚‹›–—…·•§°€£¥¢©®™±×÷µª²³¹º¼½¾†‡‰¶´\u{A0}\u{AD}".unicodeScalars)
    /// Those that may be between two letters.
    private static let joiners = Set("’‘–—·•…/«»“”„°§€´\u{A0}\u{AD}".unicodeScalars)

    /// Those that are beside no letter.
    private static let apart = Set("±×÷¶¢".unicodeScalars)

    /// The encodings, those that are used most come first, with the alphabets of the languages that are written in them.
    private static let encodings: [(name: String, alphabets: [Set<Unicode.Scalar>])] = [
        ("WINDOWS-1252", western), ("ISO-8859-15", western), ("WINDOWS-1250", central), ("ISO-8859-2", central),
        ("WINDOWS-1254", [turkish]), ("WINDOWS-1257", baltic), ("MACINTOSH", western), ("IBM850", western),
    ]

    /// German, French, Spanish, Portuguese, Italian, Dutch, Danish and Norwegian, Swedish and Finnish, Icelandic and
    /// Faroese, Catalan.
    private static let western = [
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "áâãàçéêíóôõúü", "àèéìíîòóùú", "äëïöüéèêáíóúàçñ", "æøåéèêóòôâàäöü",
        "åäöéàüšž", "áéíóúýþæðöø", "àçéèíïóòúüñ",
    ].map { Set($0.unicodeScalars) }
    /// Polish, Czech, Slovak, Hungarian, Croatian and Slovenian, Romanian, Albanian.
    private static let central = [
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "çë",
    ].map { Set($0.unicodeScalars) }
    private static let turkish = Set("çğıiöşüâîû".unicodeScalars)
    /// Lithuanian, Latvian, Estonian.
    private static let baltic = ["ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"].map { Set($0.unicodeScalars) }
}

extension Unicode.Scalar {
    /// The small letter, without the dot that Unicode puts on that of Turkish İ.
    fileprivate var lowercase: Unicode.Scalar { properties.lowercaseMapping.unicodeScalars.first ?? self }
}

extension UInt8 {
    /// Whether the byte is an ASCII control character that is not used in text.
    fileprivate var isControl: Bool { self < 0x20 && !isBlankByte || self == 0x7F }
}
