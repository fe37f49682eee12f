import Testing

@testable import DocumentText

/// The rules of style sheets for elements within others, and the cells that styles strike out.
@Suite struct NestedRulesTests {
    private static func page(_ sheet: String, _ body: String) -> String {
        "<html><head><style>\(sheet)</style></head><body><p>First.</p>\(body)<p>Last.</p></body></html>"
    }

    @Test(arguments: [
        (".old li{text-decoration:line-through}", "<ul class=old><li>Old.</ul>"),
        ("#o > .x p, .y{display:none}", "<div id=o><div class='x z'><b><p>Old.</p></b></div></div>"),
        (".box .a .old{visibility:hidden}", "<div class=box><p class=a><b class=old>Old.</b></p></div>"),
        // No script shows what is struck out.
        (".old p{text-decoration:line-through}", "<div class=old><p>Old.</p></div><script src=a.js></script>"),
    ])
    func leavesOutWhatARuleForElementsWithinOthersHides(sheet: String, body: String) throws {
        #expect(try HTMLReader.document(from: Self.page(sheet, body)).blocks.map(\.text) == ["First.", "Last."])
    }

    @Test(arguments: [
        (".box > .new{display:none}", "<div class=box><div><p class=new>New.</p></div></div>"),
        (".box .new{display:none}", "<p class='box new'>New.</p>"),
        (".a .b .new{display:none}", "<div class=b><div class=a><p class=new>New.</p></div></div>"),
        (".old + p .new, .new:hover b, .a ~ .new{display:none}", "<div class=a><p class=new>New.</p></div>"),
        ("div p{display:none}", "<div><p>New.</p></div>"),
        // What the page can show.
        (".tabs .new{display:none}", "<div class=tabs><p class=new>New.</p></div><script src=a.js></script>"),
        (".tabs .new{display:none}.tabs .new.on{display:block}", "<div class=tabs><p class=new>New.</p></div>"),
        ("@media (max-width: 9em){.a .new{display:none}}", "<div class=a><p class=new>New.</p></div>"),
    ])
    func keepsWhatOtherElementsHave(sheet: String, body: String) throws {
        #expect(
            try HTMLReader.document(from: Self.page(sheet, body)).blocks.map(\.text) == ["First.", "New.", "Last."]
        )
    }

    @Test func leavesTheNextCellsOfAStruckOutOneBelowTheirHeaders() throws {
        let page = Self.page(
            ".s,.old .x{text-decoration:line-through}",
            """
            <table><tr><th>Grade<th>2024<th>2025<tr><td>A<td class=s>20<td>30
            <tr><td>B<td style='text-decoration:line-through'>21<td>31<tr><td>C<td style='visibility:hidden'>22<td>32
            <tr class=old><td>D<td class=x>23<td>33</table>
            """
        )
        #expect(
            try HTMLReader.document(from: page).blocks.map(\.text) == [
                "First.", "Grade: A; 2025: 30", "Grade: B; 2025: 31", "Grade: C; 2025: 32", "Grade: D; 2025: 33",
                "Last.",
            ]
        )
    }

    @Test(arguments: [".a .b{display:none}", ".a > .b p{display:none}", "p p p p p p p b.a{display:none}"])
    func survivesHostileRules(piece: String) throws {
        let sheet = String(repeating: piece, count: 20_000)
        let body = String(repeating: "<div class='a b c d e f g h i j k l m n o p q r'>x", count: 5_000)
        let elapsed = try ContinuousClock().measure { _ = try HTMLReader.document(from: Self.page(sheet, body)) }
        #expect(elapsed < .seconds(20))
    }
}
