import Testing

@testable import DocumentText

/// The rules of style sheets that name elements by their classes and identifiers.
@Suite struct StyleSheetTests {
    private static func page(_ sheet: String, _ body: String) -> String {
        "<html><head><style>\(sheet)</style></head><body><p>First.</p>\(body)<p>Last.</p></body></html>"
    }

    @Test(arguments: [
        (".old{display:none}", "<p class='a old'>Old.</p>"), (".old { visibility : hidden; }", "<p class=old>Old.</p>"),
        (".c5{color:#000;text-decoration:line-through}", "<p><span class=c5>Old.</span></p>"),
        ("p.x, p.old{display:none!important}", "<p class=old>Old.</p>"), ("#o{display:none}", "<p id=o>Old.</p>"),
        ("/* .x{ */ .a.old{display:none}", "<p class='old a'>Old.</p>"),
        ("@import url(x.css); @media screen { .old{display:none} }", "<p class=old>Old.</p>"),
        ("<!-- .old{display:none} -->", "<p class=old>Old.</p>"),
        (".old{display:block}.old{display:none}", "<p class=old>Old.</p>"),
    ])
    func leavesOutWhatAClassHidesOrStrikesOut(sheet: String, body: String) throws {
        #expect(try HTMLReader.document(from: Self.page(sheet, body)).blocks.map(\.text) == ["First.", "Last."])
    }

    @Test(arguments: [
        ("@media print{.new{display:none}}", "<p class=new>New.</p>"),
        ("@supports (x:y){.new{display:none}}", "<p class=new>New.</p>"),
        ("p.new{display:none}", "<div class=new>New.</div>"),
        (".a.b{display:none}", "<p class=a>New.</p>"),
        (".new{display:none}", "<p class=new style='display:block'>New.</p>"),
        (".new{display:none}#n{display:block}", "<p class=new id=n>New.</p>"),
        // What the page shows on a click, or on some screens.
        (".tab{display:none}.tab.active{display:block}", "<div class=tab>New.</div>"),
        (".tab{display:none}#one:checked ~ .tab{display:block}", "<div class=tab>New.</div>"),
        (".tab{display:none}", "<div class=tab>New.</div><script>show('tab', 1)</script>"),
        (".x{display:none}", "<div class=x>New.</div><script>next.style.display = 'block'</script>"),
        (".hidden{display:none}@media (min-width: 9em){.wide{display:block}}", "<p class='hidden wide'>New.</p>"),
        (".a{display:none", "<p>New.</p>"), ("{}}@media{", "<p>New.</p>"),
    ])
    func keepsWhatAPageShows(sheet: String, body: String) throws {
        #expect(
            try HTMLReader.document(from: Self.page(sheet, body)).blocks.map(\.text) == ["First.", "New.", "Last."]
        )
    }

    @Test func readsRaisedAndBoldTextOfClasses() throws {
        let page = Self.page(
            ".up{vertical-align:super}.head{font-weight:700}",
            """
            <p>24<span class=up>5</span> days, 25<span style="vertical-align: super">1)</span> weeks</p>
            <table><tr class=head><td>Grade<td>Days<tr><td>A<td>27<tr><td>B<td>30</table>
            """
        )
        #expect(
            try HTMLReader.document(from: page).blocks.map(\.text) == [
                "First.", "24⁵ days, 25 [1] weeks", "Grade: A; Days: 27", "Grade: B; Days: 30", "Last.",
            ]
        )
    }

    @Test func readsAPageOfWhichAllIsHidden() throws {
        let page = "<style>.app{visibility:hidden}</style><div class=app>Text.</div>"
        #expect(try HTMLReader.document(from: page).blocks.map(\.text) == ["Text."])
    }

    @Test(arguments: [".a{display:none}", ".a.b{color:red}", "@media{", "/*", ".a,", "{", "}", ".a"])
    func survivesHostileStyleSheets(piece: String) throws {
        let sheet = String(repeating: piece, count: 50_000)
        let body = String(repeating: "<p class='a b c d e f g h i j k l m n o p q r'>x", count: 20_000)
        let elapsed = try ContinuousClock().measure { _ = try HTMLReader.document(from: Self.page(sheet, body)) }
        #expect(elapsed < .seconds(20))
    }
}
