extension Statement {
    /// How well the statement is of the kind that a question asks for: 0…1.
    func fits(_ kind: AnswerKind) -> Double {
        switch kind {
        case .anything: 0
        case .count(let counted): fits(countOf: counted)
        case .duration: numbers.contains { isTimeUnit(after: $0) } ? 1 : hasFigure ? 0.2 : 0
        case .amount: hasMoney || hasShare ? 1 : hasFigure ? 0.5 : 0
        case .money: hasMoney ? 1 : hasShare ? 0.5 : hasFigure ? 0.2 : 0
        case .share: hasShare ? 1 : hasFigure ? 0.3 : 0
        case .frequency: stems.contains { Self.frequencyWords.contains($0) } ? 1 : hasFigure ? 0.3 : 0
        case .date: hasDate ? 1 : numbers.contains { isTimeUnit(after: $0) } ? 0.7 : numbers.isEmpty ? 0 : 0.2
        case .person: stems.contains { Self.roleWords.contains($0) } ? 1 : 0
        case .permission: words.contains { Self.permissionWords.contains($0) } ? 1 : 0
        }
    }

    /// A number of days is a length of time, and a number of euros a sum of money, in whatever unit it is stated.
    private func fits(countOf counted: String) -> Double {
        if numbers.contains(where: { holds(counted, after: $0) }) { return 1 }
        if AnswerKind.isCurrency(counted) { return fits(.money) }
        if AnswerKind.isTimeUnit(counted) {
            if numbers.contains(where: { isTimeUnit(after: $0) }) { return 0.7 }
            // The unit may stand before the figure, as in `Days: 27`.
            if hasFigure, stems.contains(counted) { return 0.5 }
        }
        return hasFigure ? 0.3 : 0
    }

    /// Whether it describes an entitlement.
    var isEntitlement: Bool { stems.contains { Self.entitlementWords.contains($0) } }

    /// Whether there is a figure in it, in digits or as a word, that is no year.
    private var hasFigure: Bool { numbers.contains { !isYear(at: $0) } }

    /// Whether a number is a year by its figures and by the word before it, and counts nothing.
    private func isYear(at place: Int) -> Bool {
        guard place > 0, CalendarWords.isYear(words[place]),
            Self.beforeYear.contains(words[place - 1]) || CalendarWords.months[words[place - 1]] != nil
        else { return false }
        return !isTimeUnit(after: place) && !words[(place + 1)...].prefix(1).contains { AnswerKind.isCurrency($0) }
    }

    /// The places of the words that are numbers.
    private var numbers: [Int] {
        words.indices.filter { words[$0].first?.isNumber == true || Self.isNumber(words[$0]) }
    }

    /// Whether a thing that is counted follows a number closely.
    private func holds(_ counted: String, after place: Int) -> Bool {
        stems[(place + 1)...].prefix(4).contains { $0 == counted }
    }

    private func isTimeUnit(after place: Int) -> Bool {
        zip(stems, words).dropFirst(place + 1).prefix(3).contains {
            AnswerKind.isTimeUnit($0) || AnswerKind.isTimeUnit($1)
        }
    }

    private var hasMoney: Bool {
        !numbers.isEmpty && (text.contains { "€$£".contains($0) } || words.contains { AnswerKind.isCurrency($0) })
    }

    private var hasShare: Bool {
        text.contains("%") || words.contains { Self.shareWords.contains($0) }
            || zip(words, words.dropFirst()).contains { Self.beforeHundred.contains($0) && Self.hundreds.contains($1) }
    }

    private var hasDate: Bool {
        words.contains { Self.calendarWords.contains($0) } || text.contains(":") && Self.isClock(text)
    }

    /// Whether there is a time of day such as `09:00`.
    private static func isClock(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.dropFirst().dropLast(2).contains { place in
            bytes[place] == UInt8(ascii: ":")
                && [place - 1, place + 1, place + 2].allSatisfy { (0x30...0x39).contains(bytes[$0]) }
        }
    }

    /// Whether a word is a number of any of the languages.
    private static func isNumber(_ word: String) -> Bool {
        numberWords.contains(word) || !notNumbers.contains(word) && NumberWords.isAboveOne(word)
    }

    private static let beforeYear = set(
        "of in since until before after year seit ab bis von vom im jahr en de desde del dal"
    )
    /// Numbers of some languages that are other words in others.
    private static let notNumbers = set("due mil onze otto sei")
    private static let beforeHundred = set("vom por per pour")
    private static let hundreds = set("hundert ciento cento cent")

