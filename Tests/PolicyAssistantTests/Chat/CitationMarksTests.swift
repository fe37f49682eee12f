import Testing

@testable import PolicyAssistant

@Suite struct CitationMarksTests {
    private static let texts: [(text: String, without: String)] = [
        ("Leave is 27 days【4:0†leave.md】.", "Leave is 27 days."),
        ("【13†source】First【1:2†a.md】【1:3†b.md】 and last【9†c", "First and last【9†c"),
        ("Over a【4:0†\nline】break", "Over abreak"),
        ("A 【note】 stays, 【", "A 【note】 stays, 【"),
        ("Two 【opening【4:0†x】 brackets", "Two 【opening brackets"),
        ("Source: the handbook", "Source: the handbook"),
        ("【" + String(repeating: "x", count: 400) + "†】", "【" + String(repeating: "x", count: 400) + "†】"),
    ]

    @Test(arguments: texts)
    func marksAreRemovedAndOtherTextStays(_ text: String, _ without: String) {
        #expect(CitationMarks.removed(from: text) == without)
    }

    @Test(arguments: texts, [1, 2, 3, 7])
    func itMakesNoDifferenceWhereTheTextIsCut(_ sample: (text: String, without: String), _ size: Int) {
        var filter = CitationMarks.Filter()
        var rest = Substring(sample.text)
        var result = ""
        while !rest.isEmpty {
            result += filter.feed(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        #expect(result + filter.finish() == sample.without)
    }

    @Test func textIsTakenAsSoonAsItIsCertain() {
        var filter = CitationMarks.Filter()
        #expect(filter.feed("27 days【4:0") == "27 days")
        #expect(filter.feed("†leave.md】 a year") == " a year")
    }
}
