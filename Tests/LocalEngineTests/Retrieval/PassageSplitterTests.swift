import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct PassageSplitterTests {
    @Test func keepsEachSentenceInExactlyOnePassage() throws {
        var document = ExtractedDocument()
        var sentences: [String] = []
        for chapter in 0..<4 {
            document.blocks.append(.heading(level: 1 + chapter % 2, text: "Chapter \(chapter)"))
            for paragraph in 0..<12 {
                let own = (0..<3).map { "Sentence \(chapter)x\(paragraph)x\($0) says one thing in some eight words." }
                sentences += own
                let text = own.joined(separator: " ")
                document.blocks.append(paragraph % 5 == 4 ? .listItem(text) : .paragraph(text))
            }
            let row = "Key: \(chapter)row; Value: 3.50"
            sentences.append(row)
            document.blocks.append(.tableRow(row))
        }
        let passages = try PassageSplitter.passages(of: document)
        for sentence in sentences {
            #expect(passages.count { $0.text.contains(sentence) } == 1, "\(sentence)")
        }
        #expect(passages.allSatisfy { (80...PassageSplitter.maximumWords).contains($0.text.wordCount) })
        let words = passages.flatMap { $0.text.split(whereSeparator: \.isWhitespace) }.filter { $0 != "-" }
        #expect(words.count == sentences.reduce(0) { $0 + $1.wordCount })
    }

    @Test func carriesTheHeadingsAbove() throws {
        let document = ExtractedDocument(blocks: [
            .heading(level: 1, text: "Leave"), .heading(level: 2, text: "Annual"), .paragraph("One."),
            .heading(level: 2, text: "Sick"), .paragraph("Two."), .heading(level: 1, text: "Travel"),
            .paragraph("Three."),
        ])
        #expect(
            try PassageSplitter.passages(of: document) == [
                Passage(headings: ["Leave", "Annual"], text: "One."),
                Passage(headings: ["Leave", "Sick"], text: "Two."),
                Passage(headings: ["Travel"], text: "Three."),
            ]
        )
    }

    /// What is cut off a list stands below the words that lead into it, and nothing else does.
    @Test func carriesTheLeadOfAListThatIsCut() throws {
        let items = (1...40).map { "item \($0) with some words that stand here to be long" }
        let document = ExtractedDocument(
            blocks: [.heading(level: 1, text: "Costs"), .paragraph("Never paid are:")]
                + items.map { .listItem($0) } + [.paragraph("Paid are:"), .listItem("taxis"), .paragraph("Ask early.")]
        )
        let passages = try PassageSplitter.passages(of: document)
        #expect(passages.first?.headings == ["Costs"] && passages.count > 3)
        for passage in passages.dropFirst() {
            let isCut = passage.text.contains("item ")
            #expect(passage.headings == (isCut ? ["Costs", "Never paid are:"] : ["Costs"]))
            #expect(passage.text.contains("- taxis") == !isCut)
        }
        #expect(passages.last?.text == "Paid are:\n- taxis\nAsk early.")
    }

    @Test func aModelReadsLittleOfLongHeadings() throws {
        let headings = (1...8).map { level in
            "Chapter \(level) " + String(repeating: "of the collective agreement ", count: 7)
        }
        let passage = Passage(headings: headings, text: "Wages are paid on the 25th.")
        let context = passage.context(below: "Agreement")
        #expect(context.utf8.count <= Passage.maximumContextBytes)
        #expect(context.hasPrefix("Agreement > ") && context.contains("Chapter 8") && !context.contains("Chapter 1 "))
        let usual = Passage(headings: ["Pay", "Payday"], text: "Wages are paid on the 25th.")
        #expect(usual.context(below: "Agreement") == "Agreement > Pay > Payday")
    }

    @Test func keepsAHeadingWithNothingUnderIt() throws {
        let document = ExtractedDocument(blocks: [
            .heading(level: 1, text: "Leave"), .heading(level: 2, text: "Dogs are welcome"),
            .heading(level: 2, text: "End"),
        ])
        #expect(
            try PassageSplitter.passages(of: document) == [
                Passage(headings: ["Leave"], text: "Dogs are welcome"), Passage(headings: ["Leave"], text: "End"),
            ]
        )
    }

    @Test func writesListItemsAndRowsOnLinesOfTheirOwn() throws {
        let document = ExtractedDocument(blocks: [
            .paragraph("You need one. Or two:"), .listItem("a form. It is blue."), .tableRow("Grade: A; Days: 27"),
            .code("a\nb"),
        ])
        #expect(
            try PassageSplitter.passages(of: document).map(\.text) == [
                "You need one. Or two:\n- a form. It is blue.\nGrade: A; Days: 27\na\nb"
            ]
        )
    }

    @Test func doesNotPartAListFromTheWordsThatLeadIntoIt() throws {
        let filler = (0..<11).map {
            ExtractedDocument.Block.paragraph("Filler \($0) " + String(repeating: "word ", count: 8) + "end.")
        }
        let items = (0..<12).map {
            ExtractedDocument.Block.listItem("item \($0) " + String(repeating: "thing ", count: 7))
        }
        for count in 7...11 {
            let blocks = filler.prefix(count) + [.paragraph("These are paid:")] + items
            let passages = try PassageSplitter.passages(of: ExtractedDocument(blocks: Array(blocks)))
            #expect(passages.count > 1)
            #expect(!passages.contains { $0.text.hasSuffix("These are paid:") })
        }
    }

    @Test(arguments: ["word ", "longword", "é"])
    func cutsASentenceThatDoesNotEnd(piece: String) throws {
        let text = String(repeating: piece, count: 60_000).onOneLine
        let passages = try PassageSplitter.passages(of: ExtractedDocument(blocks: [.paragraph(text)]))
        #expect(passages.allSatisfy { $0.text.utf8.count <= 8192 && $0.text.wordCount <= PassageSplitter.maximumWords })
        #expect(passages.map(\.text).joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
}
