import Foundation
import TestSupport
import Testing

@testable import DocumentText
@testable import LocalEngine

@Suite struct DocumentStructureTests {
    private static let command = [
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "policy-assistant").path,
        "read-document", "--structure", "--",
    ]

    private func structure(_ text: String, named name: String) async throws -> DocumentStructure {
        try await withTemporaryFolder { folder in
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/file"))
            return try await DocumentReading.structure(path: "\(folder)/file", filename: name, command: Self.command)
        }
    }

    @Test func describesHeadingsListsAndTheCellsOfTables() async throws {
        let page = """
            <title>T</title><h2>Leave</h2><ul><li>one</ul><table><tr><th>Who<th>Days<tr><td>All<td>27</table><pre>a
            b</pre>
            """
        let read = try await structure(page, named: "a.html")
        #expect(read.blocks.map(\.kind) == ["heading", "heading", "list_item", "table", "code"])
        #expect(read.blocks.map(\.level) == [1, 2, nil, nil, nil])
        let table = try #require(read.blocks[3].table)
        #expect(read.blocks[3].text == "Who: All; Days: 27")
        #expect(table.headerRows == 1)
        #expect(table.rows[1].map(\.text) == ["All", "27"])
        #expect(table.rows[1].map(\.header) == ["Who", "Days"])
        #expect(table.rows[1].map(\.column) == [0, 1])
        #expect(read.warnings.isEmpty)
    }

    @Test func warnsOfATableWithoutAHeader() async throws {
        let read = try await structure(
            "<table><tr><td>a<td>b<td>c<tr><td>d<td>e<td>f<tr><td>g<td>h<td>i</table>",
            named: "a.html"
        )
        #expect(read.warnings == ["A table has no header row: its rows are read without the names of their columns."])
    }

    @Test func reportsWhyAFileCannotBeRead() async throws {
        await #expect(throws: DocumentReadingError(reason: "The file is not valid JSON.", isOfFile: true)) {
            try await structure("{", named: "a.json")
        }
        await #expect(throws: DocumentReadingError.self) { try await structure("x", named: "a.png") }
    }
}
