internal import DocumentText
internal import GRDB

extension PassageIndex {
    /// Creates the index's tables.
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE passage (
                    id INTEGER PRIMARY KEY,
                    file_id TEXT NOT NULL,
                    headings TEXT NOT NULL, -- one a line, outermost first
                    text TEXT NOT NULL
                );
                CREATE INDEX passage_by_file ON passage(file_id);
                CREATE VIRTUAL TABLE passage_words USING fts5(
                    headings, text,
                    content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
                );
                """
        )
    }

    /// Lets passages be found by the names of their files as well.
    static func addTitles(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE passage ADD COLUMN title TEXT NOT NULL DEFAULT ''")
        let files = try Row.fetchAll(db, sql: "SELECT id, filename FROM file WHERE id IN (SELECT file_id FROM passage)")
        for file in files {
            let title = DocumentTitle.title(of: file["filename"])
            try db.execute(sql: "UPDATE passage SET title = ? WHERE file_id = ?", arguments: [title, file["id"]])
        }
        try db.execute(
            sql: """
                DROP TABLE passage_words;
                CREATE VIRTUAL TABLE passage_words USING fts5(
                    title, headings, text,
                    content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
                );
                INSERT INTO passage_words (passage_words) VALUES ('rebuild');
                """
        )
    }

    /// Lets the words of scripts without spaces be found.
    static func separateWords(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP TABLE passage_words;
                CREATE VIRTUAL TABLE passage_words USING fts5(
                    title, headings, text,
                    content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
                );
                """
        )
        let rows = try Row.fetchCursor(db, sql: "SELECT id, title, headings, text FROM passage")
        let index = try db.cachedStatement(sql: insertWords)
        while let row = try rows.next() { try index.execute(arguments: words(of: row)) }
    }

    /// Gives passages the titles that reading their files again would give them.
    ///
    /// The vectors of a passage whose title changes are deleted, so that they are computed again in the background.
    static func renewTitles(_ db: Database) throws {
        let files = try Row.fetchAll(
            db,
            sql: """
                SELECT id, filename, (SELECT title FROM passage WHERE file_id = file.id LIMIT 1) AS title
                FROM file WHERE id IN (SELECT file_id FROM passage)
                """
        )
        for file in files {
            let title = DocumentTitle.title(of: file["filename"])
            guard title != file["title"] else { continue }
            let arguments: StatementArguments = [file["id"]]
            let passages = try Row.fetchAll(
                db,
                sql: "SELECT id, title, headings, text FROM passage WHERE file_id = ?",
                arguments: arguments
            )
            let (delete, index) = (try db.cachedStatement(sql: deleteWords), try db.cachedStatement(sql: insertWords))
            for passage in passages {
                try delete.execute(arguments: words(of: passage))
                try index.execute(
                    arguments: words(passage["id"], title, passage["headings"], passage["text"])
                )
            }
            try db.execute(sql: "UPDATE passage SET title = ? WHERE file_id = ?", arguments: [title] + arguments)
            for table in ["passage_meaning", "passage_multilingual"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE file_id = ?", arguments: arguments)
            }
        }
    }

    /// Deletes the vectors of passages with rows of tables that were read as several statements, so that they are computed
    /// again in the background.
    static func renewVectorsOfRows(_ db: Database) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT id, text FROM passage WHERE text LIKE '%: %. %'")
        var ids: [Int64] = []
        while let row = try rows.next() {
            let text: String = row["text"]
            let sentences = text.split(separator: "\n").reduce(0) {
                $0 + SentenceSplitter.sentences(of: String($1.hasPrefix("- ") ? $1.dropFirst(2) : $1)).count
            }
            if sentences != Statement.statements(of: text).count { ids.append(row["id"]) }
        }
        for table in ["passage_meaning", "passage_multilingual"] {
            let delete = try db.cachedStatement(sql: "DELETE FROM \(table) WHERE passage_id = ?")
            for id in ids { try delete.execute(arguments: [id]) }
        }
    }

    /// Lets passages hold the rows of tables as they are in the file, beside the lines that describe them.
    static func addQuotableTexts(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE passage ADD COLUMN quotable TEXT")
    }
}
