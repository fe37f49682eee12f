/// The words for days and years: names of months and weekdays, in lower case and without accents, and years.
enum CalendarWords {
    static let months = numbered([
        "january jan januar janner janvier enero gennaio januari janeiro",
        "february feb februar fevrier febrero febbraio februari fevereiro",
        "march mar marz mars marzo maart marco", "april apr avril abril aprile", "may mai mayo maggio mei maio",
        "june jun juni juin junio giugno junho", "july jul juli juillet julio luglio julho",
        "august aug aout agosto augustus ago",
        "september sept sep septembre septiembre settembre setembro set",
        "october oct oktober okt octobre octubre ottobre outubro", "november nov novembre noviembre novembro",
        "december dec dezember dez decembre diciembre dicembre dezembro dic",
    ])
    static let weekdays = numbered([
        "monday mondays montag montags lundi lunes lunedi maandag",
        "tuesday tuesdays dienstag dienstags mardi martes martedi dinsdag",
        "wednesday wednesdays mittwoch mittwochs mercredi miercoles mercoledi woensdag",
        "thursday thursdays donnerstag donnerstags jeudi jueves giovedi donderdag",
        "friday fridays freitag freitags vendredi viernes venerdi vrijdag",
        "saturday saturdays samstag samstags sonnabend samedi sabado sabato zaterdag",
        "sunday sundays sonntag sonntags dimanche domingo domenica zondag",
    ])

    /// Whether a word is a year, of this century or the last.
    static func isYear(_ word: String) -> Bool {
        word.utf8.count == 4 && ["19", "20"].contains(word.prefix(2)) && word.allSatisfy(\.isNumber)
    }

    private static func numbered(_ lists: [String]) -> [String: Int] {
        lists.enumerated().reduce(into: [:]) { names, list in
            for word in list.element.split(separator: " ") { names[String(word)] = list.offset + 1 }
        }
    }
}
