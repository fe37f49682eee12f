import OpenAI
import Testing

@Suite struct AnnotatedTextTests {
    private func read(_ value: String, _ annotations: TextAnnotation...) -> (text: String, citations: [FileCitation]) {
        AnnotatedText(value: value, annotations: annotations).withoutMarks()
    }

    private func cited(_ fileID: String, _ index: Int) -> FileCitation {
        FileCitation(fileID: fileID, index: index)
    }

    @Test(arguments: [
        ("", ""), ("Plain.", "Plain."), ("30 days【4:0†faq.md】.", "30 days."), ("【13†source】A【4:1†b c.txt】", "A"),
        ("【note】 stays", "【note】 stays"), ("open【4:0†x", "open【4:0†x"), ("†dagger】", "†dagger】"),
        ("【see 【4:0†x】", "【see "),
    ])
    func takesOutWhatLooksLikeAMark(_ value: String, _ text: String) {
        #expect(read(value).text == text)
        #expect(read(value).citations.isEmpty)
    }

    @Test func countsPositionsInTheTextWithoutMarks() {
        let reading = read(
            "Eins😀【4:0†a】, zwei【4:1†b】【4:2†c】.",
            TextAnnotation(text: "【4:0†a】", start: 5, end: 12, fileID: "file-a"),
            TextAnnotation(text: "【4:1†b】", start: 18, end: 25, fileID: "file-b"),
            TextAnnotation(text: "【4:2†c】", start: 25, end: 32, fileID: "file-c")
        )
        #expect(reading.text == "Eins😀, zwei.")
        #expect(reading.citations == [cited("file-a", 5), cited("file-b", 11), cited("file-c", 11)])
    }

    @Test func findsMarksWhosePositionIsCountedInOtherUnits() {
        let reading = read(
            "😀😀 yes【1†a】 no【1†a】",
            TextAnnotation(text: "【1†a】", start: 8, end: 13, fileID: "file-a"),
            TextAnnotation(text: "【1†a】", start: 16, end: 21, fileID: "file-b")
        )
        #expect(reading.text == "😀😀 yes no")
        #expect(reading.citations == [cited("file-a", 6), cited("file-b", 9)])
    }

    @Test func removesMarksOfAnyFormThatHaveAnAnnotation() {
        let reading = read("Yes [1].", TextAnnotation(text: "[1]", start: 4, end: 7, fileID: "file-a"))
        #expect(reading.text == "Yes .")
        #expect(reading.citations == [cited("file-a", 4)])
    }

    @Test func keepsCitationsWithoutAPosition() {
        let reading = read(
            "Yes.",
            TextAnnotation(text: "【9†gone】", start: nil, end: nil, fileID: "file-a"),
            TextAnnotation(text: "【9†gone】", start: 99, end: 110, fileID: "file-a"),
            TextAnnotation(text: "", start: -3, end: 2, fileID: "file-b")
        )
        #expect(reading.text == "Yes.")
        #expect(reading.citations == [cited("file-b", 0), cited("file-a", 4)])
    }

    @Test func citesNoFileForMarksOfOtherTypes() {
        let reading = read("A【1†x】", TextAnnotation(text: "【1†x】", start: 1, end: 6, fileID: nil))
        #expect(reading.text == "A" && reading.citations.isEmpty)
    }
}
