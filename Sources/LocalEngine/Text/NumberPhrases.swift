/// Numbers of several words, such as `one hundred and twenty` or `quatre-vingt-dix-sept`.
struct NumberPhrases: Sendable {
    /// The words that add: units, tens, and hundreds of one word such as `doscientos`.
    let values: [String: Double]
    /// The words that multiply what is before them.
    let multipliers: [String: Double]
    /// The word that joins the parts.
    let joint: String
    /// Whether it joins units to tens, as in `treinta y uno`; otherwise it follows hundreds and thousands only.
    let joinsTens: Bool
    /// Whether numbers go on after 60 and 80 to 19, and `quatre-vingt` is 80.
    let countsByTwenties: Bool

    /// Reads the number that some words begin with.
    ///
    /// - Parameter words: Words and signs in lower case and without accents.
    /// - Returns: The number, and how many words it has; nil if they begin with none.
    func number(_ words: some RandomAccessCollection<String>) -> (Double, length: Int)? {
        var (total, group) = (0.0, 0.0)
        var (length, place) = (0, 0)
        var isJoined = false
        for word in words {
            place += 1
            if let value = values[word] {
                guard let sum = sum(group, value, isFirst: length == 0, isJoined: isJoined) else { break }
                group = sum
            } else if let factor = multipliers[word], factor < 1_000, group < 10 || factor < 100 {
                group = max(group, 1) * factor
            } else if let factor = multipliers[word], factor >= 1_000, total == 0 {
                total = max(group, 1) * factor
                group = 0
            } else if length > 0, !isJoined, word == "-" || word == joint {
                isJoined = word == joint
                continue
            } else {
                break
            }
            (length, isJoined) = (place, false)
        }
        return length == 0 ? nil : (total + group, length)
    }

    /// What a word that adds makes of the number so far; nil if it begins another number.
    private func sum(_ group: Double, _ value: Double, isFirst: Bool, isJoined: Bool) -> Double? {
        let rest = group.truncatingRemainder(dividingBy: 100)
        if isFirst || group == 0 { return value }
        if countsByTwenties {
            if rest == 4, value == 20 { return group + 76 }
            if rest == 60 || rest == 80, (10...16).contains(value) { return group + value }
            if [10, 70, 90].contains(rest), (7...9).contains(value) { return group + value }
        }
        if value >= 100 { return nil }
        if rest == 0 { return group + value }
        guard rest >= 20, rest.truncatingRemainder(dividingBy: 10) == 0, (1..<10).contains(value),
            !isJoined || joinsTens
        else { return nil }
        return group + value
    }
}

extension NumberPhrases {
    static let english = NumberPhrases(
        values: NumberWords.numbered(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                + " seventeen eighteen nineteen",
            tens: "twenty thirty forty fifty sixty seventy eighty ninety"
        ),
        multipliers: ["hundred": 100, "thousand": 1_000, "dozen": 12],
        joint: "and",
        joinsTens: false,
        countsByTwenties: false
    )

    static let french = NumberPhrases(
        values: NumberWords.numbered(
            "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
            tens: "vingt trente quarante cinquante soixante septante huitante nonante",
            ["une": 1, "vingts": 20, "octante": 80]
        ),
        multipliers: ["cent": 100, "cents": 100, "mille": 1_000],
        joint: "et",
        joinsTens: true,
        countsByTwenties: true
    )

    static let spanish = NumberPhrases(
        values: NumberWords.numbered(
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
                + " dieciocho diecinueve",
            tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
            [
                "un": 1, "una": 1, "veintiun": 21, "veintiuno": 21, "veintiuna": 21, "veintidos": 22, "veintitres": 23,
                "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28,
                "veintinueve": 29,
            ].merging(
                hundreds(
                    "cient doscient trescient cuatrocient quinient seiscient setecient ochocient novecient",
                    "os as"
                )
            ) { $1 }.merging(["cien": 100, "ciento": 100]) { $1 }
        ),
        multipliers: ["mil": 1_000],
        joint: "y",
        joinsTens: true,
        countsByTwenties: false
    )

    static let portuguese = NumberPhrases(
        values: NumberWords.numbered(
            "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete"
                + " dezoito dezenove",
            tens: "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
            ["uma": 1, "duas": 2, "quatorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19].merging(
                hundreds("cent duzent trezent quatrocent quinhent seiscent setecent oitocent novecent", "os as")
            ) { $1 }.merging(["cem": 100, "cento": 100]) { $1 }
        ),
        multipliers: ["mil": 1_000],
        joint: "e",
        joinsTens: true,
        countsByTwenties: false
    )

    /// The hundreds from 100 on, with each of the endings.
    private static func hundreds(_ stems: String, _ endings: String) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for (place, stem) in stems.split(separator: " ").enumerated() {
            for ending in endings.split(separator: " ") { numbers[String(stem + ending)] = Double(100 * (place + 1)) }
        }
        return numbers
    }
}
