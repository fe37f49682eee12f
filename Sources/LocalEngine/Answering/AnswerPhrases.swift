/// The engine's own sentences, in the language of the question.
struct AnswerPhrases: Sendable, Hashable {
    /// The sentence that says that the documents do not contain the answer.
    let notFound: String
    /// The sentence before an answer that may be wrong.
    let doubt: String

    /// The sentences for a question.
    ///
    /// - Parameters:
    ///   - question: The question of the user.
    ///   - history: The earlier questions with their answers, oldest first; they show the language of a question of a few words.
    ///   - found: The passages that were found, best first; they show the language of a question without words that tell it.
    ///   - instructions: The instruction text of the request, which may quote the sentence for "not found".
    init(
        for question: String,
        after history: [Answerer.Exchange],
        among found: [ScoredPassage] = [],
        instructions: String? = nil
    ) {
        let language =
            Self.language(of: question, after: history)
            ?? found.lazy.compactMap { TextLanguage(of: $0.text) }.first { $0 != .other }
        notFound = NotFoundSentence.sentence(in: instructions, for: language)
        doubt = AnswerPhrases(in: language ?? .english).doubt
    }

    /// The language of a question, or of the last of the earlier ones that shows one; nil if none does.
    static func language(of question: String, after history: [Answerer.Exchange]) -> TextLanguage? {
        (history.map(\.question) + [question]).reversed().lazy.compactMap { TextLanguage(of: $0) }.first
    }

    /// The sentences in a language; in English for one that has none here.
    init(in language: TextLanguage) {
        switch language {
        case .english, .other:
            notFound = "I could not find the answer in the documents."
            doubt = "I am not sure that this answers it:"
        case .german:
            notFound = "Ich konnte die Antwort in den Dokumenten nicht finden."
            doubt = "Ich bin nicht sicher, ob das die Frage beantwortet:"
        case .french:
            notFound = "Je n’ai pas trouvé la réponse dans les documents."
            doubt = "Je ne suis pas sûr que ceci réponde à la question :"
        case .spanish:
            notFound = "No he encontrado la respuesta en los documentos."
            doubt = "No estoy seguro de que esto responda a la pregunta:"
        case .italian:
            notFound = "Non ho trovato la risposta nei documenti."
            doubt = "Non sono sicuro che questo risponda alla domanda:"
        case .dutch:
            notFound = "Ik kon het antwoord niet in de documenten vinden."
            doubt = "Ik weet niet zeker of dit de vraag beantwoordt:"
        case .portuguese:
            notFound = "Não encontrei a resposta nos documentos."
            doubt = "Não tenho a certeza de que isto responda à pergunta:"
        }
    }
}
