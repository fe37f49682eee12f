import Testing

@testable import OpenAI

@Suite struct CitationMarkFilterTests {
    struct Sample: CustomTestStringConvertible {
        let text: String
        let clean: String

        init(_ text: String, _ clean: String) { (self.text, self.clean) = (text, clean) }

        var testDescription: String { text.debugDescription }
    }

    static let brackets = [
        Sample("Leave is 27 days【4:0†leave.md】.", "Leave is 27 days."),
        Sample("【13†source】First【1:2†a.md】【1:3†b.md】 and last【9†c", "First and last【9†c"),
        Sample("Over a【4:0†\nline】break", "Over abreak"),
        Sample("A 【note】 stays, 【", "A 【note】 stays, 【"),
        Sample("【重要】有給休暇は27日です。", "【重要】有給休暇は27日です。"),
        Sample("【9:00】Beginn【turn0file1】, Ende【turn0file1, turn0file2】", "【9:00】Beginn, Ende"),
        Sample("Two 【opening【4:0†x】 brackets", "Two 【opening brackets"),
        Sample("Source: the handbook", "Source: the handbook"),
        Sample(
            "【" + String(repeating: "x", count: 400) + "†】",
            "【" + String(repeating: "x", count: 400) + "†】"
        ),
    ]

    static let privateUse = [
        Sample("27 days \u{E200}filecite\u{E202}turn0file0\u{E201}.", "27 days ."),
        Sample("a\u{E200}cite\u{E202}turn0file1\u{E202}turn1file2\u{E202}L8-L13\u{E201}b", "ab"),
        Sample(
            "See\u{E200}navlist\u{E202}Further reading, of 2026\u{E202}turn0news1,turn0news2\u{E201} there",
            "See there"
        ),
        Sample("\u{E203}27 days\u{E204}\u{E206}\u{E200}filecite\u{E202}turn0file0\u{E201} a year", "27 days a year"),
        Sample("in\u{E200}filecite\u{E202}turn0file0\u{E200}cite\u{E202}turn0file1\u{E201}\u{E201} out", "in out"),
        Sample("a\u{E200}navlist\u{E202}x\u{E200}cite\u{E202}turn0file1\u{E201}y\u{E201}b", "ab"),
        Sample("\u{E200}turn0file0\u{E201}\u{E200}filecite turn0file0\u{E201}x", "x"),
        Sample("\u{E200}filecite:abc-1\u{E201}x \u{E200}filecite:abc-1 y", "x  y"),
        Sample("the end\u{E200}filecite\u{E202}turn0fi", "the end"),
        Sample("the end\u{E200}filec", "the end"),
        Sample("the end\u{E200}", "the end"),
        Sample("27 days\u{E200}filecite\u{E202}turn0file0. More follows.", "27 days. More follows."),
        Sample("27\u{E200}cite\u{E202}turn0file0\n\nMore【1†x】 follows", "27\n\nMore follows"),
        Sample("stray \u{E201}and \u{E202}text\u{E200} stays", "stray and text stays"),
        Sample("wrapped \u{E200}27 days\u{E201} stays", "wrapped 27 days stays"),
        Sample("【see \u{E200}cite\u{E202}turn0file0\u{E201}there】", "【see there】"),
        Sample(
            "a\u{E200}cite\u{E202}" + String(repeating: "long ", count: 80),
            "a" + String(repeating: "long ", count: 80)
        ),
        Sample("other private use \u{E207}\u{F8FF} stays", "other private use \u{E207}\u{F8FF} stays"),
    ]

    static let fileIDs = [
        Sample("A fact <|file-Cn3MSNn72|>.", "A fact ."),
        Sample("<<|file_a-b_c|><|file-x|>y", "<y"),
        Sample("a < b, <|file|>, <|file-|>, <|file-a>, <|file-a", "a < b, <|file|>, <|file-|>, <|file-a>, <|file-a"),
    ]

