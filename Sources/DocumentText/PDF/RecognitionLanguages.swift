/// The languages in which tesseract reads scans, by the names of its data, such as `deu`.
///
/// The order matters: letters with accents are recognized best in the first language.
struct RecognitionLanguages: Sendable, Hashable {
    /// The languages that are installed.
    let installed: [String]

    /// The maximum number of languages at once, as each of them takes time.
    private static let maximumAtOnce = 4

    /// The languages that tesseract lists.
    ///
    /// - Parameter list: The output of `tesseract --list-langs`.
    init(list: [UInt8]) {
        let names = String(decoding: list, as: UTF8.self).split(separator: "\n").dropFirst().map { String($0) }
        installed = names.filter { name in
            !["osd", "equ"].contains(name) && !name.contains("/") && !name.hasSuffix("_vert")
        }
    }

    /// The languages of a page of an unknown language: those of its script.
    ///
    /// - Parameter script: The script's name in tesseract; nil if it is unknown.
    /// - Returns: The languages, the most widely used first.
    func candidates(script: String?) -> [String] {
        let fitting = installed.filter { language in
            let scripts = Self.scripts[language]
            return script.map { scripts?.contains($0) ?? ($0 == "Latin") } ?? true
        }
        let usual = ["eng"] + FunctionWords.languages
        let ordered = (fitting.isEmpty ? installed : fitting).sorted { one, other in
            (usual.firstIndex(of: one) ?? usual.count, one) < (usual.firstIndex(of: other) ?? usual.count, other)
        }
        return Array(ordered.prefix(Self.maximumAtOnce))
    }

    /// The languages for a text: its own first, and English, whose words occur in all languages.
    ///
    /// - Parameter text: The document's text so far.
    /// - Returns: The languages; nil if the text's language is unknown or not installed.
    func languages(for text: String) -> [String]? {
        guard let language = FunctionWords.language(of: text), installed.contains(language) else { return nil }
        return language != "eng" && installed.contains("eng") ? [language, "eng"] : [language]
    }

    /// Whether languages of several scripts are installed, so that the script has to be detected first.
    var hasSeveralScripts: Bool { installed.contains { Self.scripts[$0] != nil } }

    /// The scripts of the languages without Latin letters, by their names in tesseract.
    private static let scripts: [String: Set<String>] = [
        "jpn": ["Japanese", "Han"], "chi_sim": ["Han", "HanS"], "chi_tra": ["Han", "HanT"],
        "kor": ["Korean", "Hangul"], "ara": ["Arabic"], "fas": ["Arabic"], "urd": ["Arabic"], "heb": ["Hebrew"],
        "rus": ["Cyrillic"], "ukr": ["Cyrillic"], "bul": ["Cyrillic"], "srp": ["Cyrillic"], "ell": ["Greek"],
        "tha": ["Thai"], "hin": ["Devanagari"], "mar": ["Devanagari"], "ben": ["Bengali"], "tam": ["Tamil"],
        "tel": ["Telugu"], "kat": ["Georgian"], "hye": ["Armenian"], "amh": ["Ethiopic"],
    ]
}

/// Recognizes the language of a text by its function words.
enum FunctionWords {
    /// The recognized languages, by the names of tesseract's data.
    static var languages: [String] { words.map(\.language) }

    private static let minimumWords = 2

    /// The language of a text; nil if it is unknown.
    static func language(of text: String) -> String? {
        var counts: [String: Int] = [:]
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }).prefix(20_000) {
            for (language, words) in words where words.contains(String(word)) { counts[language, default: 0] += 1 }
        }
        guard let best = counts.max(by: { $0.value < $1.value }), best.value >= minimumWords,
            counts.allSatisfy({ $0.key == best.key || $0.value < best.value })
        else { return nil }
        return best.key
    }

    private static let words: [(language: String, words: Set<String>)] = [
        (
            "deu",
            ["der", "die", "das", "und", "ist", "den", "von", "mit", "für", "auf", "nicht", "werden", "eine", "dem"]
        ),
        ("eng", ["the", "and", "of", "is", "to", "for", "with", "are", "or", "be", "by", "this", "that", "not"]),
        ("fra", ["le", "les", "des", "et", "est", "du", "une", "pour", "dans", "par", "sur", "aux", "qui", "pas"]),
        ("spa", ["el", "los", "las", "y", "es", "del", "una", "para", "por", "con", "su", "que", "al", "se"]),
        ("ita", ["il", "gli", "e", "è", "di", "della", "una", "per", "con", "che", "sono", "del", "nel", "non"]),
        ("por", ["o", "os", "as", "e", "é", "do", "da", "uma", "para", "com", "não", "dos", "ao", "em"]),
        ("nld", ["de", "het", "een", "en", "van", "is", "voor", "met", "niet", "op", "zijn", "wordt", "dat", "bij"]),
        ("pol", ["w", "i", "na", "z", "do", "nie", "się", "jest", "oraz", "dla", "przez", "od", "lub", "po"]),
        ("swe", ["och", "att", "det", "som", "för", "är", "på", "inte", "en", "av", "till", "med", "den", "ett"]),
        ("dan", ["og", "at", "det", "som", "for", "er", "på", "ikke", "en", "af", "til", "med", "den", "et"]),
        ("ces", ["a", "v", "na", "je", "se", "že", "pro", "nebo", "do", "s", "za", "od", "při", "který"]),
        ("tur", ["ve", "bir", "bu", "için", "ile", "de", "da", "olarak", "olan", "veya", "her", "gün", "en", "daha"]),
    ]
}
