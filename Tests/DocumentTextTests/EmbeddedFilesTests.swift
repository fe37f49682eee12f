import Testing

@testable import DocumentText

/// The files that are embedded in PDFs.
@Suite struct EmbeddedFilesTests {
    @Test(
        arguments: [
            ("0 embedded files\n", nil),
            (
                "2 embedded files\n1: leave.txt\n2: leave policy.pdf\n",
                "The files that are embedded in the PDF are not read: “leave.txt” and “leave policy.pdf”. "
                    + "Add each as a document."
            ),
            (
                "7 embedded files\n" + (1...7).map { "\($0): \($0).pdf\n" }.joined(),
                "The files that are embedded in the PDF are not read: “1.pdf”, “2.pdf”, “3.pdf”, “4.pdf”, “5.pdf” and 2 more. "
                    + "Add each as a document."
            ),
        ] as [(String, String?)]
    )
    func tellsTheFilesOfAPortfolio(list: String, warning: String?) {
        #expect(EmbeddedFiles.warning(ofList: list) == warning)
    }

    @Test func hasNoWarningOfAPDFWithoutThem() async throws {
        let document = try await extract(PDFFixture.bytes(pages: [["Leave is 28 days."]]), named: "a.pdf")
        #expect(document.warnings.isEmpty)
    }
}