    private static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map { String($0) }) }

    private static let numberWords = set(
        """
        one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand \
        half third quarter once twice double zwei drei vier funf sechs sieben acht neun zehn elf zwolf zwanzig dreissig hundert \
        tausend halb halbe halben einmal zweimal dreimal
        """
    )
    private static let shareWords = set(
        "percent percentage prozent half third quarter halfte drittel pourcent porcentaje procent moitie mitad metade helft"
    )
    private static let frequencyWords = Set(
        set(
            """
            once twice times every each weekly daily monthly quarterly annually yearly often per einmal zweimal dreimal mal \
            jahrlich monatlich wochentlich taglich fois chaque veces vez cada volta volte ogni keer elke iedere vezes
            """
        ).map { WordStem.of($0) }
    )
    private static let calendarWords = set(
        """
        january february march april june july august september october november december monday tuesday wednesday thursday \
        friday saturday sunday noon midnight januar februar marz juni juli oktober dezember montag dienstag mittwoch \
        donnerstag freitag samstag sonntag uhr heures
        """
    ).union((CalendarWords.months.keys.map { $0 } + CalendarWords.weekdays.keys).filter { $0.count > 3 })
    private static let roleWords = Set(
        set(
            """
            manager head lead director officer team department people person office desk coo cto ceo cfo hr finance human resources \
            supervisor boss colleague buddy mentor partner leader owner founder executive board staff leitung teamleitung \
            vorgesetzte vorgesetzten bereichsleitung geschaftsleitung abteilung personalabteilung firma responsable chef \
            direction employeur jefe direccion empresa responsabile direttore azienda leidinggevende directie afdeling gestor \
            chefia gerente
            """
        ).map { WordStem.of($0) }
    )
    private static let entitlementWords = Set(
        set(
            "get receive entitled entitlement granted eligible offered provides erhalten erhalt bekommen bekommt anspruch haben"
        ).map { WordStem.of($0) }
    )
    private static let permissionWords = set(
        """
        may can must cannot never not only allowed permitted forbidden prohibited okay fine please avoid should need needs required \
        darf durfen kann konnen muss mussen nicht nur erlaubt verboten gestattet peut peuvent doit doivent permis autorise \
        interdit puede pueden debe deben permitido prohibido puo possono deve devono permesso vietato consentito mag mogen \
        moet moeten toegestaan pode podem devem proibido
        """
    )
}

extension Statement {
    /// Whether the statement only says what its document is about: `This policy describes how …`.
    var isAboutItsDocument: Bool {
        guard let noun = words.prefix(4).firstIndex(where: { Self.documentNouns.contains($0) }), noun > 0,
            words[..<noun].contains(where: { Self.demonstratives.contains($0) })
        else { return false }
        return words[(noun + 1)...].prefix(2).contains { Self.verbsOfSaying.contains($0) }
    }

    /// Whether the statement only names the document, by one of some titles, in which something is said.
    ///
    /// `as described in …` and `see …` only stand beside what is said here.
    func refers(toOneOf titles: [String]) -> Bool {
        let verbs = words.indices.filter { Self.verbsOfReference.contains(words[$0]) }
        guard let verb = verbs.first, verb > 0, !["as", "wie"].contains(words[verb - 1]) else { return false }
        let text = " " + words.joined(separator: " ") + " "
        return titles.contains { text.contains(" \($0) ") }
    }

    private static let demonstratives: Set<String> = ["this", "our", "diese", "dieses", "dieser"]
    private static let documentNouns: Set<String> = [
        "policy", "document", "page", "section", "handbook", "guide", "guideline", "chapter", "code", "manual",
        "richtlinie", "dokument", "seite", "abschnitt", "kapitel", "handbuch", "leitfaden", "merkblatt", "reglement",
        "erganzung",
    ]
    private static let verbsOfSaying: Set<String> = [
        "says", "describes", "explains", "covers", "lists", "states", "sets", "outlines", "summarizes", "summarises",
        "defines", "tells", "beschreibt", "erklart", "regelt", "fasst", "erlautert", "enthalt", "listet", "legt",
    ]
    private static let verbsOfReference: Set<String> = [
        "described", "set", "explained", "listed", "defined", "governed", "beschrieben", "beschreibt", "geregelt",
        "regelt", "erklart",
    ]
}
