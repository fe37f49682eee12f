import Testing

@testable import LocalEngine

@Suite struct LayoutReaderTests {
    @Test func guessesHeadingsSoberly() throws {
        let document = try LayoutReader.document(
            from: """
                Leave policy

                3.2  Carry-over
                Up to 5 unused days may be carried
                into the next year.

                This line stands alone.

                Costs: 5 euros

                # Marked
                OVERVIEW
                ========
                Last words
                """
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Leave policy"), .heading(level: 3, text: "3.2 Carry-over"),
                .paragraph("Up to 5 unused days may be carried into the next year."),
                .paragraph("This line stands alone."),
                .paragraph("Costs: 5 euros"), .heading(level: 1, text: "Marked"), .heading(level: 1, text: "OVERVIEW"),
                .paragraph("Last words"),
            ]
        )
    }

    @Test func joinsWordsThatALineEndCut() throws {
        let document = try LayoutReader.document(from: "The reim-\nbursement of part-\nTime staff.")
        #expect(document.blocks == [.paragraph("The reimbursement of part- Time staff.")])
    }

    @Test func readsListItems() throws {
        let document = try LayoutReader.document(
            from: "You need:\n  •   a form\n      with a stamp\n  (b) a receipt\n 3. patience"
        )
        #expect(
            document.blocks == [
                .paragraph("You need:"), .listItem("a form with a stamp"), .listItem("a receipt"),
                .listItem("patience"),
            ]
        )
    }

    @Test func turnsColumnsIntoRows() throws {
        let document = try LayoutReader.document(
            from: """
                Country          Hotel        Meals
                Germany          150 EUR         64
                                 incl. tax

                United Kingdom   180 GBP         70
                Text after it.
                """
        )
        #expect(
            document.blocks == [
                .tableRow("Country: Germany; Hotel: 150 EUR incl. tax; Meals: 64"),
                .tableRow("Country: United Kingdom; Hotel: 180 GBP; Meals: 70"), .paragraph("Text after it."),
            ]
        )
    }

    @Test func takesLabelsAndValuesForPairs() throws {
        let document = try LayoutReader.document(from: "Owner:     People team\nVersion:   2.1")
        #expect(document.blocks == [.tableRow("Owner: People team"), .tableRow("Version: 2.1")])
    }

    @Test func dropsWhatIsOnEveryPage() throws {
        let texts = ["One thing.", "Another thing.", "A third thing."]
        let pages = texts.enumerated().map { number, text in
            "Acme Handbook    Page \(number + 1) of 3\n\n\(text)\n\nConfidential\n\(number + 1)"[...]
        }
        #expect(try LayoutReader.document(from: PageFurniture.text(of: pages)).blocks.map(\.text) == texts)
    }

    @Test func keepsASentenceWholeOverAPageBreak() throws {
        let text = PageFurniture.text(of: ["First. Staff may", "carry five days over. End."])
        #expect(
            try LayoutReader.document(from: text).blocks == [.paragraph("First. Staff may carry five days over. End.")]
        )
    }
}
