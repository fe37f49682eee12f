private import Foundation

/// What a sentence states, as far as it can be compared with another: figures, words, names, negation and permission.
struct Claim: Sendable {
    let text: String
    let language: TextLanguage?
    let figures: [Figure]
    /// The stems of its words, without function words and without numbers.
    let stems: Set<String>
    /// Its words, in lower case and without accents.
    let ownWords: Set<String>
    /// What a sentence has to repeat exactly: codes, addresses, and words such as `twice`.
    let literals: Set<String>
    /// The names, as far as the language shows them by capital letters.
    let names: Set<String>
    /// Whether an odd number of words deny something.
    let isNegated: Bool
    /// Whether it allows or grants something.
    let permits: Bool
    /// Whether it requires something.
    let obliges: Bool

    /// The stems of its words, without units.
    var subjectStems: Set<String> {
        stems.subtracting(ownWords.filter { Unit($0) != nil }.map { WordStem.of($0) })
    }

    /// Reads a sentence.
    ///
    /// - Parameters:
    ///   - text: The sentence; marks of emphasis do not count.
    ///   - fallback: The language to assume if the sentence does not show its own.
    init(_ text: String, in fallback: TextLanguage?) {
        let plain = text.filter { !"*_`".contains($0) }
        self.text = plain
        language = TextLanguage(of: plain, fewest: 2) ?? fallback
        figures = Figure.all(in: plain, language: language)
        let all = Words.all(in: plain)
        ownWords = Set(all)
        let functionWords = language.map { TextLanguage.functionWords(of: $0) } ?? []
        let numbers = NumberWords(language)
        let content = all.filter { word in
            !StopWords.contains(word) && !functionWords.contains(word) && word.first?.isNumber != true
                && numbers.number([word]) == nil
        }
        stems = Set(content.map { WordStem.of($0) }).union(Self.letters(in: plain))
        literals = Self.literals(in: plain, all)
        names = language == .german || language == .other ? [] : Self.names(in: plain)
        let counted = Self.withoutBounds(all)
        isNegated = !counted.count(where: { Self.denials.contains($0) || $0.hasSuffix("los") && $0.count > 12 })
            .isMultiple(of: 2)
        permits = all.contains { Self.permissions.contains($0) }
        obliges = all.contains { Self.obligations.contains($0) }
    }

    /// The parts between commas and conjunctions.
    var clauses: [String] {
        text.split(separator: #/[,;] | and | und | et | y | e | en /#).map { String($0) }
    }

    /// The parts of a sentence with several figures that state a figure: each clause that states it, with the clauses before it
    /// and at the end of the sentence that state none.
    func parts(with figure: Figure) -> [String] {
        let clauses = clauses
        let stated = clauses.map { Figure.all(in: $0, language: language) }
        let last = stated.lastIndex { !$0.isEmpty } ?? 0
        return clauses.indices.filter { stated[$0].contains { figure.matches($0) } }.map { place in
            let start = stated[..<place].lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
            let end = place == last ? clauses.endIndex : place + 1
            return clauses[start..<end].joined(separator: ", ")
        }
    }

    /// The capital letters that stand alone, as in `Grade A`, which tell rows of a table apart.
    private static func letters(in text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.dropFirst()
            .filter { $0.count == 1 && $0.first?.isUppercase == true && $0 != "I" }.map { String($0) }
    }

    /// Codes with figures, addresses, words in capitals, and words that multiply or divide.
    private static func literals(in text: String, _ words: [String]) -> Set<String> {
        var literals = Set(words.filter { multipliers.contains($0) })
        let parts = text.split { $0.isWhitespace || "()[]\"“”„;,".contains($0) }
        for part in parts {
            let word = part.reversed().drop { ".!?:…".contains($0) }.reversed().map { String($0) }.joined()
            let letters = word.filter(\.isLetter)
            let isCode = letters.count > 0 && word.contains(where: \.isNumber) && word.first?.isLetter == true
            let isAddress = word.contains("@") || word.contains("://") || word.hasPrefix("www.")
            let isCapital = letters.count > 1 && letters.allSatisfy(\.isUppercase)
            if isCode || isAddress || isCapital { literals.insert(word.lowercased()) }
        }
        return literals
    }

    /// The words with a capital letter that do not begin the sentence, in lower case and without accents.
    private static func names(in text: String) -> Set<String> {
        var names: Set<String> = []
        var beginsSentence = true
        for part in text.split(whereSeparator: \.isWhitespace) {
            let word = part.drop { !$0.isLetter && !$0.isNumber }
            if !beginsSentence, word.first?.isUppercase == true {
                let own = Words.all(in: word).filter { $0.count > 1 && !StopWords.contains($0) }
                names.formUnion(own.filter { CalendarWords.months[$0] == nil && CalendarWords.weekdays[$0] == nil })
            }
            beginsSentence = part.last.map { ".!?:".contains($0) } ?? false
        }
        return names
    }

    /// The words without those that only bound a figure, such as `no more than`.
    private static func withoutBounds(_ words: [String]) -> [String] {
        var kept: [String] = []
        for (place, word) in words.enumerated() {
            let next = place + 1 < words.count ? words[place + 1] : ""
            let isBound =
                ["no", "not", "nicht", "niet", "pas", "non"].contains(word)
                && [
                    "more", "later", "less", "fewer", "earlier", "exceed", "only", "mehr", "spater", "weniger",
                    "fruher", "nur",
                    "meer", "plus", "mas", "mais", "piu",
                ].contains(next)
            if !isBound { kept.append(word) }
        }
        return kept
    }

    private static let multipliers = words(
        """
        twice double doubled triple half quarter unlimited halb halbe halber halben doppelt doppelte \
        dreifach viertel unbegrenzt doble mitad moitie double illimite meta doppio helft dubbel metade dobro
        """
    )

    private static let denials = words(
        """
        not no never none neither nor cannot without don doesn didn isn aren wasn weren shouldn mustn forbidden \
        prohibited excluded banned ineligible impossible refused denied except nicht kein keine keinen keinem keiner keines nie \
        niemals ohne weder verboten ausgeschlossen untersagt unzulassig pas jamais aucun aucune sans interdit interdite nunca \
        sin ningun ninguna tampoco prohibido prohibida non senza nessun nessuno nessuna vietato vietata niet geen nooit zonder \
        verboden nao sem nenhum nenhuma proibido proibida exclu excluido escluso uitgesloten
        """
    )

    private static let permissions = words(
        """
        may can allowed permitted entitled eligible free optional darf durfen kann konnen erlaubt berechtigt gestattet zulassig \
        peut peuvent permis autorise droit puede pueden permitido autorizado puo possono permesso autorizzato mag mogen kan \
        kunnen toegestaan pode podem permitido autorizado
        """
    )

    private static let obligations = words(
        """
        must shall required requires mandatory obliged obligatory compulsory muss mussen verpflichtet pflicht erforderlich \
        doit doivent obligatoire debe deben obligatorio deve devono obbligatorio moet moeten verplicht devem
        """
    )

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(separator: " ").map { String($0) })
    }
}
