import TestSupport
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

    private func hashes(in text: String) -> [UInt64] {
        var hashes: [UInt64] = []
        Words.forEachHash(in: text) { hashes.append($0) }
        return hashes
    }

    @Test func haveOneHashEach() {
        let hashes = hashes(in: "one two Zähler one zähler two three")
        #expect(hashes.map { hashes.firstIndex(of: $0) } == [0, 1, 2, 0, 2, 1, 6])
        // Composed and decomposed.
        #expect(self.hashes(in: "caf\u{E9}") == self.hashes(in: "cafe\u{301}"))
        #expect(self.hashes(in: "caf\u{E9}") != self.hashes(in: "cafe"))
    }

    @Test func haveTheSameHashesWhereTheyAreEqual() {
        var generator = SeededGenerator(1)
        var hashOfWord: [String: UInt64] = [:]
        for _ in 0..<2_000 {
            let text = (0..<20).map { _ in RandomText.pieces.randomElement(using: &generator) ?? "" }.joined()
            let (words, hashes) = (words(in: text), hashes(in: text))
            #expect(words.count == hashes.count)
            for (word, hash) in zip(words, hashes) {
                #expect(hashOfWord[word, default: hash] == hash)
                hashOfWord[word] = hash
            }
        }
        #expect(Set(hashOfWord.values).count == hashOfWord.count)
        #expect(hashOfWord.count > 2_000)
    }

    @Test func anyNumberIsToldApart() {
        let words = (0..<10_000).map { String($0 * 7919, radix: 36) + String(repeating: "a", count: $0 % 20) }
        let text = words.joined(separator: " ")
        var set = WordSet()
        for _ in 1...2 {
            set.insertWords(of: text)
            #expect(set.count == Set(words).count)
        }
        #expect(set.countOfWords(of: words[7] + " no-word " + words[7]) == 1)
        for size in [10_000, 3, 100] {
            set.removeAll()
            #expect(set.count == 0 && set.countOfWords(of: text) == 0)
            set.insertWords(of: words.prefix(size).joined(separator: "\n"))
            #expect(set.count == Set(words.prefix(size)).count)
        }
    }
}
