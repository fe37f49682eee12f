import TestSupport
import Testing

@testable import DocumentText

/// The same items in several lists are told apart by the items that they are in.
@Suite struct NestedListTests {
    private let told = [
        "Own wedding", "Own wedding: in the week: one day", "Own wedding: else: none", "Funeral",
        "Funeral: in the week: two days",
        "Moving: 2 days at most", "if alone", "End",
    ]

    @Test func inMarkdown() throws {
        let text = """
            - Own wedding
              - in the week: one day
              - else: none
            - Funeral:
              - in the week: two days
            - Moving: 2 days at most
              - if alone
            - End
            """
        let lines = try MarkdownReader.document(from: text).blocks.map(\.text)
        #expect(lines == told.map { $0 == "Funeral" ? "Funeral:" : $0 })
    }

    @Test func inWebPages() throws {
        let page = """
            <ul><li>Own wedding<ul><li>in the week: one day<li>else: none</ul><li>Funeral<ol><li>in the week: two days</ol>
            <li>Moving: 2 days at most<ul><li>if alone</ul><li>End</ul>
            """
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == told)
    }

    /// What is quoted stands in the file.
    @Test func itemsAreQuotedAsTheyStand() throws {
        let document = try MarkdownReader.document(from: "- Own wedding\n    - in the week: one day\n- End\n")
        #expect(document.sourceTexts == ["Own wedding: in the week: one day": "in the week: one day"])
    }

    @Test func inWordDocuments() async throws {
        let levels = [0, 1, 1, 0, 1, 0, 1, 0]
        let texts = [
            "Own wedding", "in the week: one day", "else: none", "Funeral", "in the week: two days",
            "Moving: 2 days at most",
            "if alone", "End",
        ]
        let body = zip(texts, levels).map { text, level in
            """
            <w:p><w:pPr><w:numPr><w:ilvl w:val="\(level)"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>
            """
        }
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:document><w:body>\(body.joined())</w:body></w:document>")
        let document = try await extract(zip.bytes, named: "a.docx")
        #expect(document.blocks == told.map { .listItem($0) })
    }

    /// A name may have a figure, which a value after it has not.
    @Test(arguments: [
        ("Grade 3", "Grade 3"), ("Christmas 2026:", "Christmas 2026"), ("Up to 40 hours", "Up to 40 hours"),
        ("Easter Sunday.", "Easter Sunday"), ("Wedding: 2 days", nil), ("2 days for a wedding", nil),
        ("Wedding, 50 €", nil), ("Everybody asks the manager first.", nil),
    ])
    func outerItemsThatAreNamesStandBeforeInnerOnes(outer: String, name: String?) {
        #expect(ListNesting.name(outer) == name)
    }
}
