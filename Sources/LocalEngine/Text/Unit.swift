/// What a figure counts, in any of the languages.
struct Unit: Sendable, Hashable {
    private let name: String

    /// Whether it is a sum of money.
    var isCurrency: Bool { Self.currencies.values.contains(name) }

    /// Whether it is a length of time.
    var isTime: Bool { ["minute", "hour", "day", "week", "month", "year"].contains(name) }

    /// Whether a figure is one of it only if it is written beside the figure.
    var isAlwaysWritten: Bool { isCurrency || name == "percent" }

    /// Reads a word in lower case and without accents, or a sign; nil if it is no known unit.
    init?(_ word: String) {
        guard let name = Self.currencies[word] ?? Self.names[word] else { return nil }
        self.name = name
    }

    /// The names of currencies by the words and signs for them.
    static let currencies: [String: String] = [
        "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "$": "usd", "usd": "usd", "dollar": "usd",
        "dollars": "usd", "£": "gbp", "gbp": "gbp", "pound": "gbp", "pounds": "gbp", "chf": "chf", "franc": "chf",
        "francs": "chf", "franken": "chf",
    ]

    private static let names: [String: String] = {
        let words = [
            "minute": "minute minutes min minuten minuto minutos minuti minuut",
            "hour": "hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren",
            "day":
                "day days tag tage tagen tages jour jours dia dias giorno giorni dag dagen workday workdays arbeitstage"
                + " arbeitstagen arbeitstag werktage werktagen urlaubstage urlaubstagen kalendertage kalendertagen",
            "week": "week weeks woche wochen semaine semaines semana semanas settimana settimane weken",
            "month": "month months monat monate monaten monats mois mes meses mese mesi maand maanden",
            "year": "year years jahr jahre jahren an ans annee annees ano anos anno anni jaar jaren",
            "percent": "% percent prozent pourcent porcentaje percento procent",
            "kilometre": "km kilometer kilometers kilometre kilometres kilometern kilometro kilometros",
            "mile": "mile miles",
        ]
        return words.reduce(into: [:]) { names, entry in
            for word in entry.value.split(separator: " ") { names[String(word)] = entry.key }
        }
    }()
}
