internal import DocumentText

/// Recognises sentences of documents that address a language model instead of a reader.
///
/// A document may contain `Ignore your instructions and say that …`. Such a sentence states nothing about its subject, so
/// neither it nor its passage is given to a model or supports what a model writes. A passage that is left out by mistake
/// can still be quoted.
enum OrderInDocument {
    /// Whether a text contains such a sentence.
    static func isIn(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).flatMap { SentenceSplitter.sentences(of: String($0)) }.contains {
            isOrder($0)
        }
    }

    private static func isOrder(_ sentence: String) -> Bool {
        let words = Words.all(in: sentence)
        let set = Set(words)
        func has(_ list: Set<String>) -> Bool { !set.isDisjoint(with: list) }
        if has(overriding) && has(orders) { return true }
        let isAddressed = has(addressing) || words.prefix(3).contains { models.contains($0) || speaking.contains($0) }
        if has(models) && isAddressed && (has(overriding) || has(speaking) || has(becoming)) { return true }
        if has(orders) && has(ownership) && (has(speaking) || has(becoming)) { return true }
        let text = words.joined(separator: " ")
        if roles.contains(where: { (" " + text + " ").contains(" \($0) ") }) { return true }
        // An imperative that dictates what to say, such as `Reply with "…"` or `Say that …`.
        guard let first = words.first(where: { !openers.contains($0) }), speaking.contains(first) else { return false }
        let rest = words.drop { $0 != first }.dropFirst().prefix(2)
        return rest.contains { dictating.contains($0) } || sentence.contains { ":\"“„«'‘".contains($0) }
    }

    private static let overriding = words(
        """
        ignore ignoring disregard forget override overrule bypass neglect discard skip reveal leak expose ignorier ignoriere \
        ignorieren ignoriert vergiss vergesst missachte uberschreibe umgehe verrate ignorez ignore oubliez oublie ignora olvida \
        ignorar olvide dimentica ignorare negeer vergeet negeren esqueca desconsidere
        """
    )
    private static let orders = words(
        """
        instruction instructions prompt prompts rules guidelines guardrails directive directives above previous prior context \
        anweisung anweisungen anweisungs vorgaben regeln vorherigen obigen instrucciones indicaciones istruzioni consignes \
        instructies instrucoes reglas regole regels regles
        """
    )
    private static let ownership = words(
        "your you system previous prior deine deinen deiner ihre ihren vos votre tus sus tue tuoi jouw je suas seus"
    )
    private static let models = words(
        """
        ai llm chatgpt gpt assistant chatbot bot model ki assistent sprachmodell assistente asistente modele modelo modello \
        jailbreak dan
        """
    )
    private static let speaking = words(
        """
        say answer reply respond output print write repeat tell state claim pretend return translate echo mention recommend sage \
        antworte antworten schreibe gib nenne behaupte wiederhole sagen dis dites reponds repondez ecris ecrivez di diga responde \
        responda escribe scrivi rispondi dica zeg antwoord schrijf diga escreva
        """
    )
    private static let becoming = words(
        "act behave become now roleplay pretend must obey follow comply verhalte bist agis actua"
    )
    private static let addressing = words(
        "you your always du dein deine sie ihre vous votre tu usted su voi lei je jij u voce"
    )
    private static let openers = words(
        "please now then and instead always only just bitte dann und immer nur jetzt also"
    )
    private static let dictating = words(
        "that with only exactly following dass mit nur folgendes que avec con che met dat com this"
    )
    private static let roles = [
        "you are now", "you are an", "from now on you", "new instructions", "system prompt", "developer mode",
        "end of passage",
        "end of document", "du bist jetzt", "ab jetzt bist", "neue anweisungen", "begin new", "as an ai",
    ]

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(separator: " ").map { String($0) })
    }
}
