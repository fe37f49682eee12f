import SMS
import Testing

@testable import PolicyAssistant

/// What is texted besides answers.
@Suite struct SMSTextsTests {
    @Test(arguments: [
        ("How long is parental leave?", TextLanguage.english), ("Can I work from Spain?", .english),
        ("Wie viele Urlaubstage habe ich?", .german), ("Darf ich im Ausland arbeiten?", .german),
        ("Combien de jours de congé ai-je ?", .other), ("27", .other), ("", .other),
    ])
    func languagesAreTold(question: String, language: TextLanguage) {
        #expect(TextLanguage(of: question) == language)
    }

    @Test(arguments: [TextLanguage.english, .german])
    func eachTextIsOneOrTwoMessagesInTheAlphabetOfPhones(language: TextLanguage) {
        let texts = SMSTexts(language)
        let all = [
            texts.invitation, texts.nothingMore, texts.help, texts.stopped, texts.restarted,
            texts.unreadable(hearing: true), texts.unreadable(hearing: false), texts.unheard, texts.leftOut,
            texts.tooLong, texts.limited, texts.bound, texts.failed, texts.unknown(nil), texts.source(isOne: true),
        ]
        #expect(Set(all).count == all.count)
        for text in all {
            let size = MessageSize(of: text)
            #expect(size.encoding == .gsm7 && size.segments <= 2, "\(text)")
        }
    }

    @Test func germanTextsAreGerman() {
        let (english, german) = (SMSTexts(.english), SMSTexts(.german))
        #expect(SMSTexts(.other).help == english.help && german.help != english.help)
        #expect(TextLanguage(of: german.help) == .german && TextLanguage(of: english.help) == .english)
        #expect(german.failed != english.failed && english.failed == SMSSettings.defaultErrorText)
    }
}
