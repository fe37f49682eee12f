import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct CitationFinderTests {
    private func file(_ path: String, _ fileID: String, uploadName: String? = nil) -> IndexedDocument {
        IndexedDocument(
            path: path,
            fileID: fileID,
            sha256: "",
            bytes: 1,
            modified: "",
            uploadedAt: nil,
            revision: 1,
            uploadName: uploadName
        )
    }

    private var documents: CorpusDocuments {
        CorpusDocuments([
            file("leave/annual.md", "file-1", uploadName: "annual.0123456789ab.md"),
            file("travel/rates.md", "file-2", uploadName: "rates.aaaaaaaaaaaa.md"),
            file("parking/rates.md", "file-3", uploadName: "rates.bbbbbbbbbbbb.md"),
        ])
    }

    @Test(
        arguments: [
            ("file-1", "whatever", "file-1"),
            ("doc-17", "annual.0123456789ab.md", "file-1"),
            ("doc-17", "rates.bbbbbbbbbbbb.md", "file-3"),
            ("doc-17", "leave/annual.md", "file-1"),
            ("doc-17", "annual.md", "file-1"),
            // Two documents of that name; an upload that is not in force; no name; a file that is not in force.
            ("doc-17", "rates.md", nil),
            ("doc-17", "annual.ffffffffffff.md", nil),
            ("doc-17", nil, nil),
            ("doc-17", "", nil),
            ("file-old", "annual.md", nil),
            ("file_old", "annual.0123456789ab.md", nil),
        ] as [(String, String?, String?)]
    )
    func isFoundByTheNameOnlyWhereThatIsClear(_ id: String, _ name: String?, _ expected: String?) {
        #expect(documents.fileID(id, named: name) == expected)
    }

    @Test func uploadsWhoseNamesAreNotOnRecordAreFoundByWhatTheyHaveInCommon() {
        let documents = CorpusDocuments([
            file("a/annual.md", "file-1"), file("b/x.md", "file-2"), file("c/x.md", "file-3"),
        ])
        #expect(documents.fileID("17", named: "annual.0123456789ab.md") == "file-1")
        #expect(documents.fileID("17", named: "x.0123456789ab.md") == nil)
        #expect(documents.fileID("17", named: "annual.0123456789AB.md") == nil)
        #expect(!documents.isForeign("17", named: "other.0123456789ab.md"))
    }

    @Test func aFileThatIsNotInForceIsForeign() {
        #expect(documents.isForeign("file-old", named: "annual.0123456789ab.md"))
        #expect(documents.isForeign("17", named: "annual.ffffffffffff.md"))
        #expect(!documents.isForeign("17", named: "annual.0123456789ab.md"))
        #expect(!documents.isForeign("17", named: nil))
        #expect(!documents.isForeign("file-1", named: nil))
    }

    @Test func quotesPassagesWhoseIDsAreUpstreamsOwn() {
        var finder = CitationFinder(documents)
        finder.read("You get 27 days of leave.")
        finder.read([
            FileSearchResult(fileID: "doc-1", text: "Leave is 27 days.", filename: "annual.0123456789ab.md"),
            FileSearchResult(
                fileID: "doc-2",
                text: "27 days of leave, it once was.",
                filename: "annual.ffffffffffff.md"
            ),
        ])
        let citation = Citation(fileID: "file-1", filename: "leave/annual.md", quote: "Leave is 27 days.")
        // The citation has no name of its own; the passage tells which file its ID means.
        #expect(finder.citation(of: FileCitation(fileID: "doc-1", index: 24)) == citation)
        #expect(finder.citation(of: FileCitation(fileID: "file-1", index: 24)) == nil, "it was returned before")
        #expect(finder.citation(of: FileCitation(fileID: "doc-2", index: 24)) == nil)
    }

    @Test func anIDThatStandsForSeveralFilesStandsForNone() {
        var finder = CitationFinder(documents)
        finder.read([
            FileSearchResult(fileID: "0", text: "One.", filename: "annual.0123456789ab.md"),
            FileSearchResult(fileID: "0", text: "Two.", filename: "rates.aaaaaaaaaaaa.md"),
        ])
        #expect(finder.citation(of: FileCitation(fileID: "0", index: 0)) == nil)
    }

    /// A model that has got stuck, over much text, with a citation at each sentence: the work is bounded, so this ends.
    @Test(.timeLimit(.minutes(2))) func anyAmountOfTextAndCitationsIsRead() {
        let sentence = "I do not know. "
        var finder = CitationFinder(documents)
        finder.read([
            FileSearchResult(
                fileID: "file-1",
                text: String(repeating: "Nobody knows what I do not know about this.\n", count: 20_000)
            )
        ])
        var citations = 0
        for round in 1...50_000 {
            finder.read(round.isMultiple(of: 2) ? sentence : "Of \(round) I know less. ")
            let source = FileCitation(fileID: "file-1", index: round * sentence.count)
            if finder.citation(of: source) != nil { citations += 1 }
        }
        #expect((1...CitationFinder.maximumQuotes + 1).contains(citations))
    }
}
