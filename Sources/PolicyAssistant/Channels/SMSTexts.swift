/// What the assistant texts besides answers, in the language of the person.
struct SMSTexts: Sendable {
    /// The language; other languages than German get English.
    let language: TextLanguage

    init(_ language: TextLanguage) {
        self.language = language
    }

    private func text(_ english: String, _ german: String) -> String {
        language == .german ? german : english
    }

    /// The end of a piece of an answer that has a rest.
    var invitation: String { text("Reply MORE for the rest.", "Antworten Sie MEHR für den Rest.") }

    var nothingMore: String {
        text(
            "There is no more of the last answer. Please ask a question.",
            "Von der letzten Antwort gibt es nicht mehr. Bitte stellen Sie eine Frage."
        )
    }

    var help: String {
        text(
            "This number answers questions about company policies. Text a question, MORE for the rest of an answer, or STOP to get no more texts.",
            "Diese Nummer beantwortet Fragen zu den Richtlinien der Firma. Senden Sie eine Frage, MEHR für den Rest einer Antwort, oder STOPP, um nichts mehr zu bekommen."
        )
    }

    var stopped: String {
        text(
            "You will get no more texts from this number. Text START to get them again.",
            "Sie bekommen von dieser Nummer nichts mehr. Senden Sie ANMELDEN, um wieder Antworten zu bekommen."
        )
    }

    var restarted: String {
        text(
            "You get answers again. Text a question about company policies.",
            "Sie bekommen wieder Antworten. Senden Sie eine Frage zu den Richtlinien der Firma."
        )
    }

    /// The reply to files that say nothing.
    ///
    /// - Parameter hearing: Whether recordings are heard.
    /// - Returns: The text.
    func unreadable(hearing: Bool) -> String {
        hearing
            ? text(
                "This number cannot read pictures and files. Please text your question in words, or send it as a voice message.",
                "Diese Nummer kann Bilder und Dateien nicht lesen. Bitte senden Sie Ihre Frage in Worten oder als Sprachnachricht."
            )
            : text(
                "This number cannot read pictures and files. Please text your question in words.",
                "Diese Nummer kann Bilder und Dateien nicht lesen. Bitte senden Sie Ihre Frage in Worten."
            )
    }

    var unheard: String {
        text(
            "The recording could not be understood. Please text your question in words.",
            "Die Aufnahme war nicht zu verstehen. Bitte senden Sie Ihre Frage in Worten."
        )
    }

    /// The end of an answer to a text whose files were left out.
    var leftOut: String { text("Your file was not read.", "Ihre Datei wurde nicht gelesen.") }

    var tooLong: String {
        text(
            "Your text is too long. Please ask a shorter question.",
            "Ihre Nachricht ist zu lang. Bitte stellen Sie eine kürzere Frage."
        )
    }

    var limited: String {
        text(
            "You have reached the limit of questions. Please try again later.",
            "Sie haben die Höchstzahl der Fragen erreicht. Bitte versuchen Sie es später wieder."
        )
    }

    var bound: String {
        text(
            "This number now belongs to your account. Text a question about company policies.",
            "Diese Nummer gehört jetzt zu Ihrem Konto. Senden Sie eine Frage zu den Richtlinien der Firma."
        )
    }

    /// The reply to a text that could not be answered.
    var failed: String {
        text(
            SMSSettings.defaultErrorText,
            "Leider ist ein Fehler aufgetreten. Bitte versuchen Sie es noch einmal. Wenn er bleibt, versuchen Sie es bitte später."
        )
    }

    func unknown(_ url: PublicURL?) -> String {
        guard let url else {
            return text(
                "This number is not known here. Please ask your administrator.",
                "Diese Nummer ist hier nicht bekannt. Bitte fragen Sie Ihre Verwaltung."
            )
        }
        return text(
            "This number is not known here. Sign in at \(url)/ and text the code that is shown there.",
            "Diese Nummer ist hier nicht bekannt. Melden Sie sich unter \(url)/ an, und senden Sie den Code, der dort steht."
        )
    }

    /// The word before the names of an answer's sources.
    func source(isOne: Bool) -> String {
        isOne ? text("Source", "Quelle") : text("Sources", "Quellen")
    }
}
