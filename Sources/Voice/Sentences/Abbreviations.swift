/// Words with a full stop that does not, or not always, end a sentence.
struct Abbreviations {
    /// Words that a sentence goes on after, in lower case and without the last full stop.
    let neverLast: Set<String>
    /// Words that a sentence may end with: it does if the next one looks like a beginning.
    let sometimesLast: Set<String>
    /// Words that are abbreviations only before a number.
    let beforeNumber: Set<String>
    /// Words after which a single letter is a name: `Annex B`.
    let beforeLetter: Set<String>

    static func of(_ language: Language) -> Abbreviations {
        switch language {
        case .english: english
        case .german: german
        }
    }

    private static let english = Abbreviations(
        neverLast: [
            "e.g", "i.e", "eg", "ie", "cf", "vs", "viz", "approx", "incl", "excl", "mr", "mrs", "ms", "dr", "prof",
            "st", "mt", "hon", "rev", "gen", "fig", "eq", "ca", "resp", "dept", "est", "ext", "max", "min", "avg",
            "u.s", "u.k", "e.u", "ph.d", "p.a", "w.r.t", "a.k.a", "n.b", "et al", "tel", "std", "ref", "encl", "sq",
            "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        ],
        sometimesLast: [
            "etc", "inc", "ltd", "co", "corp", "llc", "plc", "a.m", "p.m", "hrs", "hr", "mins", "yrs", "jr", "sr",
            "esq", "bldg", "ave", "rd", "blvd",
        ],
        beforeNumber: [
            "no", "nos", "art", "arts", "sec", "secs", "para", "paras", "pt", "p", "pp", "ch", "vol", "ed", "cl",
            "cls", "reg", "regs", "app", "lit", "item", "n", "nr", "s", "ss", "v",
        ],
        beforeLetter: [
            "annex", "appendix", "option", "plan", "class", "category", "section", "part", "table", "group", "level",
            "band", "grade", "step", "type", "zone", "schedule", "form", "case", "tier", "room", "vitamin",
        ]
    )

    private static let german = Abbreviations(
        neverLast: [
            "z.b", "zb", "d.h", "dh", "u.a", "u.ä", "o.ä", "o.a", "i.d.r", "i.s.v", "i.v.m", "i.v", "i.a", "s.o", "s.u",
            "u.u", "z.t", "v.a", "m.e", "g.g", "bzw", "ca", "inkl", "exkl", "ggf", "gegebenenf", "evtl", "vgl", "sog",
            "gem", "lt", "zzgl", "abzgl", "bspw", "bzgl", "insb", "insbes", "einschl", "ausschl", "spätest", "mind",
            "max", "min", "durchschn", "monatl", "mtl", "jährl", "wöchentl", "tägl", "geb", "verh", "dr", "prof",
            "hr", "fr", "frl", "dipl", "ing", "st", "tel", "betr", "allg", "gesetzl", "entspr", "zw", "ausg",
            "jan", "feb", "apr", "aug", "sep", "sept", "okt", "nov", "dez", "abs", "p.a", "u.s", "v.chr", "n.chr",
            "schweiz", "dt", "eidg", "kant", "p.p", "i.h.v", "i.r.v", "i.r.d", "a.d", "rd", "vorauss", "grds", "str",
        ],
        sometimesLast: [
            "usw", "usf", "etc", "u.s.w", "u.v.m", "uvm", "std", "stdn", "mio", "mrd", "min", "sek", "co", "o.g", "u.g",
            "ff", "f", "jh", "tsd", "stk",
        ],
        beforeNumber: [
            "nr", "nrn", "art", "ziff", "lit", "bst", "kap", "s", "rn", "rz", "buchst", "satz", "anm", "fn", "bd",
            "abschn", "pkt", "tab", "abb", "anl", "anh", "no",
        ],
        beforeLetter: [
            "anlage", "anhang", "option", "plan", "klasse", "kategorie", "abschnitt", "teil", "tabelle", "gruppe",
            "stufe", "typ", "zone", "formular", "fall", "variante", "tarif", "buchstabe", "raum", "lohnklasse",
        ]
    )

    /// Words that begin a German sentence more often than they follow an abbreviation or an ordinal; German nouns have
    /// capitals, too.
    static let germanBeginnings: Set<String> = [
        "der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem", "einer", "es", "er", "sie", "ihr",
        "ihre", "ihren", "wir", "ich", "du", "bei", "beim", "für", "in", "im", "wer", "wenn", "wo", "was", "wie",
        "nach",
        "ab", "alle", "allen", "auch", "aber", "an", "am", "auf", "aus", "bis", "bitte", "da", "danach", "dann",
        "dafür",
        "damit", "darüber", "davon", "dies", "diese", "dieser", "dieses", "dort", "erst", "falls", "ferner", "hier",
        "ist", "ja", "jede", "jeder", "jedes", "kein", "keine", "können", "mit", "nein", "nur", "ob", "ohne", "sind",
        "so", "sobald", "sofern", "soweit", "über", "um", "und", "unter", "vom", "von", "vor", "weitere", "wird", "zu",
        "zum", "zur", "zudem", "zusätzlich", "ausserdem", "außerdem", "jedoch", "daher", "darum", "sonst",
        "andernfalls",
        "anschliessend", "anschließend", "mehr", "weniger", "beide", "einige", "viele", "manche", "nachweise",
        "wichtig",
    ]

    /// What precedes a German ordinal, such as `am 1. Januar`, or `die 2. Mahnung`.
    static let beforeGermanOrdinal: Set<String> = [
        "am", "vom", "zum", "zur", "im", "der", "die", "das", "den", "dem", "des", "beim", "ab", "bis", "seit", "jeder",
        "jede", "jedes", "jeden", "jedem", "ein", "eine", "einen", "einem", "einer", "ihr", "ihre", "ihren", "sein",
        "mein", "unser", "unsere", "dieser", "diese", "dieses", "und", "oder", "vor", "nach", "als", "mit", "–", "-",
    ]

    /// What follows a German ordinal without an article.
    static let afterGermanOrdinal: Set<String> = [
        "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
        "november", "dezember", "quartal", "halbjahr", "jahr", "tag", "tages", "monat", "monats", "woche", "klasse",
        "kapitel", "abschnitt", "stock", "obergeschoss", "säule", "stufe", "person", "mahnung", "krankheitstag",
        "arbeitstag", "dienstjahr", "lebensjahr", "geburtstag", "januars",
    ]
}
