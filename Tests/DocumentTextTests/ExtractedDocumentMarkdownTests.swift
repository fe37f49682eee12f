import Testing

@testable import DocumentText

@Suite struct ExtractedDocumentMarkdownTests {
    @Test func marksHeadingsAndListsAndKeepsRowsTogether() {
        let document = ExtractedDocument(blocks: [
            .heading(level: 1, text: "Leave"), .paragraph("You have:"), .listItem("27 days"), .listItem("holidays"),
            .heading(level: 9, text: "By grade"), .tableRow("Grade: A; Days: 27"), .tableRow("Grade: B; Days: 29"),
            .code("let a = 1\nlet b = 2"),
        ])
        #expect(
            document.markdown == """
                # Leave

                You have:

                - 27 days
                - holidays

                ###### By grade

                Grade: A; Days: 27
                Grade: B; Days: 29

                let a = 1
                let b = 2
                """
        )
    }
}
