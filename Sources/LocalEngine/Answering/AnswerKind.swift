/// What kind of statement a question asks for.
enum AnswerKind: Sendable, Hashable {
    /// Nothing in particular.
    case anything
    /// How many of something, by the stem of what is counted.
    case count(of: String)
    /// A length of time.
    case duration
    /// An amount: of money, as a share, or else a number.
    case amount
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

    /// Reads the kind from the words of a question.
    init(of question: String) {
        let words = Words.all(in: question)
        let text = " " + words.joined(separator: " ") + " "
        func asks(_ phrases: [String]) -> Bool { phrases.contains { text.contains(" \($0) ") } }
        if let counted = Self.counted(in: words) {
            self = Self.times.contains(counted) ? .frequency : .count(of: WordStem.of(counted))
        } else if asks(Self.durations) {
            self = .duration
        } else if asks(Self.shares) {
            self = .share
        } else if asks(Self.frequencies) {
            self = .frequency
        } else if asks(Self.dates) {
            self = .date
        } else if asks(Self.amounts) {
            self = .amount
        } else if asks(Self.persons) {
            self = .person
        } else if asks(Self.permissions) {
            self = .permission
        } else {
            self = .anything
        }
    }

    /// Whether a number answers it.
    var isFigure: Bool {
        switch self {
        case .count, .duration, .amount, .share: true
        case .anything, .frequency, .date, .person, .permission: false
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
    private static let dates = [
        "when", "until when", "by when", "what date", "which date", "which dates", "which day", "what day", "what days",
        "what time", "which month", "what hours", "deadline", "wann", "welchem tag", "welcher tag", "frist",
        "what are the core hours",
    ]
    private static let amounts = [
        "how much", "how high", "how large", "how big", "how far", "how old", "what amount", "what sum", "what value",
        "what limit", "limit", "maximum", "minimum", "ceiling", "cap", "rate", "cost", "the most", "the least", "do i earn", "do we earn",
        "wie viel", "wieviel", "wie hoch", "wie weit", "wie gross", "hochstens", "kostet", "betrag",
    ]
    private static let persons = ["who", "whom", "whose", "wer", "wen", "wem"]
    private static let permissions = [
        "can i", "may i", "could i", "can we", "may we", "could we", "am i allowed", "are we allowed", "is it allowed",
        "is it ok", "is it okay", "is it fine", "is it possible", "do i need", "do i have to", "must i", "should i",
        "can", "may", "darf ich", "kann ich", "durfen wir", "konnen wir", "muss ich", "ist es erlaubt", "darf", "durfen",
    ]
}
