/// Words of everyday language, which say less of what a question is about than the words of its subject.
enum CommonWords {
    /// Whether a word, in lower case and without accents, is one of them, in any form.
    static func contains(_ word: String) -> Bool { stems.contains(WordStem.of(word)) }

    private static let stems = Set((english + " " + german).split(separator: " ").map { WordStem.of(String($0)) })

    private static let english = """
        able accept actually add ahead almost already always anybody anyone anything anywhere apply around arrive ask away back \
        bad begin best better big bit bring call care case certain change check choose clear come consider count course deal decide \
        different difference directly early easy else end enough especially even everybody everyone everything exist expect explain \
        fact fall far fast feel find fine firstly follow form free full fully general good great happen hard hear help high hold \
        idea important inform instead interested involve keep kind large late later lead learn least leave less level lie life \
        little live long look lose lot main make matter maybe mean meet mind minimum miss move much name near necessary never new \
        next nice normal normally note number offer old open order part particular people perhaps person place plan play point \
        position possible probably problem provide put question quick quickly quite rather reach reason receive recently right \
        run say see seem send separate set short show side simple simply sit situation size small somebody someone something \
        somewhere soon sort speak special spend stand start state stay stop story stretch strong sure take talk tell thing think \
        time together total toward true try turn type understand unless upper use usual usually value want way well whole wish \
        wonder word work world worth write wrong year
        """

    private static let german = """
        ankommen anders arbeiten art bedeuten beginnen bekommen benutzen bereits besser bestimmt bleiben brauchen bringen denken \
        eigentlich einfach ende erhalten fall finden folgen fragen ganz geben gehen genug geschehen gross gut halten heissen \
        helfen immer jahr jemand kennen klein kommen konkret lassen leicht liegen machen manchmal melden mensch moglich nehmen \
        nennen neu nie normal passieren person platz richtig sache sagen schon sehen setzen stehen stellen suchen teil tun \
        uberhaupt verstehen vielleicht welt wichtig wissen wohl zeigen zeit ziemlich
        """
}
