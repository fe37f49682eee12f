internal import DocumentText

/// The sentence that says that the documents do not contain the answer.
enum NotFoundSentence {
    /// The answer to a question in English if the instructions contain no such sentence.
    static let standard = AnswerPhrases(in: .english).notFound

    /// The sentence for a question in a language.
    ///
    /// Instructions may quote the sentence in several languages. The quotation in the language of the question is used. A
    /// question in a language without a quotation gets the engine's own sentence in that language. The first quotation is
    /// used if the language of the question or of the quotation is unknown, or if the engine has no sentence in it.
    ///
    /// - Parameters:
    ///   - instructions: The instructions; nil for none.
    ///   - language: The language of the question; nil if it is unknown.
    /// - Returns: The sentence.
    static func sentence(in instructions: String?, for language: TextLanguage? = nil) -> String {
        let quoted = instructions.map(sentences) ?? []
        let standard = AnswerPhrases(in: language ?? .english).notFound
        guard let first = quoted.first else { return standard }
        guard let language, language != .other else { return first.text }
        if let match = quoted.first(where: { $0.language == language }) { return match.text }
        return first.language == nil ? first.text : standard
    }

    /// A sentence that instructions quote.
    private struct Quoted {
        let text: String
        /// The language of the sentence; nil if it is unknown.
        let language: TextLanguage?
    }

    /// The sentences that the instructions quote, the main one first.
    ///
    /// A quotation that itself mentions a missing answer is such a sentence. If there is none, it is the
    /// quotation nearest to where the instructions speak of such an answer. Other quotations in the same paragraph are
    /// translations of it if they are in other languages.
    private static func sentences(in instructions: String) -> [Quoted] {
        let paragraphs = paragraphs(of: instructions)
        let quotations = paragraphs.map { Self.quotations(in: $0) }
        var saying: [String] = []
        var translations: [String] = []
        for quotations in quotations {
            let own = quotations.map(\.text).filter { isAboutNothingFound($0) }
            saying += own
            if !own.isEmpty { translations += quotations.map(\.text) }
        }
        if saying.isEmpty {
            for (paragraph, quotations) in zip(paragraphs, quotations) {
                guard let cue = cue(in: paragraph),
                    let nearest = quotations.first(where: { $0.place >= cue }) ?? quotations.last
                else { continue }
                saying = [nearest.text]
                translations = quotations.map(\.text)
                break
            }
        }
        let main = saying.map { Quoted(text: $0, language: language(of: $0)) }
        let languages = Set(main.map(\.language))
        let others = translations.map { Quoted(text: $0, language: language(of: $0)) }
        return main + others.filter { $0.language != nil && !languages.contains($0.language) }
    }

    /// The language of a sentence, by its function words or by how it says that there is no answer.
    private static func language(of sentence: String) -> TextLanguage? {
        let lowercased = sentence.lowercased()
        let languages = Set(
            cuesByLanguage.filter { $0.cues.contains { lowercased.contains($0) } }.map(\.language)
        )
        return languages.count == 1 ? languages.first : TextLanguage(of: sentence)
    }

    /// The phrases with which texts mention a missing answer.
    private static let cuesByLanguage: [(language: TextLanguage, cues: [String])] = [
        (
            .english,
            [
                "not find", "n't find", "n’t find", "cannot find", "nothing found", "not found", "no answer",
                "not hold",
                "n't hold", "n’t hold", "not contain", "n't contain", "n’t contain", "not in the", "not cover",
                "n't cover", "n’t cover", "not answer", "n't answer", "n’t answer",
            ]
        ),
        (
            .german,
            [
                "nicht finden", "nicht gefunden", "nichts gefunden", "keine antwort", "nicht enthalten", "nichts dazu",
            ]
        ),
        (.french, ["pas trouvé", "rien trouvé", "pas trouver", "aucune réponse"]),
        (.spanish, ["no encontr", "no he encontr", "no hemos encontr", "ninguna respuesta"]),
        (.italian, ["non trov", "non ho trov", "non abbiamo trov", "nessuna risposta"]),
        (.dutch, ["niet vinden", "niet gevonden", "niets gevonden", "geen antwoord"]),
        (.portuguese, ["não encontr", "nenhuma resposta"]),
    ]
    private static let cues = cuesByLanguage.flatMap(\.cues)
    private static let quotationMarks: [(open: Character, close: Character)] = [
        ("“", "”"), ("„", "“"), ("\"", "\""), ("`", "`"), ("«", "»"), ("»", "«"),
    ]
    /// A quotation of fewer words is a term, not a sentence.
    private static let fewestWords = 3

    private static func isAboutNothingFound(_ text: some StringProtocol) -> Bool {
        let text = text.lowercased()
        return cues.contains { text.contains($0) }
    }

    /// Where a paragraph first mentions a missing answer, outside its quotations.
    private static func cue(in paragraph: String) -> String.Index? {
        let lowercased = paragraph.lowercased()
        guard lowercased.count == paragraph.count else { return nil }
        let found = cues.compactMap { lowercased.firstRange(of: $0)?.lowerBound }.min()
        return found.map {
            paragraph.index(paragraph.startIndex, offsetBy: lowercased.distance(from: lowercased.startIndex, to: $0))
        }
    }

    /// The quoted sentences of a paragraph, in order.
    private static func quotations(in paragraph: String) -> [(text: String, place: String.Index)] {
        var found: [(text: String, place: String.Index)] = []
        var place = paragraph.startIndex
        while place < paragraph.endIndex {
            let character = paragraph[place]
            let inside = paragraph.index(after: place)
            if let close = quotationMarks.first(where: { $0.open == character })?.close,
                let end = paragraph[inside...].firstIndex(of: close)
            {
                let text = paragraph[inside..<end].onOneLine
                if text.wordCount >= fewestWords { found.append((text, place)) }
                place = paragraph.index(after: end)
            } else {
                place = inside
            }
        }
        return found
    }

    /// The paragraphs and list items of a text, each on one line.
    private static func paragraphs(of text: String) -> [String] {
        var paragraphs: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let content = line.trimmingBlanks
            if content.isEmpty || MarkdownLine.listItem(content) != nil || MarkdownLine.heading(content) != nil {
                paragraphs.append([])
            }
            paragraphs[paragraphs.count - 1].append(content)
        }
        return paragraphs.map { $0.joined(separator: " ").onOneLine }.filter { !$0.isEmpty }
    }
}
