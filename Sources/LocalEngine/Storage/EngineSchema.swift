internal import GRDB

/// The tables of the engine, in the order in which they came to be.
enum EngineSchema {
    /// Brings a database from any earlier state to the present one.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("files") { db in try db.execute(sql: files) }
        migrator.registerMigration("vector stores") { db in try db.execute(sql: vectorStores) }
        migrator.registerMigration("passages") { db in try PassageIndex.migrate(db) }
        migrator.registerMigration("conversations") { db in try db.execute(sql: conversations) }
        migrator.registerMigration("responses") { db in try db.execute(sql: responses) }
        migrator.registerMigration("titles of passages") { db in try PassageIndex.addTitles(db) }
        migrator.registerMigration("assistants") { db in try db.execute(sql: assistants) }
        migrator.registerMigration("tries of reading") { db in
            try db.execute(
                sql: """
                    ALTER TABLE indexing ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
                    CREATE INDEX indexing_tried ON indexing (attempts) WHERE state = 'in_progress' AND attempts > 1;
                    """
            )
        }
        migrator.registerMigration("meanings of passages") { db in try MeaningIndex.migrate(db) }
        migrator.registerMigration("words without blanks") { db in try PassageIndex.separateWords(db) }
        migrator.registerMigration("meanings in other languages") { db in try MeaningIndex.addMultilingual(db) }
        migrator.registerMigration("titles without upload tokens") { db in try PassageIndex.renewTitles(db) }
        migrator.registerMigration("table rows as they stand") { db in try PassageIndex.addQuotableTexts(db) }
        migrator.registerMigration("warnings of reading") { db in
            try db.execute(sql: "ALTER TABLE indexing ADD COLUMN warnings TEXT")
        }
        migrator.registerMigration("words of Korean") { db in try PassageIndex.separateWords(db) }
        migrator.registerMigration("second opinions in English") { db in
            try db.execute(sql: "DROP INDEX passage_multilingual_foreign")
        }
        migrator.registerMigration("files in other languages") { db in
            try db.execute(
                // With `is_english`, so that the index alone is read.
                sql: """
                    CREATE INDEX passage_multilingual_foreign ON passage_multilingual (file_id, is_english)
                    WHERE is_english = 0
                    """
            )
        }
        migrator.registerMigration("files that are encoded in part") { db in
            try db.execute(
                sql: """
                    ALTER TABLE indexing ADD COLUMN is_partly_encoded INTEGER NOT NULL DEFAULT 0;
                    CREATE INDEX indexing_partly_encoded ON indexing (seq) WHERE is_partly_encoded = 1;
                    """
            )
        }
        migrator.registerMigration("table rows as statements") { db in try PassageIndex.renewVectorsOfRows(db) }
        return migrator
    }

    // `seq` orders every list; it never falls back, even if the newest row goes.
    private static let files = """
        CREATE TABLE file (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            filename TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            purpose TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER
        );
        CREATE INDEX file_by_expiry ON file (expires_at) WHERE expires_at IS NOT NULL;

        -- How far the text of a file is read; the state is the file's, whatever stores it is in.
        CREATE TABLE indexing (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            file_id TEXT NOT NULL UNIQUE REFERENCES file (id) ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('in_progress', 'completed', 'failed')),
            usage_bytes INTEGER NOT NULL DEFAULT 0,
            error_code TEXT,
            error_message TEXT,
            holder TEXT,
            lease_until INTEGER
        );
        CREATE INDEX indexing_open ON indexing (seq) WHERE state = 'in_progress';
        """

    private static let vectorStores = """
        CREATE TABLE vector_store (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT,
            description TEXT,
            metadata TEXT NOT NULL,
            expires_after_days INTEGER,
            created_at INTEGER NOT NULL,
            last_active_at INTEGER NOT NULL
        );

        CREATE TABLE store_file (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            store_id TEXT NOT NULL REFERENCES vector_store (id) ON DELETE CASCADE,
            file_id TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE,
            is_cancelled INTEGER NOT NULL DEFAULT 0,
            attributes TEXT NOT NULL,
            chunk_size INTEGER NOT NULL,
            chunk_overlap INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (store_id, file_id)
        );
        CREATE INDEX store_file_in_order ON store_file (store_id, seq);
        CREATE INDEX store_file_by_file ON store_file (file_id);

        CREATE TABLE file_batch (
            id TEXT PRIMARY KEY,
            store_id TEXT NOT NULL REFERENCES vector_store (id) ON DELETE CASCADE,
            is_cancelled INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX file_batch_by_store ON file_batch (store_id);

        CREATE TABLE file_batch_member (
            batch_id TEXT NOT NULL REFERENCES file_batch (id) ON DELETE CASCADE,
            file_id TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE,
            PRIMARY KEY (batch_id, file_id)
        ) WITHOUT ROWID;
        CREATE INDEX file_batch_member_by_file ON file_batch_member (file_id);
        """

    private static let conversations = """
        CREATE TABLE conversation (
            id TEXT PRIMARY KEY,
            metadata TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE conversation_item (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
            id TEXT NOT NULL,
            type TEXT NOT NULL,
            body TEXT NOT NULL,
            UNIQUE (conversation_id, id)
        );
        CREATE INDEX conversation_item_in_order ON conversation_item (conversation_id, seq);

        -- Whose turn it is in a conversation.
        CREATE TABLE turn_lock (
            subject TEXT PRIMARY KEY,
            token TEXT NOT NULL,
            holder TEXT NOT NULL,
            lease_until INTEGER NOT NULL
        ) WITHOUT ROWID;
        """

    private static let responses = """
        CREATE TABLE response (
            id TEXT PRIMARY KEY,
            previous_id TEXT,
            input TEXT NOT NULL,
            body TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX response_by_age ON response (created_at);
        """
}
