internal import DocumentText

/// Function words, which show nothing of the subject of a text, in English and German, and question words of other languages.
///
/// English and German question words are among them, what is left of contractions (`don't` is `don` and `t` to the index),
/// and the rules that every policy is made of.
enum StopWords {
    /// Whether a word, in lower case and without accents, is one of them.
    static func contains(_ word: String) -> Bool {
        all.contains(word) || UnspacedScript.isFunctionWord(word)
    }

    /// Those of English.
    static let english = words(
        """
        a about above after again all also am an and any are aren as at be because been before being below between both but by \
        can cannot could couldn d did didn do does doesn doing don done down during each either else ever exactly few for from \
        further get gets getting give given go goes got had hadn has hasn have haven having he hello her here hers herself hey \
        hi him himself his how however i if in into is isn it its itself just kindly know let like ll m many may me might mine \
        more most much must my myself need needs no nor not now of off often ok okay on once one only or other our ours out over \
        own per please precisely re really rule rules s same shall shan she should shouldn so some such t tell thank thanks than that the \
        their theirs them themselves then there these they this those through to too under until up us ve very was wasn we were \
        weren what whatever when where whether which while who whom whose why will with within without won would wouldn yes you \
        your yours yourself
        """
    )

    /// Those of German.
    static let german = words(
        """
        aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist bitte da dabei dafur daher damit dann \
        daran darauf daraus darf darin das dass davon dazu dein deine dem den denn der des dessen die dies diese diesem diesen \
        dieser dieses doch dort du durch durfen ein eine einem einen einer eines er es etwa etwas euch euer eure fur gegen gelten \
        genau gibt gilt hab habe haben hallo hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja \
        jede jedem jeden jeder jedes kann kein keine keinen keiner konnen konnte lange machen man mehr mein meine meinem meinen \
        meiner mich mir mit muss mussen nach nicht noch nun nur ob oder ohne pro regel regeln sehr sein seine seinem seinen seiner seit sich \
        sie sind so sodass solche soll sollen sollte sondern sowie uber um und uns unser unsere unserem unseren unserer unter \
        viel viele vielen vom von vor wann war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer \
        werden wessen wie wieder wieviel will wir wird wo wofur woher wohin wurde wurden zu zum zur zwischen danke gut
        """
    )

    /// Question words of French, Spanish, Italian, Dutch, Portuguese and Arabic that are no other words of English or German.
    private static let questionWords = words(
        """
        combien comment pourquoi quand quel quelle quelles quels quoi cuando cuanta cuantas cuanto cuantos cual cuales donde \
        quien quienes dove perche quale quali quando quanta quante quanti quanto hoe hoelang hoeveel waar waarom wanneer \
        wat welk welke onde porque quais qual quantas quantos quem
        """
    ).union(arabicQuestionWords.flatMap { [$0, "و" + $0, "ف" + $0] })
    /// Those of Arabic, which are written together with `and` and `so` before them.
    private static let arabicQuestionWords = [
        "أي", "أين", "اي", "اين", "كم", "كيف", "لماذا", "ما", "ماذا", "متى", "من", "هل",
    ]

    private static let all = english.union(german).union(questionWords)

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(separator: " ").map { String($0) })
    }
}

/// Words of everyday language, which show less of the subject of a question than other words.
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
        eigentlich einfach ende erhalten fall finden folgen fragen fruh ganz geben gehen genug geschehen gross gut halten haufig \
        heissen helfen hoch hochstens immer jahr jemand kennen klein kommen konkret lang lassen leicht liegen machen manchmal maximal melden mensch mindestens \
        moglich nehmen nennen neu nie normal passieren person platz richtig sache sagen schnell schon sehen setzen spat stehen \
        stellen suchen teil tun uberhaupt verstehen vielleicht weit welt wichtig wissen wohl zeigen zeit ziemlich
        """
}
