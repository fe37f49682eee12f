import Testing

@testable import DocumentText

@Suite struct HTMLReaderTests {
    @Test func readsTheTextThatABrowserShows() throws {
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

    @Test func writesEachTableRowWithItsHeader() throws {
        let table = """
            <table><tr><th>Grade<th>Days</tr><tr><td>A<td>27<table><tr><td>inner</table></td></tr>
            <tr><td colspan=2>All</td></tr></table>
            """
        #expect(
            try HTMLReader.document(from: table).blocks == [
                .tableRow("Grade: A; Days: 27 inner"), .tableRow("All"),
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

    @Test(arguments: [
        // Row headers name the rows.
        (
            "<tr><th>Notice<td>four weeks<tr><th>Probation<td>six months",
            ["Notice: four weeks", "Probation: six months"]
        ),
        // A cell over several rows is in each of them.
        (
            "<tr><th>Site<th>Floor<th>Desks<tr><td rowspan=2>Graz<td>1<td>40<tr><td>2<td>55",
            ["Site: Graz; Floor: 1; Desks: 40", "Site: Graz; Floor: 2; Desks: 55"]
        ),
        (
            "<tr><th>Day<th>From<th>To<tr><td>Mon<td rowspan=0>8<td>16<tr><td>Tue<td>17",
            ["Day: Mon; From: 8; To: 16", "Day: Tue; From: 8; To: 17"]
        ),
        // Two rows of headers.
        (
            "<tr><th rowspan=2>Role<th colspan=2>Office<tr><th>Desk<th>Key<tr><td>Cook<td>2<td>yes",
            ["Role: Cook; Office Desk: 2; Office Key: yes"]
        ),
        // No header: no row names another.
        ("<tr><td>Ina<td>Payroll<td>Ulm<tr><td>Bo<td>IT<td>Bonn", ["Ina; Payroll; Ulm", "Bo; IT; Bonn"]),
        ("<tr><td>Paid on<td>the 3rd<tr><td>Raise<td>June", ["Paid on: the 3rd", "Raise: June"]),
        (
            "<tr><td>Version<td>final<tr><td>Number<td>7<tr><td>Year<td>2026",
            ["Version: final", "Number: 7", "Year: 2026"]
        ),
        // A header in bold type, with figures.
        (
            "<tr><td><b>Joined</b><td><b>After 90 days</b><tr><td>May<td>12<tr><td>June<td>10",
            ["Joined: May; After 90 days: 12", "Joined: June; After 90 days: 10"]
        ),
        ("<thead><tr><td>Tier<td>Fee<tbody><tr><td>Gold<td>none", ["Tier: Gold; Fee: none"]),
        // A title above the header, and a row that names those below it.
        (
            "<tr><td colspan=2>Fees 2026<tr><th>Kind<th>Euros<tr><td colspan=2>Abroad<tr><td>Bus<td>9",
            ["Fees 2026", "Abroad", "Abroad; Kind: Bus; Euros: 9"]
        ),
        // A cell that covers two columns is under both.
        ("<tr><th>Who<th>Mon<th>Tue<tr><td>Ida<td colspan=2>off", ["Who: Ida; Mon, Tue: off"]),
    ])
    func tellsEachCellUnderItsOwnNames(rows: String, lines: [String]) throws {
        let document = try HTMLReader.document(from: "<table>\(rows)</table>")
        #expect(document.blocks.map(\.text) == lines)
    }

    @Test func boundsManySpans() throws {
        let cells = String(repeating: "<td rowspan=60000>x", count: 5_000)
        let document = try HTMLReader.document(
            from: "<table>" + String(repeating: "<tr>" + cells, count: 20) + "</table>"
        )
        #expect(document.tables.first?.rows.count == 20)
        #expect((document.tables.first?.rows.reduce(0) { $0 + $1.count } ?? 0) <= 250_000)
    }

    @Test func readsALayoutTableAsText() throws {
        let page = "<table><tr><td><h2>Parking</h2><p>Free.</p></td><td>Ask Bo.</td></tr></table><p>End."
        #expect(
            try HTMLReader.document(from: page).blocks == [
                .heading(level: 2, text: "Parking"), .paragraph("Free."), .paragraph("Ask Bo."), .paragraph("End."),
            ]
        )
    }

    @Test func readsOnlyTheMainElementOfAPage() throws {
        let page = """
            <header>ACME</header><nav><a>Home</a></nav><aside>Cookies</aside>
            <div role=main><div><h1>Lockers</h1></div><p>Five euros.</p></div><footer>Imprint</footer>
            """
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == ["Lockers", "Five euros."])
        #expect(
            try HTMLReader.document(from: "<nav>Home</nav><p>Five.</p><main></main>").blocks.map(\.text) == ["Five."]
        )
    }

