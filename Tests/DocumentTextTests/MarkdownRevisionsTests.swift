import Testing

@testable import DocumentText

/// What editors delete from Markdown, and their comments, are not read.
@Suite struct MarkdownRevisionsTests {
    @Test(arguments: [
        ("Staff get {--20--}{++22++} days.", "Staff get 22 days."), ("Get {~~18~>19~~} days.", "Get 19 days."),
        ("Get {~~18~~}19 days.", "Get 19 days."), ("Get {==30==}{>>why?\nAna<<} days.", "Get 30 days."),
        ("%% raise to 35 %%30 days.", "30 days."), ("30 days. %% ask\nAna %%", "30 days."),
        ("%%\nOld: 20 days.\n\nOld: 21 days.\n%%\n30 days.", "30 days."),
        ("{/* Old:\n\n20 days */}30 days.", "30 days."),
        // Text that is no mark, and marks without an end.
        ("From 5%% to 6%% a year.", "From 5%% to 6%% a year."), ("A {-- b", "A {-- b"), ("A %% b", "A %% b"),
        ("Write `{--x--}` and `%%y%%`.", "Write {--x--} and %%y%%."),
    ])
    func leavesOutWhatEditorsTookOut(markdown: String, text: String) throws {
        #expect(try MarkdownReader.document(from: markdown).blocks.map(\.text).joined(separator: " ") == text)
    }

    @Test func keepsMarksAcrossBlankLinesAndInCode() throws {
        let markdown = "A {--b\n\nc--} d %% e\n\nf %%\n\n```\n{--20--}\n%% x %%\n```\n"
        #expect(
            try MarkdownReader.document(from: markdown).blocks == [
                .paragraph("A {--b"), .paragraph("c--} d %% e"), .paragraph("f %%"), .code("{--20--}\n%% x %%"),
            ]
        )
    }

    @Test(arguments: ["{--", "{--\n\n--}", "%% a ", "%%\n", "`", "``a`", "{/*", "{~~a~>"])
    func survivesHostileMarks(piece: String) throws {
        let text = "start " + String(repeating: piece, count: 50_000)
        let elapsed = try ContinuousClock().measure { _ = try MarkdownReader.document(from: text) }
        #expect(elapsed < .seconds(20))
    }

    @Test func leavesOutCommentsOfTemplates() {
        let text = "Stay at home.{% comment %}\nAt most nine\n\ndays.\n{% endcomment %} At most two days."
        #expect(MarkdownRevisions.apply(to: text) == "Stay at home. At most two days.")
    }
}
