/// The names of the months in the languages whose dates put the day first.
enum MonthNames {
    /// Whether a word is the name of a month, whatever its case and the marks at its end.
    static func contains(_ word: some StringProtocol) -> Bool {
        names.contains(word.lowercased().filter(\.isLetter))
    }

    private static let names = Set(
        """
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
        januar jänner februar feber märz mai juni juli oktober dezember okt dez mrz
        janvier février mars avril juin juillet août septembre octobre novembre décembre
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
        januari februari maart mei augustus
        janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
        """.split(whereSeparator: \.isWhitespace).map { String($0) }
    )
}
