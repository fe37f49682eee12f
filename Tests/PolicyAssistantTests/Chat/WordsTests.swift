import Testing

@testable import PolicyAssistant

@Suite struct WordsTests {
    private func words(in text: String) -> [String] {
        var words: [String] = []
        Words.forEach(in: text) { word, isASCII in
            words.append(String(decoding: word, as: UTF8.self))
            #expect(isASCII == word.allSatisfy { $0 < 0x80 })
        }
        return words
    }

    @Test(arguments: [
        ("", []), (" .,\n", []), ("One, two;THREE", ["one", "two", "three"]), ("§5a-b_c", ["5a", "b", "c"]),
        ("Ärzte zählen ÖSTERREICH", ["ärzte", "zählen", "österreich"]), ("年休は27日", ["年休は27日"]),
        ("ΟΔΟΣ", ["οδοσ"]), ("ⅫⅣ ²", ["ⅻⅳ", "²"]), ("a\u{301}b", ["a\u{301}b"]), ("\u{212A}elvin", ["kelvin"]),
        ("x\u{00A0}y–z", ["x", "y", "z"]),
    ])
    func areRunsOfLettersAndDigitsInLowerCase(_ text: String, _ expected: [String]) {
        #expect(words(in: text) == expected)
        #expect(Words.of(text) == Set(expected))
    }

    @Test func eachWordHasOneNumber() {
        var vocabulary = Vocabulary()
        func numbers(of text: String) -> [Int] {
            var numbers: [Int] = []
            Words.forEach(in: text) { numbers.append(vocabulary.number(of: $0, isASCII: $1)) }
            return numbers
        }
        #expect(numbers(of: "one two Zähler one zähler two three") == [0, 1, 2, 0, 2, 1, 3])
        // Composed and decomposed.
        #expect(numbers(of: "caf\u{E9} cafe\u{301} cafe") == [4, 4, 5])
        #expect(vocabulary.count == 6)
    }

    @Test func anyNumberOfWordsIsToldApart() {
        var vocabulary = Vocabulary()
        let words = (0..<10_000).map { String($0 * 7919, radix: 36) + String(repeating: "a", count: $0 % 20) }
        let different = Dictionary(grouping: words) { $0 }.count
        for _ in 1...2 {
            var numbers: Set<Int> = []
            for word in words { numbers.insert(vocabulary.number(of: Array(word.utf8)[...], isASCII: true)) }
            #expect(numbers == Set(0..<different))
        }
    }
}
