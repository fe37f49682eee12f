import OpenAI
import Testing

@Suite struct AnnotatedTextStreamTests {
    @Test func countsPositionsInTheCleanText() {
        var stream = AnnotatedTextStream()
        let first = stream.take(AnnotatedText(value: "Über 27 days\u{E200}filecite\u{E202}turn0"))
        let mark = "\u{E200}filecite\u{E202}turn0file1\u{E201}"
        let annotation = TextAnnotation(text: mark, start: 12, end: 12 + mark.unicodeScalars.count, fileID: "file-a")
        let second = stream.take(AnnotatedText(value: "file1\u{E201}, and", annotations: [annotation]))
        #expect(first.text + second.text + stream.finish() == "Über 27 days, and")
        #expect(second.citations == [FileCitation(fileID: "file-a", index: 12)])
    }

    @Test func findsMarksWhosePositionIsCountedInOtherUnits() {
        var stream = AnnotatedTextStream()
        let annotation = TextAnnotation(text: "【1†a】", start: 9, end: 14, fileID: "file-a")
        let read = stream.take(AnnotatedText(value: "😀😀 yes【1†a】 no", annotations: [annotation]))
        #expect(read.text == "😀😀 yes no")
        #expect(read.citations == [FileCitation(fileID: "file-a", index: 6)])
    }
}
