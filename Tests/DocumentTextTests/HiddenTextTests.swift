import TestSupport
import Testing

@testable import DocumentText

/// What an author hid, struck out, deleted or moved is not read.
@Suite struct HiddenTextTests {
    private static func run(_ text: String, _ look: String = "") -> String {
        "<w:r><w:rPr>\(look)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
    }

    private static func docx(_ body: String, styles: String = "", notes: [String: String] = [:]) -> [UInt8] {
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:document><w:body>\(body)</w:body></w:document>")
        zip.add("word/styles.xml", "<w:styles>\(styles)</w:styles>")
        for (kind, notes) in notes { zip.add("word/\(kind)s.xml", "<w:\(kind)s>\(notes)</w:\(kind)s>") }
        return zip.bytes
    }

    @Test(arguments: [
        run("30 ", "<w:strike/>"), run("30 ", "<w:dstrike w:val=\"true\"/>"), run("30 ", "<w:vanish/>"),
        run("30 ", "<w:rStyle w:val=\"old\"/>"), "<w:del>\(run("30 "))</w:del>",
        "<w:moveFrom>\(run("30 "))</w:moveFrom>",
        "<w:del><w:r><w:delText>30 </w:delText></w:r></w:del>",
    ])
    func leavesOutRunsOfAWordDocument(hidden: String) async throws {
        let styles = """
            <w:style w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:styleId="old"><w:basedOn w:val="gone"/></w:style>
            """
        let body = "<w:p>\(Self.run("The break takes "))\(hidden)\(Self.run("45 minutes."))</w:p>"
        let document = try await extract(Self.docx(body, styles: styles), named: "a.docx")
        #expect(document.blocks == [.paragraph("The break takes 45 minutes.")])
    }

    @Test(arguments: [
        run("45", "<w:strike w:val=\"0\"/>"), run("45", "<w:rStyle w:val=\"gone\"/><w:vanish w:val=\"false\"/>"),
        run("45", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>"), "<w:ins>\(run("45"))</w:ins>",
        "<w:moveTo>\(run("45"))</w:moveTo>",
    ])
    func keepsRunsThatAreShown(shown: String) async throws {
        let styles = "<w:style w:styleId=\"gone\"><w:rPr><w:vanish/></w:rPr></w:style>"
        let document = try await extract(Self.docx("<w:p>\(shown)</w:p>", styles: styles), named: "a.docx")
        #expect(document.blocks == [.paragraph("45")])
    }

    @Test func leavesOutHiddenParagraphsAndRows() async throws {
        func row(_ text: String, _ properties: String = "") -> String {
            "<w:tr><w:trPr>\(properties)</w:trPr><w:tc><w:p>\(Self.run(text))</w:p></w:tc></w:tr>"
        }
        let styles = "<w:style w:styleId=\"gone\"><w:rPr><w:vanish/></w:rPr></w:style>"
        let body = """
            <w:p><w:pPr><w:pStyle w:val="gone"/><w:rPr><w:del/></w:rPr></w:pPr>\(Self.run("Hidden."))</w:p>
            <w:p>\(Self.run("Shown."))</w:p>
            <w:tbl>\(row("One"))\(row("Two", "<w:del w:id=\"1\"/>"))\(row("Three", "<w:hidden/>"))\(row("Four"))</w:tbl>
            """
        let document = try await extract(Self.docx(body, styles: styles), named: "a.docx")
        #expect(document.blocks == [.paragraph("Shown."), .tableRow("One"), .tableRow("Four")])
    }

    /// A tracked change may delete the end of a paragraph; the last one ends all the same.
    @Test func joinsParagraphsWhoseMarkIsDeleted() async throws {
        func paragraph(_ text: String, _ mark: String = "") -> String {
            "<w:p><w:pPr><w:rPr>\(mark)</w:rPr></w:pPr>\(text.isEmpty ? "" : Self.run(text))</w:p>"
        }
        let mark = "<w:del w:id=\"1\"/>"
        let body = """
            \(paragraph("The notice is ", mark))\(paragraph("", mark))\(paragraph("four weeks."))
            \(paragraph("It is ", mark))\(paragraph(""))\(paragraph("Paid."))
            <w:tbl><w:tr><w:tc>\(paragraph("One cell", mark))</w:tc></w:tr></w:tbl>\(paragraph("The end", mark))
            """
        let document = try await extract(Self.docx(body), named: "a.docx")
        #expect(
            document.blocks == [
                .paragraph("The notice is four weeks."), .paragraph("It is"), .paragraph("Paid."),
                .tableRow("One cell"), .paragraph("The end"),
            ]
        )
    }

    @Test func readsFormulas() async throws {
        func text(_ text: String) -> String { "<m:r><m:t>\(text)</m:t></m:r>" }
        let formula = "<m:oMath><m:f><m:num>\(text("days"))</m:num><m:den>\(text("2"))</m:den></m:f></m:oMath>"
        let document = try await extract(Self.docx("<w:p>\(Self.run("You get "))\(formula)</w:p>"), named: "a.docx")
        #expect(document.blocks == [.paragraph("You get days/2")])
    }