    @Test func writesEachDefinitionWithItsTerm() throws {
        let list = "<dl><dt>Travel pay<dd>9 euros<dt>Heat:<dt>Cold<dd><p>no work</p><dt>Rain</dl><p>End."
        #expect(
            try HTMLReader.document(from: list).blocks == [
                .listItem("Travel pay: 9 euros"), .listItem("Heat:, Cold: no work"), .paragraph("Rain"),
                .paragraph("End."),
            ]
        )
    }

    @Test(arguments: [
        (
            "<dl><dt>Parents<dd>12 weeks<dd><p>Paid at 80 %<p>From May<dt>Study<dd>5 days</dl><p>End.",
            ["Parents: 12 weeks", "Parents: Paid at 80 %", "Parents: From May", "Study: 5 days", "End."]
        ),
        ("<dl><dt>A<dd>1</dl><dl><dd>2</dl>", ["A: 1", "2"]),
        (
            "<table><tr><td><h4>Shift</h4><td><h4>Premium</h4><tr><td>Night<td>30 %<tr><td>Sunday<td>50 %</table>",
            ["Shift: Night; Premium: 30 %", "Shift: Sunday; Premium: 50 %"]
        ),
        (
            """
            <table><tr><td>Class<td>Conditions<tr><td>Rail<td><table><tr><td>up to 3 hours<td>second<tr><td>over 3 hours<td>first</table>
            <tr><td>Air<td>economy</table>
            """,
            ["Class: Conditions", "Rail: up to 3 hours second; over 3 hours first", "Air: economy"]
        ),
        // Layouts: headings in several rows, and tables in cells without a name.
        (
            "<table><tr><td><h2>Pay</h2><td>May<tr><td><h2>Leave</h2><td>30 days</table>",
            ["Pay", "May", "Leave", "30 days"]
        ),
        (
            "<table><tr><td>Logo<td>Title<tr><td><td><table><tr><th>Who<th>Days<tr><td>All<td>5</table><tr><td><td>End</table>",
            ["Logo", "Title", "Who: All; Days: 5", "End"]
        ),
        (
            """
            <style>.ritz .waffle .s0{font-weight:bold}.ritz .waffle .s3{text-decoration:line-through}</style><table class=waffle>
            <thead><tr><th class="row-header freezebar-origin-ltr"><th class=column-headers-background>A<th class=column-headers-background>B
            <tbody><tr><th class=row-headers-background>1<td class=s0>Land<td class=s0>Euros<tr><th class=row-headers-background>2<td>Peru
            <td class=s3>40<tr><th class=row-headers-background>3<td>Chile<td>50</table>
            """,
            ["Land: Peru", "Land: Chile; Euros: 50"]
        ),
    ])
    func findsTheNamesOfValues(page: String, lines: [String]) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == lines)
    }

    @Test func separatesSuperscriptsFromTheText() throws {
        let page =
            "<p>It costs 7 euros<sup>2</sup>, 40 m<sup>2</sup>, 10<sup>3</sup>, the 1<sup>st</sup>.<p><sup>2</sup> Or 8."
        #expect(
            try HTMLReader.document(from: page).blocks.map(\.text) == [
                "It costs 7 euros [2], 40 m², 10³, the 1st.", "[2] Or 8.",
            ]
        )
    }

    @Test(arguments: [
        ("25<sup>1)</sup> days", "25 [1] days"), ("27<sup>1, 2</sup> days", "27 [1, 2] days"),
        ("22<sup>1–3</sup> days", "22 [1–3] days"), ("31<sup>10)</sup>", "31 [10]"), ("20<sup>b)</sup>", "20 [b]"),
        ("35<sup>a</sup> euros", "35 [a] euros"), ("6<sup>**</sup> weeks", "6 [**] weeks"),
        ("9 days<sup>2)</sup>", "9 days [2]"), ("31<sup> 7 </sup>days", "31⁷ days"), ("28<sup>[4]</sup>", "28 [4]"),
        // Fractions, exponents, ordinals, words and prices.
        ("2<sup>1/2</sup> days", "2 1/2 days"), ("10<sup>-3</sup> m<sup>−1</sup>", "10⁻³ m⁻¹"),
        ("2<sup>nd</sup>, 5<sup>e</sup>, M<sup>me</sup>, n<sup>o</sup>, 1ª", "2nd, 5e, Mme, no, 1ª"),
        ("9<sup>,99</sup> euros", "9,99 euros"), ("30<sup>°</sup>C, Acme<sup>®</sup>", "30°C, Acme®"),
    ])
    func separatesTheMarksOfFootnotesFromFigures(page: String, text: String) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == [text])
    }

    @Test(arguments: [
        // An end tag, while other elements are open.
        ("<nav><div>Home</nav><p>Five.</p>", ["Five."]),
        // Elements that HTML 4 did not have end a paragraph.
        ("<p hidden>Old.<section>New.</section>", ["New."]), ("<p>One.<article>Two.</article>", ["One.", "Two."]),
        // Text after the end of the page, tags in text, and end tags of nothing.
        ("<body><p>One.</body></html><p>Two.", ["One.", "Two."]), ("a </nothing> b</p>", ["a b"]),
        ("<p>Less than <3 and <=4 & more", ["Less than <3 and <=4 & more"]),
        ("<script>var a = '<p>x</p></div>'</script>Text.", ["Text."]),
        // Elements with prefixes, as in Word's pages, and declarations.
        ("<p>One<o:p> two</o:p></p><![if !x]><p>Three<![endif]>", ["One two", "Three"]),
        ("<?xml version='1.0'?><p>One<p/>Two", ["One", "Two"]), ("<P ALIGN=left HIDDEN>Old.<P>New.", ["New."]),
        ("One\u{0}two", ["One two"]),
    ])
    func toleratesErrorsLikeABrowser(page: String, texts: [String]) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == texts)
    }

    @Test(arguments: [
        "<div id='navigation'><ul class='nice-menu'><li><a href='/'>Home</a><ul><li><a>About</a></ul></ul></div>",
        "<ol class=breadcrumb><li><a>Home</a> / <li><a>Leave</a></ol>", "<div id=skip-link><a href='#m'>Skip</a></div>",
        "<table class=top_nav><tr><td><a>Home</a><td><a>Leave</a></table>",
    ])
    func leavesOutMenusOfLinks(menu: String) throws {
        let document = try HTMLReader.document(from: "<body>\(menu)<h2>Leave</h2><p>27 days, <a>see below</a>.</p>")
        #expect(document.blocks.map(\.text) == ["Leave", "27 days, see below."])
    }

    @Test(arguments: [
        ("<ul class='lunch menu'><li>Soup <a>(vegan)</a><li>Rice</ul>", ["Soup (vegan)", "Rice"]),
        ("<div class=menu><p>Soup</p></div>", ["Soup"]), ("<div class=menu><a>Leave</a></div>", ["Leave"]),
        ("<ul class=documents><li><a>Leave</a><li><a>Pay</a></ul>", ["Leave", "Pay"]),
    ])
    func keepsWhatOnlyHasTheNameOfAMenu(page: String, texts: [String]) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == texts)
    }

    @Test(arguments: [
        (
            "<dl><dt>Cooks</dt><dd><ul><li>Pay: 4</li></ul></dd><dt>Waiters</dt><dd><ul><li>Pay: 9</li></ul></dd></dl>",
            ["Cooks: Pay: 4", "Waiters: Pay: 9"]
        ),
        (
            "<dl><dt>Cooks</dt><dd><table><tr><th>Year</th><th>Pay</th></tr><tr><td>1</td><td>4</td></tr></table></dd></dl>",
            ["Cooks; Year: 1; Pay: 4"]
        ),
        (
            "<table><tr><th>Item</th><th>Fee</th></tr><tr><td>Badge</td><td>8</td></tr>"
                + "<tr><th>Item</th><th>Deposit</th></tr><tr><td>Key</td><td>40</td></tr></table>",
            ["Item: Badge; Fee: 8", "Item: Key; Deposit: 40"]
        ),
        (
            "<ul role=tablist><li role=tab>Cooks</li><li role=tab>Waiters</li></ul><div role=tabpanel><p>4 euros</p></div>"
                + "<div role=tabpanel hidden><p>9 euros</p></div>",
            ["Cooks", "4 euros", "Waiters", "9 euros"]
        ),
        (
            "<header><h1>Winter pay</h1><p>From 1 November</p></header><main><p>3 euros an hour.</p></main>",
            ["Winter pay", "From 1 November", "3 euros an hour."]
        ),
        (
            "<p>The ferry is paid.<a class=msocomanchor href='#_msocom_1'>[K1]</a></p>"
                + "<div style='mso-element:comment-list'><p>Should be less.</p></div>",
            ["The ferry is paid."]
        ),
    ])
    func keepsWhatAReaderSeesWithItsName(page: String, blocks: [String]) throws {
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == blocks)
    }
}
