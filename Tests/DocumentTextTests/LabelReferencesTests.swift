import Testing

@testable import DocumentText

/// The letters of lists of PDFs, to which sentences refer.
@Suite struct LabelReferencesTests {
    @Test(arguments: [
        ("In the cases of a) and c) two days are granted.", true), ("The amount in (b), (c) is paid.", true),
        ("It applies to number 2 (iii).", true), ("a) Wedding", false),
        ("The employee(s) (m/f) get two (2) days.", false),
        ("Pay (gross) is due.", false),
    ])
    func findsReferences(line: String, isReference: Bool) {
        #expect(LabelReferences.areIn([line]) == isReference)
    }

    @Test(arguments: [
        ("In the case of b) one day is granted.", ["a) Wedding", "b) Birth"]),
        ("One day is granted for each.", ["Wedding", "Birth"]),
    ])
    func keepsTheLettersThatAreReferredTo(sentence: String, items: [String]) async throws {
        let pages = [["Special leave is for", "a) Wedding", "b) Birth", "", sentence]]
        let document = try await extract(PDFFixture.bytes(pages: pages), named: "a.pdf")
        #expect(document.blocks.suffix(3) == [.listItem(items[0]), .listItem(items[1]), .paragraph(sentence)])
    }
}
