import Foundation
import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct QuotableTests {
    private static let markdown = """
        # Leave

        | Days per week | Leave   |
        | ------------- | ------- |
        | 4 days        | 22 days |
        | 3 days\\*      | **16** days |

        Nothing else: read on; it helps.
        """

    /// From the file to the database's passages and through the process that reads.
    @Test func passagesHoldTheRowsOfTheFileBesideTheLinesThatTellThem() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/leave"
            try Self.markdown.write(toFile: path, atomically: true, encoding: .utf8)
            let text = try await ExtractedText.read(fileAt: path, filename: "leave.md")
            let passage = try #require(text.passages.first)
            #expect(passage.text.contains("Days per week: 4 days; Leave: 22 days\n"))
            let quotable = try #require(passage.quotable)
            #expect(quotable.contains("4 days | 22 days\n3 days* | 16 days\nNothing else: read on; it helps."))
            #expect(ExtractionFrames.decode(ExtractionFrames.encode(.success(text))) == .success(text))
        }
    }

    @Test func resultsShowTheRowAndSearchesTheLine() async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Self.markdown])
            let body: JSONValue = [
                "model": "gpt-6-luna", "input": "How many days of leave for 4 days per week?",
                "tools": [["type": "file_search", "vector_store_ids": [.string(store.id)]]],
                "include": ["file_search_call.results"],
            ]
            let response = try await engine.post("responses", body)
            let results = response["output"]?.array?.first?["results"]?.array
            #expect(results?.first?["text"]?.string?.contains("| 22 days\n") == true)
            let page = try await engine.post("vector_stores/\(store.id)/search", ["query": "4 days per week"])
            let text = page.list.first?["content"]?.array?.first?["text"]?.string
            #expect(text?.contains("Days per week: 4 days; Leave: 22 days") == true)
        }
    }

    @Test func itemsAreQuotedAsTheyStand() throws {
        let document = try MarkdownReader.document(from: "- Own wedding\n    - in the week: one day\n- End\n")
        let text = try ExtractedText(document, limits: .standard)
        #expect(text.passages.map(\.text) == ["- Own wedding\n- Own wedding: in the week: one day\n- End"])
        #expect(text.passages.map(\.quotable) == ["- Own wedding\n- in the week: one day\n- End"])
    }
}
