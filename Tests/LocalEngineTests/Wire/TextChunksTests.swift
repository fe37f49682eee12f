import Testing

@testable import LocalEngine

@Suite struct TextChunksTests {
    @Test(
        arguments: [
            "", "x", "Returns are accepted for 30 days.", "Ja, 64\u{A0}\u{20AC}.", "one\n\ntwo  three",
            String(repeating: "word ", count: 60),
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} e\u{301}t\u{E9} \u{645}\u{631}\u{62D}\u{628}\u{627}",
        ],
        [[], [0], [3, 12], [1000]]
    )
    func piecesMakeTheText(text: String, places: [Int]) {
        let pieces = TextChunks.split(text, at: places)
        #expect(pieces.joined() == text)
        #expect(!pieces.contains(""))
    }

    @Test func cutsBetweenWordsAndAtPlaces() {
        let pieces = TextChunks.split("Returns are accepted for 30 days.", at: [32])
        #expect(pieces == ["Returns are ", "accepted for ", "30 days", "."])
    }
}
