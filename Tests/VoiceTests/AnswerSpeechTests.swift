import Testing

@testable import Voice

@Suite struct AnswerSpeechTests {
    @Test func anAnswerIsSaidSentenceBySentenceWithItsSources() {
        var answer = AnswerSpeech(language: .english)
        #expect(answer.add("You get **27 days** of leave [1]. They").map(\.text) == ["You get 27 days of leave."])
        answer.addSource("leave/annual-leave.md")
        #expect(answer.add(" lapse on 31 March").isEmpty)
        let rest = answer.finish()
        #expect(rest.map(\.text) == ["They lapse on 31 March.", "From the document annual leave."])
        #expect(rest.map(\.number) == [2, 3])
        #expect(rest.allSatisfy { $0.language == .english })
    }

    @Test func eachSentenceIsSaidInItsLanguage() {
        var answer = AnswerSpeech(language: .english)
        let said = answer.add("Sie haben Anspruch auf 27 Tage. Am 1. Januar beginnt das neue Jahr. CHF 210.\n\n")
        #expect(said.map(\.language) == [.german, .german, .german])
        #expect(said.map(\.text).last == "210 Franken.")
    }

    @Test func anAnswerThatFailsSaysSoAndNamesNoSources() {
        var answer = AnswerSpeech(language: .german)
        answer.addSource("reisen.md")
        _ = answer.add("Sie haben ")
        #expect(answer.finish(namingSources: false).map(\.text) == ["Sie haben."])
        #expect(answer.utterance(saying: SpokenPhrase.interrupted).text.contains("unterbrochen"))
    }

    @Test func noUtteranceIsLongerThanSynthesizersAccept() {
        var answer = AnswerSpeech(language: .english)
        let cell = String(repeating: "many words in one cell ", count: 300)
        let said = answer.add("| a | b |\n|---|---|\n| x | \(cell) |\n") + answer.finish()
        #expect(said.count > 2)
        #expect(said.allSatisfy { (1...SpeechLimits.utteranceCharacters).contains($0.text.count) })
        #expect(said.map(\.text).joined(separator: " ").count > 6000)
    }

    @Test func nothingIsSaidOfWhatIsNotForEars() {
        var answer = AnswerSpeech(language: .english)
        #expect((answer.add("***\n\n---\n\n[1] 🎉\n") + answer.finish()).isEmpty)
    }
}
