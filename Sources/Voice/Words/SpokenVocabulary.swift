/// How a language says what is written with marks and abbreviations.
struct SpokenVocabulary {
    /// A currency by the name of one unit and of several.
    struct Unit {
        let one: String
        let many: String
    }

    let currencies: [String: Unit]
    /// Units after a number, such as `km`.
    let units: [String: Unit]
    /// Words that multiply an amount, such as `million`.
    let multiples: [String: String]
    /// Abbreviations in lower case, without blanks and without the last full stop.
    let abbreviations: [String: String]
    /// Abbreviations that are ones only before a number.
    let beforeNumber: [String: String]
    /// Marks that are said.
    let marks: [Character: String]
    /// Marks that are said before a number.
    let marksBeforeNumber: [Character: String]
    let months: [String]
    let percent: String
    let perMille: String
    let range: String
    let per: String
    let either: String
    let section: String
    let sections: String
    let minus: String

    static func of(_ language: Language) -> SpokenVocabulary {
        switch language {
        case .english: english
        case .german: german
        }
    }

    /// The codes of currencies by their symbols.
    static let symbols: [String: String] = ["€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "Fr": "CHF", "SFr": "CHF"]

    private static let english = SpokenVocabulary(
        currencies: [
            "CHF": Unit(one: "Swiss franc", many: "Swiss francs"), "EUR": Unit(one: "euro", many: "euros"),
            "USD": Unit(one: "dollar", many: "dollars"), "GBP": Unit(one: "pound", many: "pounds"),
            "JPY": Unit(one: "yen", many: "yen"), "SEK": Unit(one: "Swedish krona", many: "Swedish kronor"),
            "CAD": Unit(one: "Canadian dollar", many: "Canadian dollars"),
        ],
        units: [
            "km": Unit(one: "kilometre", many: "kilometres"), "m": Unit(one: "metre", many: "metres"),
            "cm": Unit(one: "centimetre", many: "centimetres"), "kg": Unit(one: "kilogram", many: "kilograms"),
            "g": Unit(one: "gram", many: "grams"), "h": Unit(one: "hour", many: "hours"),
            "hrs": Unit(one: "hour", many: "hours"), "min": Unit(one: "minute", many: "minutes"),
            "mins": Unit(one: "minute", many: "minutes"), "MB": Unit(one: "megabyte", many: "megabytes"),
            "GB": Unit(one: "gigabyte", many: "gigabytes"), "kWh": Unit(one: "kilowatt hour", many: "kilowatt hours"),
            "°C": Unit(one: "degree", many: "degrees"), "k": Unit(one: "thousand", many: "thousand"),
        ],
        multiples: [
            "million": "million", "millions": "million", "billion": "billion", "thousand": "thousand", "m": "million",
            "mn": "million", "bn": "billion", "k": "thousand",
        ],
        abbreviations: [
            "e.g": "for example", "i.e": "that is", "etc": "and so on", "approx": "approximately", "incl": "including",
            "excl": "excluding", "vs": "versus", "p.a": "per year", "max": "at most", "min": "at least",
            "cf": "compare", "a.m": "a m", "p.m": "p m", "dept": "department", "resp": "respectively", "ca": "about",
            "w/o": "without", "tel": "telephone",
        ],
        beforeNumber: [
            "no": "number", "nos": "numbers", "nr": "number", "art": "article", "sec": "section", "para": "paragraph",
            "p": "page", "pp": "pages", "ch": "chapter", "cl": "clause", "vol": "volume", "reg": "regulation",
            "fig": "figure", "app": "appendix",
        ],
        marks: [
            "&": "and", "=": "equals", "→": ",", "⇒": ",", "×": "times", "@": "at", "|": ",", "+": "plus",
        ],
        marksBeforeNumber: [
            "~": "about", "≈": "about", "<": "less than", ">": "more than", "≤": "at most", "≥": "at least",
            "±": "plus or minus", "#": "number",
        ],
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        percent: "percent",
        perMille: "per mille",
        range: "to",
        per: "per",
        either: "or",
        section: "section",
        sections: "sections",
        minus: "minus"
    )

    private static let german = SpokenVocabulary(
        currencies: [
            "CHF": Unit(one: "Franken", many: "Franken"), "EUR": Unit(one: "Euro", many: "Euro"),
            "USD": Unit(one: "Dollar", many: "Dollar"), "GBP": Unit(one: "Pfund", many: "Pfund"),
            "JPY": Unit(one: "Yen", many: "Yen"), "SEK": Unit(one: "schwedische Krone", many: "schwedische Kronen"),
            "CAD": Unit(one: "kanadischer Dollar", many: "kanadische Dollar"),
        ],
        units: [
            "km": Unit(one: "Kilometer", many: "Kilometer"), "m": Unit(one: "Meter", many: "Meter"),
            "cm": Unit(one: "Zentimeter", many: "Zentimeter"), "kg": Unit(one: "Kilogramm", many: "Kilogramm"),
            "g": Unit(one: "Gramm", many: "Gramm"), "h": Unit(one: "Stunde", many: "Stunden"),
            "Std": Unit(one: "Stunde", many: "Stunden"), "min": Unit(one: "Minute", many: "Minuten"),
            "Min": Unit(one: "Minute", many: "Minuten"), "MB": Unit(one: "Megabyte", many: "Megabyte"),
            "GB": Unit(one: "Gigabyte", many: "Gigabyte"), "kWh": Unit(one: "Kilowattstunde", many: "Kilowattstunden"),
            "°C": Unit(one: "Grad", many: "Grad"),
        ],
        multiples: [
            "mio": "Millionen", "million": "Million", "millionen": "Millionen", "mrd": "Milliarden",
            "milliarde": "Milliarde", "milliarden": "Milliarden", "tsd": "Tausend", "tausend": "Tausend",
        ],
        abbreviations: [
            "z.b": "zum Beispiel", "d.h": "das heißt", "u.a": "unter anderem", "usw": "und so weiter",
            "etc": "und so weiter", "bzw": "beziehungsweise", "ca": "circa", "inkl": "inklusive", "exkl": "exklusive",
            "ggf": "gegebenenfalls", "evtl": "eventuell", "vgl": "vergleiche", "sog": "sogenannte", "gem": "gemäß",
            "lt": "laut", "zzgl": "zuzüglich", "abzgl": "abzüglich", "bspw": "beispielsweise", "bzgl": "bezüglich",
            "insb": "insbesondere", "max": "maximal", "min": "mindestens", "mind": "mindestens",
            "i.d.r": "in der Regel", "o.ä": "oder ähnliches", "u.ä": "und ähnliches", "s.o": "siehe oben",
            "s.u": "siehe unten", "z.t": "zum Teil", "p.a": "pro Jahr", "abs": "Absatz", "einschl": "einschließlich",
            "mtl": "monatlich", "u.u": "unter Umständen", "v.a": "vor allem", "tel": "Telefon", "std": "Stunden",
            "i.v.m": "in Verbindung mit",
        ],
        beforeNumber: [
            "nr": "Nummer", "nrn": "Nummern", "art": "Artikel", "ziff": "Ziffer", "kap": "Kapitel", "s": "Seite",
            "rz": "Randziffer", "abb": "Abbildung", "tab": "Tabelle", "lit": "Buchstabe", "bst": "Buchstabe",
            "buchst": "Buchstabe", "anm": "Anmerkung", "pkt": "Punkt", "abschn": "Abschnitt", "rd": "rund",
        ],
        marks: [
            "&": "und", "=": "gleich", "→": ",", "⇒": ",", "×": "mal", "@": "ät", "|": ",", "+": "plus",
        ],
        marksBeforeNumber: [
            "~": "etwa", "≈": "etwa", "<": "weniger als", ">": "mehr als", "≤": "höchstens", "≥": "mindestens",
            "±": "plus minus", "#": "Nummer",
        ],
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ],
        percent: "Prozent",
        perMille: "Promille",
        range: "bis",
        per: "pro",
        either: "oder",
        section: "Paragraf",
        sections: "Paragrafen",
        minus: "minus"
    )
}
