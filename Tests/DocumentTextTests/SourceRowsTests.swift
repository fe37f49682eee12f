import Testing

@testable import DocumentText

@Suite struct SourceRowsTests {
    private static let markdown = """
        # Leave

        | Days per week | Leave   |
        | ------------- | ------- |
        | 4 days        | 22 days |
        | 3 days\\*      | **16** days |

        Nothing else: read on; it helps.
        """

    @Test(arguments: [
        ("Days per week: 4 days; Leave: 22 days", "4 days        | 22 days"),
        ("Days per week: 3 days*; Leave: 16 days", "3 days* | 16 days"),
        ("Days per week: 9 days; Leave: 16 days", "Days per week: 9 days; Leave: 16 days"),
        (
            "Grade: A; Task: Leads projects of four to six weeks without being told how",
            "Leads projects of four to six weeks without being told how"
        ),
    ])
    func quotesTheRowOrTheCellsThatSayEnough(_ told: String, _ quoted: String) {
        #expect(SourceRows(markdown: Self.markdown).quotable(told) == quoted)
    }

    @Test func joinsTheCellsWhereAReaderSeesThemInARow() {
        #expect(
            SourceRows(separatedBy: " ").quotable("Kind: Maternity leave; Length: 18 weeks")
                == "Maternity leave 18 weeks"
        )
    }
}
