private import Foundation

/// The language of a text, as far as its function words and its script tell.
enum TextLanguage: Sendable, Hashable, CaseIterable {
    case english, german, french, spanish, italian, dutch, portuguese
    /// A language that is none of the others.
    case other

    /// Recognises the language of a text by the words that hold it together; nil if they do not tell.
    ///
    /// A word that several of the languages have counts half as much as one that only one has, or as a letter or sign that only
    /// one has.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - fewest: How many such words there have to be.
    init?(of text: some StringProtocol, fewest: Int = 1) {
        var scores: [TextLanguage: Int] = [:]
        var (words, functionWords) = (0, 0)
        for word in Words.all(in: text) {
            words += 1
            let languages =
                word.unicodeScalars.contains(where: Self.isOfAnotherScript)
                ? [.other] : Self.languages[word] ?? []
            for language in languages { scores[language, default: 0] += languages.count == 1 ? 2 : 1 }
            functionWords += languages.isEmpty ? 0 : 1
        }
        for (letters, language) in Self.letters where functionWords > 0 && text.contains(where: letters.contains) {
            scores[language, default: 0] += 2
        }
        guard let best = scores.max(by: { $0.value < $1.value }), functionWords >= fewest,
            functionWords * Self.maximumWordsForEach >= words,
            scores.allSatisfy({ $0.key == best.key || $0.value < best.value })
        else { return nil }
        self = best.key
    }

    /// The maximum number of words for one function word; a text with fewer function words is a table or a list of names.
    private static let maximumWordsForEach = 12

    /// The words that hold texts of a language together; none for one without such words here.
    static func functionWords(of language: TextLanguage) -> Set<String> {
        functionWords.first { $0.language == language }?.words ?? []
    }

    /// Whether a character is of a script that none of the named languages uses.
    private static func isOfAnotherScript(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x370 && !(0x1E00...0x1EFF).contains(scalar.value) && scalar.properties.isAlphabetic
    }

    /// The languages that have each function word.
    private static let languages: [String: [TextLanguage]] = functionWords.reduce(into: [:]) { languages, entry in
        for word in entry.words { languages[word, default: []].append(entry.language) }
    }

    /// Letters and signs that only one of the languages has.
    private static let letters: [(Set<Character>, TextLanguage)] = [
        (["¿", "¡", "ñ"], .spanish), (["ã", "õ"], .portuguese), (["ß"], .german), (["œ"], .french),
        (["ì", "ò"], .italian),
    ]

    private static let functionWords: [(language: TextLanguage, words: Set<String>)] = [
        (.english, StopWords.english.subtracting(["ok", "okay"])), (.german, StopWords.german),
        (
            .french,
            words(
                """
                au aux avec avoir ce ces cette combien comment dans de des dont du elle elles en est et ete etre il ils je \
                jours la le les leur leurs lors mais mes mon ma moi ne nous on ou par pas peut peux plus pour quand que quel \
                quelle quelles quels qui quoi recois recoit recevoir obtient obtenir sa sans ses si son sont sur ta tes ton tu un une vos votre vous ai puis dois
                """
            )
        ),
        (
            .spanish,
            words(
                """
                a al como con cual cuales cuando cuanta cuantas cuanto cuantos de debe debo del donde el ella en entre es esta \
                este esto estos dan corresponde corresponden hasta hay la las le les lo los mas me mi mis muy ni no nos o para pero por puede puedo que \
                quien se ser si sin sobre son soy su sus te tengo tiene tienen tu un una y yo ya
                """
            )
        ),
        (
            .italian,
            words(
                """
                ai al alla alle anche che chi ci come con cosa cui da dal dalla dei del della delle di dove e ed gli ha hanno \
                ho i il in io la le lo ma mi mio mia nel nella nelle non o ogni per piu posso puo quale quali quando quanta \
                quante quanti quanto se sei si sono spetta spettano su sua suo tra un una uno
                """
            )
        ),
        (
            .dutch,
            words(
                """
                aan al als bij dan dat de deze die dit door een en er geen haar heb hebben heeft het hij hoe hoelang hoeveel \
                hun ik in is je jij kan krijg krijgt krijgen kunnen maar mag me met mijn moet moeten naar niet nog of om ons onze onder ook op \
                over per te tot uit uw van veel voor waar waarom wanneer wat we welke wie wij word worden wordt ze zich zijn
                """
            )
        ),
        (
            .portuguese,
            words(
                """
                a ao aos as com como da das de devo do dos e ela ele em entre esta este eu foi ha mais mas me meu meus minha \
                na nao nas no nos o os ou para pela pelo por posso pode qual quais quando quanta quantas quanto quantos que \
                quem recebe recebem recebo se sem ser seu sua sao sobre tem tenho um uma voce
                """
            )
        ),
    ]

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map { String($0) })
    }
}
