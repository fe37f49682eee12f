internal import DocumentText

/// Words that hold text together and say nothing of its subject, in English and in German, and question words of others.
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
        "أي", "أين", "اي", "اين", "كم", "كيف", "لماذا", "ماذا", "متى", "من", "هل",
    ]

    private static let all = english.union(german).union(questionWords)

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(separator: " ").map { String($0) })
    }
}
