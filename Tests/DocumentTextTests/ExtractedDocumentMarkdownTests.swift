import Testing

@testable import DocumentText

@Suite struct ExtractedDocumentMarkdownTests {
    @Test func marksHeadingsAndListsAndKeepsRowsTogether() {
        let document = ExtractedDocument(blocks: [
            .heading(level: 1, text: "Leave"), .paragraph("You have:"), .listItem("27 days"), .listItem("holidays"),
            .heading(level: 9, text: "By grade"), .tableRow("Grade: A; Days: 27"), .tableRow("Grade: B; Days: 29"),
            .code("let a = 1\nlet b = 2"),
        ])
        #expect(
            document.markdown == """
                # Leave

                You have:

                - 27 days
                - holidays

                ###### By grade

                Grade: A; Days: 27
                Grade: B; Days: 29

                let a = 1
                let b = 2
                """
        )
    }

    @Test func drawsTablesWithTheirBlankCells() throws {
        let page = """
            <p>Before.<table><tr><th>Kind<th>Days<th>Note<tr><td>Move<td><td>a|b<tr><td colspan=3>Abroad\
            <tr><td>Visa<td>2<td></table><p>After.
            """
        let document = try HTMLReader.document(from: page)
        #expect(
            document.markdown == #"""
                Before.

                | Kind | Days | Note |
                | --- | --- | --- |
                | Move |  | a\|b |
                | Abroad |
                | Visa | 2 |

                After.
                """#
        )
        #expect(document.text == "Before.\n\nKind: Move; Note: a|b\nAbroad\nAbroad; Kind: Visa; Days: 2\n\nAfter.")
        #expect(document.sourceTexts.isEmpty, "the rows as told are in the text")
    }

    @Test func quotesRowsOfMarkdownInTheirSourceForm() throws {
        let document = try MarkdownReader.document(from: "| Kind | Days | Note |\n|--|--|--|\n| Move |  | a\\|b |\n")
        #expect(document.sourceTexts == ["Kind: Move; Note: a|b": #"Move |  | a\|b"#])
        #expect(document.markdown.hasSuffix(#"| Move |  | a\|b |"#))
    }

    @Test func drawsATableWithoutNamesWithAnEmptyHeader() throws {
        let document = try HTMLReader.document(from: "<table><tr><td>Ida<td>12<td>x<tr><td>Max<td>14<td>y</table>")
        #expect(document.markdown == "|  |  |  |\n| --- | --- | --- |\n| Ida | 12 | x |\n| Max | 14 | y |")
    }

    @Test func quotesWordsOnALineInTheirSourceForm() throws {
        let document = try LayoutReader.document(from: "Kind      Days\nMove      1 day\nVisa      2 days\n")
        #expect(document.sourceTexts.values.contains("Visa 2 days"))
    }

    /// The grid of a table with few cells and very many columns is mostly blank.
    @Test func writesASparseTableAsRows() throws {
        let row = String(repeating: ",", count: 10_000) + "far\n"
        let document = try CSVReader.document(from: "near,next\na,b\n" + String(repeating: row, count: 20))
        #expect(document.markdown.utf8.count < 2_000)
        #expect(document.markdown.contains("near: a; next: b\nfar"))
        #expect(document.sourceTexts.isEmpty)
    }

    @Test func separatesPagesByAFormFeed() throws {
        let document = ExtractedDocument(
            blocks: [.paragraph("one"), .heading(level: 1, text: "four"), .paragraph("five")],
            pages: [.init(page: 1, block: 0), .init(page: 4, block: 1), .init(page: 5, block: 2)]
        )
        #expect(document.markdown == "one\n\n\u{0C}\n\n\u{0C}\n\n\u{0C}\n\n# four\n\n\u{0C}\n\nfive")
    }
}
