/// The words by which the questions of a language tell what kind of statement they ask for, in lower case and without accents.
struct AskingWords: Sendable {
    /// What stands before the things whose number is asked for, such as `how many`.
    private var counting: [String] = []
    /// Whether only units are counted, as the word for `how many` also means `how much`.
    private var countsUnitsOnly = false
    /// What stands between that and the thing.
    private var fillers: Set<String> = []
    /// What follows it where no things are counted, as in `combien de temps`.
    private var uncounted: Set<String> = []
    /// The words for `times`.
    private var times: Set<String> = []
    private var durations: [String] = []
    private var shares: [String] = []
    private var frequencies: [String] = []
    /// The words that may continue a question.
    private var connectives: Set<String> = []
    private var dateWords: Set<String> = []
    private var dates: [String] = []
    private var sums: [String] = []
    private var amounts: [String] = []
    private var persons: Set<String> = []
    private var permissions: Set<String> = []
    private var permissionPhrases: [String] = []

    /// The words of a language; those of English and German if it is another one, or unknown.
    static func of(_ language: TextLanguage?) -> AskingWords {
        switch language {
        case .french: french
        case .spanish: spanish
        case .italian: italian
        case .dutch: dutch
        case .portuguese: portuguese
        case nil, .english, .german, .other: englishAndGerman
        }
    }

    /// The kind of statement that a question asks for.
    ///
    /// - Parameter words: The words of the question, in lower case and without accents.
    /// - Returns: The kind.
    func kind(of words: [String]) -> AnswerKind {
        let text = " " + words.joined(separator: " ") + " "
        func asks(_ phrases: [String]) -> Bool { phrases.contains { text.contains(" \($0) ") } }
        func opens(_ openings: Set<String>) -> Bool {
            words.prefix(3).contains { openings.contains($0) }
                || zip(words, words.dropFirst()).contains { connectives.contains($0) && openings.contains($1) }
        }
        if let counted = counted(in: words) {
            return times.contains(counted) ? .frequency : .count(of: WordStem.of(counted))
        }
        if asks(durations) { return .duration }
        if asks(shares) { return .share }
        if asks(frequencies) { return .frequency }
        if opens(dateWords) || asks(dates) { return .date }
        if asks(sums) { return .money }
        if asks(amounts) { return .amount }
        if opens(persons) { return .person }
        return opens(permissions) || asks(permissionPhrases) ? .permission : .anything
    }

    /// The thing whose number is asked for.
    private func counted(in words: [String]) -> String? {
        for phrase in counting {
            let phrase = phrase.split(separator: " ").map { String($0) }
            guard let range = words.firstRange(of: phrase) else { continue }
            let counted = words[range.upperBound...].first { !fillers.contains($0) && !StopWords.contains($0) }
            guard let counted, !uncounted.contains(counted) else { return nil }
            return countsUnitsOnly && !AnswerKind.isTimeUnit(counted) && !AnswerKind.isCurrency(counted) ? nil : counted
        }
        return nil
    }
}

extension AskingWords {
    private static let englishAndGerman = AskingWords(
        counting: ["how many", "viele", "vielen", "wieviele"],
        fillers: [
            "paid", "unpaid", "extra", "additional", "free", "more", "full", "working", "calendar", "business",
            "different", "bezahlte", "freie", "weitere", "zusatzliche",
        ],
        times: ["times", "time", "mal", "male"],
        durations: [
            "how long", "how soon", "how quickly", "how fast", "how early", "how far ahead", "how far in advance",
            "how much time", "how much notice", "how much leave", "how much paid time", "how much paid leave",
            "how much holiday", "how much vacation", "notice period", "wie lange", "wie lang", "wie fruh",
            "wie schnell", "wie viel zeit", "wieviel zeit", "wie viel urlaub",
        ],
        shares: [
            "what percentage", "which percentage", "what share", "what part", "what proportion", "what portion",
            "what fraction", "how many percent", "wie viel prozent", "welcher anteil", "welchen anteil",
        ],
        frequencies: ["how often", "how frequently", "wie oft", "wie haufig"],
        connectives: ["and", "or", "until", "till", "by", "since", "from", "und", "oder", "bis", "ab", "seit"],
        dateWords: ["when", "wann"],
        dates: [
            "what date", "which date", "which dates", "which day", "what day", "what days", "what time", "which month",
            "what hours", "deadline", "welchem tag", "welcher tag", "frist", "what are the core hours",
        ],
        sums: [
            "how much money", "spend", "cost", "costs", "price", "fee", "bonus", "what sum", "wie viel geld",
            "wie viel euro", "wieviel euro", "wie viel franken", "kostet", "kosten", "preis", "gebuhr", "verdiene",
        ],
        amounts: [
            "how much", "how high", "how large", "how big", "how far", "how old", "what amount", "what value",
            "what limit", "limit", "maximum", "minimum", "ceiling", "cap", "rate", "the most", "the least",
            "wie viel", "wieviel", "wie hoch", "wie weit", "wie gross", "hochstens", "betrag", "what do i get",
            "what do we get", "what will i get", "was bekomme ich", "was erhalte ich",
        ],
        persons: ["who", "whom", "whose", "wer", "wen", "wem"],
        permissions: [
            "can", "may", "could", "must", "should", "darf", "durfen", "kann", "konnen", "muss", "mussen",
        ],
        permissionPhrases: [
            "am i allowed", "are we allowed", "is it allowed", "is it ok", "is it okay", "is it fine",
            "is it possible", "do i need", "do i have to", "ist es erlaubt", "ist es moglich",
        ]
    )

