import Testing

@testable import LocalEngine

@Suite struct SentenceReaderTests {
    private static func sentences(_ text: String, pieces: Int) -> [WrittenSentence] {
        var reader = SentenceReader()
        var sentences: [WrittenSentence] = []
        let characters = Array(text)
        for start in stride(from: 0, to: characters.count, by: pieces) {
            sentences += reader.feed(String(characters[start..<min(start + pieces, characters.count)]))
        }
        return sentences + reader.finish()
    }

    @Test(arguments: [1, 3, 1_000])
    func readsSentencesAndTheirMarksHoweverTheyArrive(pieces: Int) {
        let text =
            "You get 27 days [1]. See e.g. the form.[2][3] It is new [1, 4–5].\n\n- **First** item 【2】\n2) Second [Passage 3]\nEnd"
        let sentences = Self.sentences(text, pieces: pieces)
        #expect(
            sentences.map(\.text) == [
                "You get 27 days.", "See e.g. the form.", "It is new.", "**First** item", "Second", "End",
            ]
        )
        #expect(sentences.map(\.cited) == [[1], [2, 3], [1, 4, 5], [2], [3], []])
        #expect(sentences.map(\.isItem) == [false, false, false, true, true, false])
        #expect(sentences.map(\.gap) == [.none, .blank, .blank, .paragraph, .line, .line])
    }

    @Test func emitsASentenceOnceTheNextBegins() {
        var reader = SentenceReader()
        #expect(reader.feed("You get 27 days. ").isEmpty)
        #expect(reader.feed("[1]").isEmpty)
        #expect(reader.feed(" Up").map(\.cited) == [[1]])
        #expect(reader.finish().map(\.text) == ["Up"])
    }

    @Test func marksThatAreNoCitationsStay() {
        #expect(Self.sentences("See [the form] and [1234].", pieces: 4).map(\.text) == ["See [the form] and [1234]."])
        #expect(Self.sentences("\u{E001}Secret\u{E002}.", pieces: 4) == [WrittenSentence(text: "Secret.", gap: .none)])
    }

    @Test(arguments: [
        ("<think>Hm, 99 days?</think>Yes.", "Yes."), ("  <think>\nA</think>B", "B"), ("<b>", "<b>"), ("<thi", "<thi"),
        ("<think>never ends", ""), ("Plain <think>", "Plain <think>"),
    ])
    func thoughtsAreLeftOut(text: String, rest: String) {
        var filter = ThoughtFilter()
        let read = text.map { filter.feed(String($0)) }.joined() + filter.finish()
        #expect(read == rest)
    }
}
