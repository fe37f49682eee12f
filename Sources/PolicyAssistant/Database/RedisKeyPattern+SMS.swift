/// The keys of text messages, in the threads database.
extension RedisKeyPattern {
    /// How long the state of an answer that was sent is kept: reports of carriers come within that time.
    static let reportRetention = Duration.seconds(3 * 86_400)
    /// How long the rest of a long answer can be asked for.
    static let restRetention = Duration.seconds(86_400)
    /// How long the language of a person's last question is known.
    static let languageRetention = Duration.seconds(90 * 86_400)
    /// The time between two looks for messages whose webhooks did not arrive.
    static let listingInterval = Duration.seconds(60)
    /// How long a code of the page can be texted.
    static let codeLifetime = Duration.seconds(600)
    /// How long what a user's texts have left is listed: providers delete texts themselves after that.
    static let textRetention = Duration.seconds(400 * 86_400)

    static let numberKey = RedisKeyPattern(
        "sms:key",
        .threads,
        .string,
        "the random key from which pseudonyms of numbers are made, without `SMS_NUMBER_KEY`"
    )
    static let number = RedisKeyPattern(
        "sms:number:<pseudonym>",
        .threads,
        .hash,
        "the user to whom a phone number belongs: user, role (of its questions; empty for the default one), last_digits (two), bound_at"
    )
    static let stoppedNumber = RedisKeyPattern(
        "sms:stopped:<pseudonym>",
        .threads,
        .string,
        "when the person at the number opted out"
    )
    static let textsOfUser = RedisKeyPattern(
        "sms:user:<user>",
        .threads,
        .sortedSet,
        lifetime: .renewed(RedisKeyPattern.textRetention),
        "what the user's text messages have left, by the second: `number <pseudonym>`, `line <pseudonym>`, `sent <token>`, "
            + "`text <the provider's ID>`"
    )
    static let numberCode = RedisKeyPattern(
        "sms:code:<hash>",
        .threads,
        .string,
        lifetime: .limited(RedisKeyPattern.codeLifetime),
        "the user to whom a number belongs from which the code is texted"
    )
    static let restOfAnswer = RedisKeyPattern(
        "sms:more:<line>",
        .threads,
        .hash,
        lifetime: .renewed(RedisKeyPattern.restRetention),
        "the rest of an answer that was too long: rest, ending; piece, by (the message that asked for it)"
    )
    static let languageOfLine = RedisKeyPattern(
        "sms:language:<line>",
        .threads,
        .string,
        lifetime: .renewed(RedisKeyPattern.languageRetention),
        "the language of the line's last question: `english` or `german`"
    )
    static let sentText = RedisKeyPattern(
        "sms:sent:<token>",
        .threads,
        .hash,
        lifetime: .renewed(RedisKeyPattern.reportRetention),
        "an answer that the provider has accepted: id, status, rank, code; entry until the state is final"
    )
    static let acceptedText = RedisKeyPattern(
        "sms:accepted:<id>",
        .threads,
        .string,
        lifetime: .limited(RedisKeyPattern.reportRetention),
        "the token of the answer that the provider has under the ID"
    )
    static let textsOfNumber = RedisKeyPattern(
        "sms:rate:<pseudonym>",
        .threads,
        .string,
        lifetime: .limited(.seconds(3600)),
        "the microsecond at which the number's bucket of texts is full again"
    )
    static let numberNotice = RedisKeyPattern(
        "sms:notice:<kind>:<pseudonym>",
        .threads,
        .string,
        lifetime: .limited(.seconds(86_400)),
        "exists while the person has been told that a limit is reached, or that the number is not known"
    )

    static let listing = RedisKeyPattern(
        "sms:listing",
        .threads,
        .string,
        lifetime: .limited(RedisKeyPattern.listingInterval),
        "exists while a process has looked for messages whose webhooks did not arrive"
    )
    static let listed = RedisKeyPattern(
        "sms:listed",
        .threads,
        .string,
        "when such messages were last looked for"
    )

    static let ofTexts = [
        numberKey, number, stoppedNumber, textsOfUser, numberCode, restOfAnswer, languageOfLine, sentText, acceptedText,
        textsOfNumber, numberNotice, listing, listed,
    ]
}

extension RedisKey {
    static let numberKey = RedisKeyPattern.numberKey.key()
    static let listing = RedisKeyPattern.listing.key()
    static let listed = RedisKeyPattern.listed.key()

    static func number(_ pseudonym: String) -> RedisKey { RedisKeyPattern.number.key(pseudonym) }
    static func stoppedNumber(_ pseudonym: String) -> RedisKey { RedisKeyPattern.stoppedNumber.key(pseudonym) }
    static func texts(of user: UserID) -> RedisKey { RedisKeyPattern.textsOfUser.key(user.value) }
    static func numberCode(_ code: String) -> RedisKey { RedisKeyPattern.numberCode.key(ContentHash.of(code)) }
    static func rest(ofLine line: String) -> RedisKey { RedisKeyPattern.restOfAnswer.key(line) }
    static func language(ofLine line: String) -> RedisKey { RedisKeyPattern.languageOfLine.key(line) }
    static func sentText(_ token: String) -> RedisKey { RedisKeyPattern.sentText.key(token) }
    static func acceptedText(_ id: String) -> RedisKey { RedisKeyPattern.acceptedText.key(id) }
    static func texts(ofNumber pseudonym: String) -> RedisKey { RedisKeyPattern.textsOfNumber.key(pseudonym) }

    static func notice(_ kind: String, toNumber pseudonym: String) -> RedisKey {
        RedisKeyPattern.numberNotice.key(kind, pseudonym)
    }
}
