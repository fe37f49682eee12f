import Testing

@testable import LocalEngine

@Suite struct HTMLReaderTests {
    @Test func readsWhatABrowserShows() throws {
        let document = try HTMLReader.document(
            from: """
                <!DOCTYPE html><html><head><title>Travel</title><style>p { color: red }</style></head>
                <body><script>if (a < b) { document.write("<p>no</p>") }</script>
                <h2>Meals &amp; more</h2><p>The allowance<br>is&nbsp;64&nbsp;&euro;.<!-- hidden --></p>
                <ul><li><p>one</p><li>two <b>bold</b></ul>5 < 6
                <pre>a\n  b</pre></body></html>
                """
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Travel"), .heading(level: 2, text: "Meals & more"),
                .paragraph("The allowance is 64 €."), .listItem("one"), .listItem("two bold"), .paragraph("5 < 6"),
                .code("a\n  b"),
            ]
        )
    }

    @Test func tellsEachTableRowWithItsHeader() throws {
        let table = """
            <table><tr><th>Grade<th>Days</tr><tr><td>A<td>27<table><tr><td>inner</table></td></tr>
            <tr><td colspan=2>All</td></tr></table>
            """
        #expect(
            try HTMLReader.document(from: table).blocks == [
                .tableRow("Grade: A; Days: 27 inner"), .tableRow("Grade: All"),
            ]
        )
    }

    @Test func joinsAPairOfCellsWithoutAHeader() throws {
        let table = "<table><tr><td>Meals<td>64 euros<tr><td>Hotel<td>150 euros</table>"
        #expect(
            try HTMLReader.document(from: table).blocks == [
                .tableRow("Meals: 64 euros"), .tableRow("Hotel: 150 euros"),
            ]
        )
    }

    @Test(arguments: ["<div>", "<table><tr><td>", "<", "<a b='", "<!--", "<![CDATA[", "</", "&#x", "<script>", "<li>"])
    func survivesHostileMarkup(piece: String) throws {
        let text = "start " + String(repeating: piece, count: 50_000)
        var document = ExtractedDocument()
        let elapsed = try ContinuousClock().measure { document = try HTMLReader.document(from: text) }
        #expect(document.blocks.first?.text.hasPrefix("start") == true)
        #expect(elapsed < .seconds(20))
    }
}
