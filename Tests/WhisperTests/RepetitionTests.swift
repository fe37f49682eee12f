import Testing

@testable import Whisper

@Suite struct RepetitionTests {
    @Test func findsPhrasesThatComeAgainAndAgain() {
        #expect(Repetition.ends([Int](repeating: 5, count: 12)))
        #expect(Repetition.ends([9, 8] + (0..<12).map { $0 % 2 }))
        #expect(Repetition.ends((0..<80).map { $0 % 20 }))
    }

    @Test func acceptsWhatPeopleRepeat() {
        #expect(!Repetition.ends([]))
        #expect(!Repetition.ends([Int](repeating: 5, count: 11)))
        #expect(!Repetition.ends((0..<79).map { $0 % 20 }))
        #expect(!Repetition.ends([Int](repeating: 5, count: 12) + [6]))
        #expect(!Repetition.ends(Array(0..<200)))
    }
}
