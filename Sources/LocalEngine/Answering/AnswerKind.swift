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
        self = AskingWords.of(TextLanguage(of: question)).kind(of: Words.all(in: question))
    }
}

extension AnswerKind {
    /// Whether a word, or its stem, is a unit of time, or a German or Dutch compound that ends in one, such as `Werktage`.
    static func isTimeUnit(_ word: String) -> Bool {
        timeUnits.contains(word) || word != "an" && Unit(word)?.isTime == true
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
        "dagen", "weken", "maanden", "jaren", "uren",
    ]
    /// What is shorter before such an ending makes another word, such as `Etage`.
    private static let fewestBeforeEnding = 4
    private static let currencies: Set<String> = [
        "eur", "euro", "euros", "usd", "dollar", "dollars", "chf", "gbp", "pound", "pounds", "franken", "rappen",
        "cent", "cents", "franc", "francs", "franchi", "reais", "pesos", "kronor", "kroner", "zlotych",
    ]
}