    private static let french = AskingWords(
        counting: ["combien de", "combien d"],
        fillers: ["plus"],
        uncounted: ["temps", "argent"],
        times: ["fois"],
        durations: ["combien de temps", "quelle duree", "quelle est la duree", "preavis", "delai"],
        shares: ["quel pourcentage", "quelle part", "quelle proportion"],
        frequencies: ["a quelle frequence"],
        connectives: ["et", "ou", "jusqu", "depuis"],
        dateWords: ["quand"],
        dates: ["quelle date", "quel jour", "quelle heure", "quel mois", "plus tard"],
        sums: ["combien d argent", "coute", "couter", "prix", "prime"],
        amounts: ["combien", "quel montant", "quel est le montant", "maximum", "minimum", "plafond"],
        persons: ["qui"],
        permissions: ["puis", "peut", "peux", "dois", "doit", "pouvons"],
        permissionPhrases: ["est il permis", "ai je le droit", "a t on le droit", "est ce que je peux"]
    )

    private static let spanish = AskingWords(
        counting: ["cuantos", "cuantas"],
        times: ["veces"],
        durations: [
            "cuanto tiempo", "cuanto dura", "cuanto duran", "que duracion", "plazo", "preaviso", "antelacion",
        ],
        shares: ["que porcentaje", "que parte"],
        frequencies: ["con que frecuencia", "cada cuanto"],
        connectives: ["y", "o", "hasta", "desde"],
        dateWords: ["cuando"],
        dates: ["que dia", "que fecha", "que hora", "que mes"],
        sums: ["cuanto dinero", "cuesta", "cuestan", "costar", "precio", "pagan", "paga", "cobro"],
        amounts: ["cuanto", "cuanta", "que importe", "que cantidad", "maximo", "minimo", "limite"],
        persons: ["quien", "quienes"],
        permissions: ["puedo", "puede", "pueden", "podemos", "debo"],
        permissionPhrases: ["tengo que", "se puede", "esta permitido", "tengo derecho"]
    )

    private static let italian = AskingWords(
        counting: ["quanti", "quante"],
        uncounted: ["soldi"],
        times: ["volte"],
        durations: ["quanto tempo", "quanto dura", "quanto durano", "preavviso", "termine"],
        shares: ["quale percentuale", "che percentuale", "quale parte", "che parte"],
        frequencies: ["ogni quanto", "con quale frequenza"],
        connectives: ["e", "o", "entro", "fino", "da"],
        dateWords: ["quando"],
        dates: ["che giorno", "quale giorno", "che ora", "quale data", "che mese"],
        sums: ["quanto denaro", "quanti soldi", "costa", "costano", "costare", "prezzo", "premio"],
        amounts: ["quanto", "quanta", "che importo", "massimo", "minimo", "limite"],
        persons: ["chi"],
        permissions: ["posso", "devo", "possiamo", "dobbiamo"],
        permissionPhrases: ["si puo", "ho diritto", "e permesso"]
    )

    private static let dutch = AskingWords(
        counting: ["hoeveel"],
        countsUnitsOnly: true,
        durations: ["hoe lang", "hoelang", "hoe snel", "hoeveel tijd", "opzegtermijn"],
        shares: ["welk percentage", "welk deel", "hoeveel procent"],
        frequencies: ["hoe vaak", "hoeveel keer", "hoeveel maal"],
        connectives: ["en", "of", "tot", "vanaf", "sinds"],
        dateWords: ["wanneer"],
        dates: ["welke datum", "welke dag", "hoe laat", "welke maand"],
        sums: ["hoeveel geld", "kost", "kosten", "prijs"],
        amounts: ["hoeveel", "hoe hoog", "hoe groot", "hoe ver", "maximaal", "minimaal", "bedrag"],
        persons: ["wie"],
        permissions: ["mag", "mogen", "kan", "kunnen", "moet", "moeten"],
        permissionPhrases: ["is het toegestaan", "heb ik recht"]
    )

    private static let portuguese = AskingWords(
        counting: ["quantos", "quantas"],
        times: ["vezes"],
        durations: ["quanto tempo", "quanto dura", "quanto duram", "aviso previo", "prazo"],
        shares: ["que percentagem", "que porcentagem", "qual percentual", "que parte"],
        frequencies: ["com que frequencia"],
        connectives: ["e", "ou", "ate", "desde"],
        dateWords: ["quando"],
        dates: ["que dia", "que data", "que horas", "que mes"],
        sums: ["quanto dinheiro", "custa", "custam", "custar", "preco"],
        amounts: ["quanto", "quanta", "que valor", "de quanto", "maximo", "minimo", "limite"],
        persons: ["quem"],
        permissions: ["posso", "pode", "podemos", "devo"],
        permissionPhrases: ["tenho que", "e permitido", "tenho direito"]
    )
}
