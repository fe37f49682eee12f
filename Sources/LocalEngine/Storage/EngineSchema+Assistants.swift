extension EngineSchema {
    static let assistants = """
        CREATE TABLE assistant (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            body TEXT NOT NULL
        );

        CREATE TABLE thread (
            id TEXT PRIMARY KEY,
            body TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE thread_message (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            thread_id TEXT NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
            run_id TEXT,
            body TEXT NOT NULL
        );
        CREATE INDEX thread_message_in_order ON thread_message (thread_id, seq);

        CREATE TABLE run (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            thread_id TEXT NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
            is_active INTEGER NOT NULL,
            holder TEXT NOT NULL,
            lease_until INTEGER NOT NULL,
            body TEXT NOT NULL
        );
        CREATE INDEX run_in_order ON run (thread_id, seq);
        -- The lock of a thread is its one active run.
        CREATE UNIQUE INDEX run_active ON run (thread_id) WHERE is_active;

        CREATE TABLE run_step (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            body TEXT NOT NULL
        );
        CREATE INDEX run_step_in_order ON run_step (run_id, seq);
        """
}
