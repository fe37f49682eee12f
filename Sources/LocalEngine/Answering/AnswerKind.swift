/// The kind of statement that a question asks for.
enum AnswerKind: Sendable, Hashable {
    /// No particular kind.
    case anything
    /// A number of things, by the stem of their name.
    case count(of: String)
    /// A length of time.
    case duration
    /// An amount: of money, as a share, or else a number.
    case amount
    /// A sum of money.
    case money
    /// A share of a whole.
    case share
    /// How often.
    case frequency
    /// A date, a day, a month, a time.
    case date
    /// Who does something.
    case person
    /// Whether something is allowed.
    case permission

    /// Whether it asks how many, how long or how much.
    var isQuantity: Bool {
        switch self {
        case .count, .duration, .amount, .money: true
        case .anything, .share, .frequency, .date, .person, .permission: false
        }
    }

    /// Reads the kind from the words of a question.
    init(of question: String) {
        let words = Words.all(in: question)
        let text = " " + words.joined(separator: " ") + " "
        func asks(_ phrases: [String]) -> Bool { phrases.contains { text.contains(" \($0) ") } }
        func opens(_ openings: Set<String>) -> Bool {
            words.prefix(3).contains { openings.contains($0) }
                || zip(words, words.dropFirst()).contains { Self.connectives.contains($0) && openings.contains($1) }
        }
        if let counted = Self.counted(in: words) {
            self = Self.times.contains(counted) ? .frequency : .count(of: WordStem.of(counted))
        } else if asks(Self.durations) {
            self = .duration
        } else if asks(Self.shares) {
            self = .share
        } else if asks(Self.frequencies) {
            self = .frequency
        } else if opens(Self.dateWords) || asks(Self.dates) {
            self = .date
        } else if asks(Self.sums) {
            self = .money
        } else if asks(Self.amounts) {
            self = .amount
        } else if opens(Self.persons) {
            self = .person
        } else if opens(Self.permissions) || asks(Self.permissionPhrases) {
            self = .permission
        } else {
            self = .anything
        }
    }

    /// What follows `how many`.
    private static func counted(in words: [String]) -> String? {
        for (place, word) in words.enumerated() {
            let isAsked =
                word == "many" && place > 0 && words[place - 1] == "how"
                || ["viele", "vielen", "wieviele"].contains(word)
            if isAsked { return words[(place + 1)...].first { !fillers.contains($0) && !StopWords.contains($0) } }
        }
        return nil
    }

    private static let fillers: Set<String> = [
        "paid", "unpaid", "extra", "additional", "free", "more", "full", "working", "calendar", "business", "different",
        "bezahlte", "freie", "weitere", "zusatzliche",
    ]
    private static let times: Set<String> = ["times", "time", "mal", "male"]
    private static let durations = [
        "how long", "how soon", "how quickly", "how fast", "how early", "how far ahead", "how far in advance",
        "how much time", "how much notice", "how much leave", "how much paid time", "how much paid leave",
        "how much holiday", "how much vacation", "notice period", "wie lange", "wie lang", "wie fruh", "wie schnell",
        "wie viel zeit", "wieviel zeit", "wie viel urlaub",
    ]
    private static let shares = [
        "what percentage", "which percentage", "what share", "what part", "what proportion", "what portion",
        "what fraction", "how many percent", "wie viel prozent", "welcher anteil", "welchen anteil",
    ]
    private static let frequencies = ["how often", "how frequently", "wie oft", "wie haufig"]
    /// The words that may continue a question.
    private static let connectives: Set<String> = [
        "and", "or", "until", "till", "by", "since", "from", "und", "oder", "bis", "ab", "seit",
    ]
    private static let dateWords: Set<String> = ["when", "wann"]
    private static let dates = [
        "what date", "which date", "which dates", "which day", "what day", "what days",
        "what time", "which month", "what hours", "deadline", "welchem tag", "welcher tag", "frist",
        "what are the core hours",
    ]
    private static let sums = [
        "how much money", "spend", "cost", "costs", "price", "fee", "bonus", "what sum",
        "wie viel geld", "wie viel euro", "wieviel euro", "wie viel franken", "kostet", "kosten", "preis", "gebuhr",
        "verdiene",
    ]
    private static let amounts = [
        "how much", "how high", "how large", "how big", "how far", "how old", "what amount", "what value",
        "what limit", "limit", "maximum", "minimum", "ceiling", "cap", "rate", "the most", "the least",
        "wie viel", "wieviel", "wie hoch", "wie weit", "wie gross", "hochstens", "betrag",
    ]
    private static let persons: Set<String> = ["who", "whom", "whose", "wer", "wen", "wem"]
    private static let permissions: Set<String> = [
        "can", "may", "could", "must", "should", "darf", "durfen", "kann", "konnen", "muss", "mussen",
    ]
    private static let permissionPhrases = [
        "am i allowed", "are we allowed", "is it allowed", "is it ok", "is it okay", "is it fine", "is it possible",
        "do i need", "do i have to", "ist es erlaubt", "ist es moglich",
    ]
}

extension AnswerKind {
    /// Whether a word, or its stem, is a unit of time, or a German compound that ends in one, such as `Werktage`.
    static func isTimeUnit(_ word: String) -> Bool {
        timeUnits.contains(word)
            || endings.contains { word.hasSuffix($0) && word.utf8.count >= $0.utf8.count + fewestBeforeEnding }
    }

    /// Whether a word is the name of a currency.
    static func isCurrency(_ word: String) -> Bool { currencies.contains(word) }

    private static let timeUnits: Set<String> = {
        let words = """
            minute hour day week weekend month quarter year stunde stunden tag tage tagen woche wochen monat monate monaten \
            jahr jahre jahren minuten
            """
        return Set(words.split(separator: " ").map { WordStem.of(String($0)) })
    }()
    private static let endings = [
        "tag", "tage", "tagen", "woche", "wochen", "monat", "monate", "monaten", "jahr", "jahre", "jahren", "stunden",
    ]
    /// What is shorter before such an ending makes another word, such as `Etage`.
    private static let fewestBeforeEnding = 4
    private static let currencies: Set<String> = [
        "eur", "euro", "euros", "usd", "dollar", "dollars", "chf", "gbp", "pound", "pounds", "franken", "rappen",
        "cent", "cents",
    ]
}
