/// Words that say that something does not hold, or not for all.
enum LimitWords {
    /// The words of headings, in lower case and without accents, without which what is below them may be misunderstood.
    static let ofHeadings: Set<String> = exceptions.union(examples).union(
        words(
            """
            not no never none without unless except before until since nicht kein keine keinen ohne ausser vor bis seit ab \
            sofern jamais aucun aucune avant depuis salvo excepto nunca ningun antes desde tranne eccetto prima niet geen behalve \
            tenzij voor nao exceto
            """
        )
    )

    /// The words of headings of exceptions.
    static let exceptions: Set<String> = words(
        """
        exception exceptions excluded excluding exclusions ausnahme ausnahmen ausgenommen ausgeschlossen ausschluss exclu exclus \
        excluido excluidos excepcion excepciones escluso esclusi eccezione eccezioni uitzondering uitzonderingen uitgezonderd \
        uitgesloten excecao excecoes
        """
    )

    /// The words for examples.
    static let examples: Set<String> = words(
        "example examples beispiel beispiele exemple exemples ejemplo ejemplos esempio esempi voorbeeld voorbeelden exemplo"
    )

    /// The words with which a sentence says when or for whom something does not hold.
    static let conditions: Set<String> = words(
        "except unless ausser sofern jedoch sauf excepte salvo excepto tranne eccetto behalve tenzij exceto"
    )

    /// The words before which, and those with which, a sentence says that others do not hold.
    static let negations: Set<String> = words("not none nicht ne no non niet nao")
    static let ofHolding: Set<String> = words(
        "apply applies holds gilt gelten applique appliquent aplica aplican applica geldt"
    )

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(separator: " ").map { String($0) })
    }
}
