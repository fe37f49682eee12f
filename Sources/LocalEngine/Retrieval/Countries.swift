/// The names of countries, which rules speak of as such.
enum Countries {
    /// What any of them is.
    static let kinds = ["country", "countries", "abroad", "land", "ausland"]

    /// Whether a word, in lower case and without accents, is the name of a country.
    static func contains(_ word: String) -> Bool { names.contains(word) }

    private static let names = Set(
        """
        argentina australia austria belgium brazil bulgaria canada chile china colombia croatia cyprus czechia denmark egypt \
        estonia finland france germany greece hungary iceland india indonesia ireland israel italy japan kenya latvia \
        liechtenstein lithuania luxembourg malta mexico morocco netherlands norway poland portugal romania serbia singapore \
        slovakia slovenia spain sweden switzerland thailand turkey ukraine vietnam \
        agypten argentinien australien osterreich belgien brasilien bulgarien kanada kolumbien kroatien zypern tschechien danemark \
        estland finnland frankreich deutschland griechenland ungarn island indien indonesien irland italien japan lettland litauen \
        mexiko marokko niederlande norwegen polen rumanien schweden schweiz serbien slowakei slowenien spanien turkei
        """.split(separator: " ").map { String($0) }
    )
}
