import GRDB
import Testing

@testable import LocalEngine

@Suite struct DocumentTitleTests {
    @Test(arguments: [
        ("travel.pdf", "travel"), ("TravelExpenses.pdf", "Travel Expenses"),
        ("annual-leave.fa4fa6a75883.md", "annual leave"),
        ("Travel and Expenses.0a1b2c3d4e5f.pdf", "Travel and Expenses"),
        // A date with a time, a name that is all digits, digits that are too many, in capitals, or not apart.
        ("minutes.202611281200.txt", "minutes 202611281200"), ("fa4fa6a75883.md", "fa4fa6a75883"),
        ("leave.fa4fa6a758831.md", "leave fa4fa6a758831"), ("leave.FA4FA6A75883.md", "leave FA4FA6A75883"),
        ("leave-fa4fa6a75883.md", "leave fa4fa6a75883"), ("README", "README"), (".env", "env"),
        ("v1.2.notes.md", "v1 2 notes"),
    ])
    func isTheDocumentsOwnName(_ filename: String, _ title: String) {
        #expect(DocumentTitle.title(of: filename) == title)
    }

    @Test func aMigrationRenewsTitlesAndRemovesTheirVectors() throws {
        let database = try DatabaseQueue()
        try EngineSchema.migrator.migrate(database, upTo: "words without blanks")
        try database.write { db in
            for (number, name) in ["leave.fa4fa6a75883.md", "travel.md"].enumerated() {
                let file = "file-\(number)"
                let title = ["leave fa4fa6a75883", "travel"][number]
                try db.execute(
                    sql: """
                        INSERT INTO file (id, filename, bytes, purpose, created_at) VALUES (:file, :name, 1, 'assistants', 1);
                        INSERT INTO passage (id, file_id, title, headings, text) VALUES (:id, :file, :title, '', 'Text.');
                        INSERT INTO passage_words (rowid, title, headings, text) VALUES (:id, :title, '', 'Text.');
                        INSERT INTO passage_meaning (passage_id, file_id, model, vector, statements, tokens, owners)
                            VALUES (:id, :file, 'm', x'00', x'00', x'00', x'00');
                        """,
                    arguments: ["id": number + 1, "file": file, "name": name, "title": title]
                )
            }
        }
        try EngineSchema.migrator.migrate(database)
        try database.read { db throws in
            #expect(try String.fetchAll(db, sql: "SELECT title FROM passage ORDER BY id") == ["leave", "travel"])
            #expect(try Int.fetchAll(db, sql: "SELECT passage_id FROM passage_meaning") == [2])
            #expect(try PassageIndex.search("fa4fa6a75883", fileIDs: ["file-0"], limit: 1, in: db).isEmpty)
            #expect(try PassageIndex.search("leave", fileIDs: ["file-0"], limit: 1, in: db).map(\.title) == ["leave"])
        }
        try database.write { try PassageIndex.remove(fileID: "file-0", in: $0) }
    }
}