    @Test func tellsFootnotesAndEndnotesWhereTheyAreReferredTo() async throws {
        func reference(_ kind: String, _ id: Int) -> String { "<w:r><w:\(kind)Reference w:id=\"\(id)\"/></w:r>" }
        func note(_ kind: String, _ id: Int, _ text: String) -> String {
            "<w:\(kind) w:id=\"\(id)\"><w:p>\(text)</w:p></w:\(kind)>"
        }
        let body = """
            <w:p>\(Self.run("A sabbatical takes five years of service."))\(reference("footnote", 2))</w:p>
            <w:p>\(Self.run("Base rate"))\(reference("endnote", 2))\(reference("footnote", 2))</w:p>
            <w:p><w:pPr><w:pStyle w:val="heading 1"/></w:pPr>\(Self.run("Pay"))\(reference("footnote", 3))</w:p>
            <w:tbl><w:tr><w:tc><w:p>\(Self.run("Bonus."))\(reference("footnote", 4))</w:p></w:tc></w:tr></w:tbl>
            """
        let footnotes =
            "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
            + note("footnote", 2, Self.run("Managers need ") + Self.run("four ", "<w:strike/>") + Self.run("three."))
            + note("footnote", 3, Self.run("In euros.")) + note("footnote", 4, Self.run("Paid in May."))
        let notes = ["footnote": footnotes, "endnote": note("endnote", 2, Self.run("as of 2026"))]
        #expect(
            try await extract(Self.docx(body, notes: notes), named: "a.docx").blocks == [
                .paragraph("A sabbatical takes five years of service. Managers need three."),
                .paragraph("Base rate (as of 2026)"), .heading(level: 1, text: "Pay"), .paragraph("In euros."),
                .tableRow("Bonus. Paid in May."),
            ]
        )
    }

    @Test func leavesOutHiddenSlidesShapesAndRuns() async throws {
        func shape(_ text: String, _ properties: String = "", _ look: String = "") -> String {
            """
            <p:sp><p:nvSpPr><p:cNvPr id="1" \(properties)/></p:nvSpPr><a:p><a:r><a:rPr \(look)/><a:t>\(text)</a:t></a:r></a:p></p:sp>
            """
        }
        var zip = ZipFixture()
        zip.add("ppt/slides/slide1.xml", "<p:sld show=\"0\">\(shape("Hidden slide"))</p:sld>")
        zip.add(
            "ppt/slides/slide2.xml",
            """
            <p:sld>\(shape("One"))\(shape("Two", "hidden=\"1\""))\(shape("Three", "", "strike=\"sngStrike\""))
            <p:grpSp><p:nvGrpSpPr><p:cNvPr id="2" hidden="1"/></p:nvGrpSpPr>\(shape("Four"))</p:grpSp>\(shape("Five"))</p:sld>
            """
        )
        #expect(try await extract(zip.bytes, named: "a.pptx").blocks == [.listItem("One"), .listItem("Five")])
    }

    @Test(arguments: [
        "<div hidden><p>Old.</p><div>Old.</div></div>", "<p hidden>Old.", "<ul><li hidden>Old.</ul>",
        "<p style='color: red; Display : NONE'>Old.</p>", "<span style=\"visibility:hidden\">Old.</span>",
        "<template><p>Old.</p></template>", "<noscript>Old.</noscript>", "<s>Old.</s>", "<del><p>Old.</p></del>",
        "<strike>Old.</strike>", "<!-- Old. -->", "<script>Old.</script>", "<style>Old.</style>",
        "<dialog>Old.</dialog>", "<span style='text-decoration: line-through'>Old.</span>",
        "<table><tr><td hidden>Old.<td>New.</td></tr></table>", "<table><tr hidden><td>Old.</tr></table>",
        "<div><p hidden>Old.</div>", "<div hidden>Old.<br><img src=a></div>",
        "<select><option>Old.</option><option>Old.</option></select>",
    ])
    func leavesOutWhatAPageHidesOrStrikesOut(hidden: String) throws {
        let text = try HTMLReader.document(from: "<p>First.</p>\(hidden)<p>Last.</p>").blocks.map(\.text)
            .joined(separator: " ")
        #expect(text.hasPrefix("First.") && text.hasSuffix("Last."))
        #expect(!text.contains("Old."))
        #expect(text.contains("New.") == hidden.contains("New."))
    }

    @Test(arguments: [
        "<div hidden=until-found>Text.</div>", "<dialog open>Text.</dialog>", "<details>Text.</details>",
        "<p style='display:block'>Text.</p>", "<br hidden>Text.", "<ins>Text.</ins>",
    ])
    func keepsWhatAPageShows(shown: String) throws {
        #expect(try HTMLReader.document(from: shown).blocks.map(\.text) == ["Text."])
    }

    @Test(arguments: [
        ("~~30~~ 45 minutes", "45 minutes"), ("a ~~**b** ~~c~~ d~~ e", "a e"), ("<del>30</del> 45", "45"),
        ("<s>30</s> <b>45</b>", "45"), ("<span hidden>30</span>45", "45"), ("~~30 minutes", "~~30 minutes"),
        ("<s>30 minutes", "30 minutes"), ("about ~5 and ~6 days", "about ~5 and ~6 days"),
    ])
    func leavesOutWhatMarkdownStrikesOut(markdown: String, text: String) {
        #expect(MarkdownInline.plainText(of: markdown) == text)
    }
}
