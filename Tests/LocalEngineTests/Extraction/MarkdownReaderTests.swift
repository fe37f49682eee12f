import Testing

@testable import LocalEngine

@Suite struct MarkdownReaderTests {
    @Test func readsHeadingsListsAndParagraphs() throws {
        let document = try MarkdownReader.document(
            from: """
                # Annual leave ##

                Everybody has
                27 days.

                Carry-over
                ----------
                - Five *unused* days
                  go over
                2) ~~Old~~ **new** rule
                - [x] done
                > quoted
                """
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Annual leave"), .paragraph("Everybody has 27 days."),
                .heading(level: 2, text: "Carry-over"), .listItem("Five unused days go over"),
                .listItem("new rule"),
                .listItem("done quoted"),
            ]
        )
    }

    @Test func tellsEachTableRowWithItsHeader() throws {
        let document = try MarkdownReader.document(
            from: """
                | Grade | Days | Notice |
                |:------|-----:|--------|
                | A     | 27   | 3 \\| 4 |
                | **B** |      | 1      |
                After.
                """
        )
        #expect(
            document.blocks == [
                .tableRow("Grade: A; Days: 27; Notice: 3 | 4"), .tableRow("Grade: B; Notice: 1"), .paragraph("After."),
            ]
        )
    }

    @Test func tellsALongRowCellByCell() throws {
        let long = Array(repeating: "word", count: 30).joined(separator: " ")
        let document = try MarkdownReader.document(from: "|Skill|Junior|Senior|\n|-|-|-|\n|Scope|\(long)|\(long)|")
        #expect(document.blocks.map(\.text) == ["Skill: Scope; Junior: \(long)", "Skill: Scope; Senior: \(long)"])
    }

    @Test func keepsFencedCodeAsItIs() throws {
        let document = try MarkdownReader.document(from: "~~~ swift\nlet a = *b*\n\n# no heading\n~~~\nText")
        #expect(document.blocks == [.code("let a = *b*"), .code("# no heading"), .paragraph("Text")])
    }

    @Test(arguments: [
        ("[track your **time**](https://example.org/a_(b) \"title\")", "track your time"),
        ("![logo](x.png) see [here][ref] or [3.2]", "logo see here or [3.2]"),
        ("<https://example.org> a<br>b &amp; &#8364;5", "https://example.org a b & €5"),
        ("2 * 3 * 4, 5*3 and snake_case_name", "2 * 3 * 4, 5*3 and snake_case_name"),
        ("***both*** _one_ `a*b*` \\*not\\*", "both one a*b* *not*"),
        ("*open and [open and `open", "*open and [open and `open"),
        ("Größe **ändern** – „so“", "Größe ändern – „so“"),
    ])
    func stripsInlineMarks(markdown: String, text: String) {
        #expect(MarkdownInline.plainText(of: markdown) == text)
    }

    @Test func dropsDefinitionsRulesAndComments() throws {
        let document = try MarkdownReader.document(from: "[a]: https://example.org\n\n***\n<!-- one\ntwo -->Kept\n")
        #expect(document.blocks == [.paragraph("Kept")])
    }

    @Test(arguments: ["[", "](", "`", "<a", "*", "_a", "&", ">", "|-", "``` ", "~"])
    func staysQuickWithHostileMarks(mark: String) throws {
        let text = String(repeating: mark, count: 50_000)
        let elapsed = try ContinuousClock().measure { _ = try MarkdownReader.document(from: text) }
        #expect(elapsed < .seconds(20))
    }
}
