internal import Foundation

/// A word that is a command if it is a whole message: “cancel my leave” is a question, “Cancel.” is not.
public enum Keyword: Sendable, Hashable {
    /// The person wants no more messages. `isCarriers`: whether carriers and providers know the word, and confirm it.
    case stop(isCarriers: Bool)
    /// The person wants messages again.
    case start(isCarriers: Bool)
    /// The person asks what this number is for.
    case help(isCarriers: Bool)
    /// The person wants the rest of an answer.
    case more

    /// Recognizes a message; nil for an ordinary one.
    ///
    /// Case, accents, blanks and punctuation around the word do not count.
    public init?(_ message: some StringProtocol) {
        guard let keyword = Self.words[Self.folded(message)] else { return nil }
        self = keyword
    }

    /// Whether a message is a word that only German has.
    public static func isGerman(_ message: some StringProtocol) -> Bool { germanWords.contains(folded(message)) }

    private static func folded(_ message: some StringProtocol) -> String {
        let folded = String(message).folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
            .lowercased()
        return folded.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }

    private static let germanWords: Set<String> = [
        "stopp", "abmelden", "abbestellen", "anmelden", "hilfe", "mehr", "weiter",
    ]

    private static let words: [String: Keyword] = {
        let groups: [(Keyword, [String])] = [
            (
                .stop(isCarriers: true),
                ["stop", "stopall", "stop all", "unsubscribe", "end", "quit", "revoke", "optout", "opt out", "cancel"]
            ),
            (
                .stop(isCarriers: false),
                [
                    "stopp", "abmelden", "abbestellen", "arret", "arreter", "desabonner", "alto", "parar", "baja",
                    "cancelar",
                    "sair", "ferma", "disattiva", "afmelden", "remove", "no more",
                ]
            ),
            (.start(isCarriers: true), ["start", "unstop", "yes"]),
            (.start(isCarriers: false), ["anmelden", "demarrer", "empezar", "alta", "comecar", "avvia", "aanmelden"]),
            (.help(isCarriers: true), ["help", "info"]),
            (.help(isCarriers: false), ["hilfe", "aide", "ayuda", "ajuda", "aiuto", "hulp"]),
            (.more, ["more", "mehr", "plus", "suite", "mas", "mais", "di piu", "meer", "next", "weiter"]),
        ]
        return Dictionary(uniqueKeysWithValues: groups.flatMap { keyword, words in words.map { ($0, keyword) } })
    }()
}
