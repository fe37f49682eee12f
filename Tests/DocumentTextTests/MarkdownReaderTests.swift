import Testing

@testable import DocumentText

@Suite struct MarkdownReaderTests {
    @Test func endsCodeWithItsQuotation() throws {
        let document = try MarkdownReader.document(
            from: """
                > ```swift
                > let days = 27
                > ```
                > Quoted.

                > ~~~
                > unclosed
                # Leave

                ```
                a
                ``` b
                ```
                """
        )
        #expect(
            document.blocks == [
                .code("let days = 27"), .paragraph("Quoted."), .code("unclosed"), .heading(level: 1, text: "Leave"),
                .code("a\n``` b"),
            ]
        )
    }

    @Test(arguments: [
        (
            "{{< tab \"Peru\" >}}6 weeks{{< /tab >}}{{< tab \"Chile\" >}}90 days{{< /tab >}}",
            ["Peru", "6 weeks", "Chile", "90 days"]
        ),
        ("{% tabs %}\n{% tab title=\"Peru\" %}\n33 days\n{% endtab %}\n{% endtabs %}", ["Peru", "33 days"]),
        ("{{% expand \"Interns\" %}}\n2 weeks\n{{% /expand %}}\nAll", ["Interns", "2 weeks", "All"]),
        ("> {{< notice warning \"Peru\" >}}\n> 5 days", ["Peru", "5 days"]),
        ("{% hint style=\"info\" %}\nFive\n{% endhint %}", ["Five"]), ("See {{< ref \"a.md\" >}} now", ["See now"]),
        ("{{< figure title=\"x\" src=\"a.png\" >}}Five", ["Five"]), ("10{{ space }}days {{ x", ["10 days {{ x"]),
        (
            "=== \"Peru\"\n\n    6 weeks\n\n    - and 2\n\n=== \"Chile\"\n\n    90 days\n",
            ["Peru", "6 weeks", "and 2", "Chile", "90 days"]
        ),
        (
            "!!! note \"Peru\"\n    5 days\n\n    ???+ tip \"Lima\"\n        6 days\n\nAll",
            ["Peru", "5 days", "Lima", "6 days", "All"]
        ),
        ("!!! note\n    5 days", ["5 days"]), ("+++\ntitle = \"Pay\"\n+++\n5 days", ["Pay", "5 days"]),
        ("Wait!!! now\n\n    5 days", ["Wait!!! now", "5 days"]), ("!!! 5 days", ["!!! 5 days"]),
        ("<TabItem label=\"Peru\">\n\n6 weeks\n\n</TabItem>", ["Peru", "6 weeks"]),
    ])
    func tellsTheLabelsOfPanels(markdown: String, lines: [String]) throws {
        #expect(try MarkdownReader.document(from: markdown).blocks.map(\.text) == lines)
    }

    @Test func continuesTheNumbersAfterANestedList() throws {
        let document = try MarkdownReader.document(
            from: """
                1) Notice:
                    1. in writing,
                        + by post
                        + by hand
                    2. within a month.
                2) Pay
                """
        )
        #expect(
            document.blocks.map { $0.text.split(separator: " ").last.map { String($0) } } == [
                "Notice:", "writing,", "post", "hand", "month.", "Pay",
            ]
        )
    }

    @Test func keepsTextInAngleBracketsThatIsNotATag() throws {
        let document = try MarkdownReader.document(
            from: "Say <What is it for? Who pays?> and <Max. 30 days>, not <b class=\"x\" id=y>this</b> <br/>."
        )
        #expect(
            document.blocks == [.paragraph("Say <What is it for? Who pays?> and <Max. 30 days>, not this .")]
        )
    }

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
                .listItem("2) new rule"),
                .listItem("done"), .paragraph("quoted"),
            ]
        )
    }

    @Test func writesEachTableRowWithItsHeader() throws {
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

    @Test func writesALongRowCellByCell() throws {
        let long = Array(repeating: "word", count: 30).joined(separator: " ")
        let document = try MarkdownReader.document(from: "|Skill|Junior|Senior|\n|-|-|-|\n|Scope|\(long)|\(long)|")
        #expect(document.blocks.map(\.text) == ["Skill: Scope; Junior: \(long)", "Skill: Scope; Senior: \(long)"])
    }

    @Test func keepsFencedCodeUnchanged() throws {
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

    @Test(arguments: [
        ("Apply by\n15. March at the latest.", ["Apply by 15. March at the latest."]),
        ("Paid from\n1. April on.", ["Paid from 1. April on."]),
        ("It takes\n2) days.", ["It takes 2) days."]),
        ("15. March is free.", ["15. March is free."]), ("1. April is free.", ["1. April is free."]),
        ("Steps:\n1. ask\n2. wait\n3. go", ["Steps:", "ask", "wait", "go"]),
        ("1. ask until\n   31. March\n2. wait", ["ask until 31. March", "wait"]),
        ("- ask\n\n7. wait", ["ask", "7. wait"]),
    ])
    func keepsFiguresAtTheStartsOfLines(markdown: String, texts: [String]) throws {
        #expect(try MarkdownReader.document(from: markdown).blocks.map(\.text) == texts)
    }

    @Test func writesFootnotesAfterTheirReferences() throws {
        let document = try MarkdownReader.document(
            from: """
                A bonus is paid[^pay].

                | Kind | Rate[^b] |
                |---|---|
                | Night | 5[^c] |

                [^pay]: In *May*,
                    to all.
                [^c]: an hour
                [^unused]: Nothing.

                More [^none].
                """
        )
        #expect(
            document.blocks.map(\.text) == [
                "A bonus is paid. In May, to all.", "Kind: Night; Rate[^b]: 5 (an hour)", "More [^none].",
            ]
        )
    }

    @Test func readsHTMLTablesAndTheTitleOfTheMetadata() throws {
        let document = try MarkdownReader.document(
            from: """
                ---
                title: "Travel *rules*"
                owner: HR
                ---
                Text.

                <table>
                <tr><th>City</th><th>Limit</th></tr>

                <tr><td>Oslo</td><td>90</td></tr>
                </table>
                """
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Travel rules"), .paragraph("owner: HR"), .paragraph("Text."),
                .tableRow("City: Oslo; Limit: 90"),
            ]
        )
    }

    @Test func readsATableWithAnEmptyHeaderWithoutNames() throws {
        let document = try MarkdownReader.document(from: "| | |\n|-|-|\n| Fee | 9 |\n| Term | May |")
        #expect(document.blocks == [.tableRow("Fee: 9"), .tableRow("Term: May")])
    }

    @Test(arguments: [
        ("# Rules {#rules}", "Rules"), (":::note Mind this\nText.\n:::", "Mind this Text."),
        ("> [!TIP]\n> Text.", "Text."),
        ("{% if x %}\nText.\n{% endif %}", "Text."), ("Text {{< ref >}} here.", "Text here."),
        ("Text {{< ref >}} here{% include a.html %}.", "Text here."),
        ("Text.\n{: .big}", "Text."),
        ("import A from './a'\nexport const b = {c: 1}\n\n<A>\nText.\n</A>", "Text."),
        ("import duties are paid", "import duties are paid"), ("export to Norway", "export to Norway"),
    ])
    func dropsWhatOnlyASiteGeneratorReads(markdown: String, text: String) throws {
        #expect(try MarkdownReader.document(from: markdown).blocks.map(\.text).joined(separator: " ") == text)
    }

    @Test(arguments: ["[^", "[^a]: b\n", "<table>\n", "{{", "1. a\n"])
    func staysBoundedWithHostileBlocks(piece: String) throws {
        let document = try MarkdownReader.document(from: String(repeating: piece, count: 20_000) + "\n\nEnd.")
        #expect(document.blocks.count <= 20_001)
    }

    @Test func recordsHowTheFileWritesTextWithEscapes() throws {
        let markdown = """
            # Stipends

            The stipend is \\$40
            a week\\*.

            - \\$90 a month

            | Who | Sum |
            |-----|-----|
            | Bo  | \\$9 |
            | Al  | 7   |

            A **\\$1** fee, and `\\$`.
            """
        let document = try MarkdownReader.document(from: markdown)
        #expect(
            document.sourceTexts == [
                "The stipend is $40 a week*.": "The stipend is \\$40 a week\\*.", "$90 a month": "\\$90 a month",
                "Who: Bo; Sum: $9": "Bo | \\$9", "Who: Al; Sum: 7": "Al | 7",
            ]
        )
    }

    @Test(arguments: [("8*5*4 is 160", "8*5*4 is 160"), ("*5* of **6** and `2*3*4`", "5 of 6 and 2*3*4")])
    func keepsTheMarksBetweenFactors(markdown: String, text: String) throws {
        #expect(try MarkdownReader.document(from: markdown).blocks == [.paragraph(text)])
    }

    @Test func readsTablesOfAnyWidth() throws {
        func row(_ cell: (Int) -> String) -> String { "|" + (0..<300).map { cell($0) + "|" }.joined() + "\n" }
        let markdown = row { "C\($0)" } + row { _ in "-" } + row { $0 == 0 ? "R & <D>" : "\($0)" } + "\nThe end."
        let blocks = try MarkdownReader.document(from: markdown).blocks
        #expect(blocks.contains(.tableRow("C0: R & <D>; C299: 299")))
        #expect(blocks.last == .paragraph("The end."))
    }

    @Test(
        arguments: [
            (
                "<Steps>\n### Apply\nWithin 5 days.\n</Steps>",
                [.heading(level: 3, text: "Apply"), .paragraph("Within 5 days.")]
            ),
            ("<Card title=\"x\">\n- 5 days\n</Card>", [.paragraph("x"), .listItem("5 days")]),
            ("<TABLE>\n- 5\n</TABLE>", [.paragraph("- 5")]),
        ] as [(String, [ExtractedDocument.Block])]
    )
    func readsTheMarkdownOfComponents(markdown: String, blocks: [ExtractedDocument.Block]) throws {
        #expect(try MarkdownReader.document(from: markdown).blocks == blocks)
    }
}