    static let samples = brackets + privateUse + fileIDs

    @Test(arguments: samples)
    func takesOutMarksAndLeavesOtherText(_ sample: Sample) {
        #expect(CitationMarkFilter.clean(sample.text) == sample.clean)
    }

    @Test(arguments: samples)
    func anyDivisionGivesTheSameText(_ sample: Sample) {
        let scalars = Array(sample.text.unicodeScalars)
        for length in 1...max(1, min(scalars.count, 40)) {
            let pieces = stride(from: 0, to: scalars.count, by: length).map { start in
                string(scalars[start..<min(start + length, scalars.count)])
            }
            #expect(clean(pieces) == sample.clean)
        }
        for place in scalars.indices {
            #expect(clean([string(scalars[..<place]), string(scalars[place...])]) == sample.clean)
        }
    }

    @Test func anyDivisionOfAnyMixtureGivesTheSameText() {
        let words = [
            "\u{E200}", "\u{E201}", "\u{E202}", "\u{E203}", "filecite", "cite", "navlist", "turn0file1", "【", "】", "†",
            "<|file-", "|>", "a", " ", "\n", "L8-L13", ":", ",", "é", "😀", "重要",
        ]
        var generator = Linear(state: 7)
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 1...14, using: &generator)).map { _ in
                words[Int.random(in: words.indices, using: &generator)]
            }.joined()
            var pieces: [String] = []
            var rest = Array(text.unicodeScalars)[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...5, using: &generator)
                pieces.append(string(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            let whole = CitationMarkFilter.clean(text)
            #expect(clean(pieces) == whole, "\(text.debugDescription)")
            #expect(!whole.unicodeScalars.contains { (0xE200...0xE206).contains($0.value) })
        }
    }

    @Test(arguments: samples)
    func placesPointToWhatTheyPointedTo(_ sample: Sample) {
        let scalars = Array(sample.text.unicodeScalars)
        var filter = CitationMarkFilter()
        let clean = Array((filter.feed(sample.text) + filter.finish()).unicodeScalars)
        let places = (0...scalars.count).map(filter.cleanIndex)
        #expect(places.first == 0 && places.last == clean.count)
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
        // What is kept stands where its place says.
        let kept = zip(places, places.dropFirst()).enumerated().filter { $0.element.0 < $0.element.1 }
        #expect(kept.map { scalars[$0.offset] } == clean)
    }

    @Test func aPlaceThatHasNotComeYetIsAsFarBeyondTheCleanText() {
        var filter = CitationMarkFilter()
        _ = filter.feed("ab【1†x】cd")
        #expect(filter.cleanIndex(of: 12) == 4 + 3)
        #expect(filter.cleanIndex(of: 4) == 2)
    }

    @Test func textIsReturnedAsSoonAsItIsCertain() {
        var filter = CitationMarkFilter()
        #expect(filter.feed("27 days【4:0") == "27 days")
        #expect(filter.feed("†leave.md】 a year") == " a year")
        #expect(filter.feed("\u{E200}filecite\u{E202}turn0file0\u{E201}!") == "!")
    }

    @Test func neverHoldsBackMoreThanABound() {
        for start in ["【", "\u{E200}cite\u{E202}", "\u{E200}navlist\u{E202}", "<|file-"] {
            var filter = CitationMarkFilter()
            var (fed, returned) = (0, 0)
            for _ in 0..<3_000 {
                let piece = fed == 0 ? start : "x"
                fed += piece.unicodeScalars.count
                returned += filter.feed(piece).unicodeScalars.count
                #expect(fed - returned <= 2_020)
            }
        }
    }

    private func clean(_ pieces: [String]) -> String {
        var filter = CitationMarkFilter()
        return pieces.reduce("") { $0 + filter.feed($1) } + filter.finish()
    }

    private func string(_ scalars: some Collection<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    /// Numbers that look random and are always the same.
    private struct Linear: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state
        }
    }
}
