import Testing

@testable import DocumentText

/// The marks of wikis (Obsidian, GitHub, Azure, Wiki.js) in Markdown.
@Suite struct MarkdownWikiMarksTests {
    private func texts(_ source: String) throws -> [String] {
        try MarkdownReader.document(from: source).blocks.map(\.text)
    }

    @Test(arguments: [
        ("See [[Hotkeys]].", "See Hotkeys."), ("See [[HR/Travel#Meals|the meals]].", "See the meals."),
        ("See [[Leave#Carry-over]] or [[#Sick leave]].", "See Leave > Carry-over or Sick leave."),
        ("See [[Leave#^rule1]] ![[plan.png|300]]now.", "See Leave now."), ("Ask HR. {.is-info}", "Ask HR."),
        ("![Plan](/plan.png =500x){.radius-7 .mt-3}", "Plan"),
        ("1. April is [[Easter|a holiday]].", "1. April is a holiday."),
        ("`[[a]]` and [[1]](http://a.b) and [ [x] ]", "[[a]] and [1] and [ [x] ]"),
        ("if [[ -f x ]]; then [[y", "if [[ -f x ]]; then [[y"), ("a =5x) (b =6x)", "a =5x) (b =6x)"),
    ])
    func readsWhatAWikiShows(source: String, text: String) throws {
        #expect(try texts(source) == [text])
    }

    @Test func leavesOutATableOfContentsAndReadsTheLinksOfTables() throws {
        let source = """
            [[_TOC_]]

            | Country | Rule |
            |---|---|
            | [[es\\|Spain]] | 34 [[euros]] |

            ```
            [[a|b]]
            ```
            """
        #expect(try texts(source) == ["Country: Spain; Rule: 34 euros", "[[a|b]]"])
    }

    @Test(arguments: ["[[", "[[a", "`[[", "[[a]] ", "](a =5x)", "{.a} "])
    func survivesHostileMarks(piece: String) throws {
        let source = String(repeating: piece, count: 20_000)
        let elapsed = ContinuousClock().measure { _ = try? MarkdownReader.document(from: source) }
        #expect(elapsed < .seconds(20))
    }
}
