/// What the assistant texts besides answers.
enum SMSTexts {
    /// The end of a piece of an answer that has a rest.
    static let invitation = "Reply MORE for the rest."
    static let nothingMore = "There is no more of the last answer. Please ask a question."
    static let help =
        "This number answers questions about company policies. Text a question, MORE for the rest of an answer, or STOP to get no more texts."
    static let stopped = "You will get no more texts from this number. Text START to get them again."
    static let restarted = "You get answers again. Text a question about company policies."
    static let media = "This number cannot read pictures and files. Please text your question in words."
    static let tooLong = "Your text is too long. Please ask a shorter question."
    static let limited = "You have reached the limit of questions. Please try again later."
    static let bound = "This number now belongs to your account. Text a question about company policies."

    static func unknown(_ url: PublicURL?) -> String {
        "This number is not known here. "
            + (url.map { "Sign in at \($0)/ and text the code that is shown there." }
                ?? "Please ask your administrator.")
    }
}
