/// How far a sync has come.
public enum SyncProgress: Sendable, Hashable {
    /// The part of the sync that moves.
    public enum Stage: String, Sendable {
        /// Documents are being uploaded.
        case uploading
        /// Uploaded documents are being indexed.
        case indexing
        /// What was brought into force is being looked for.
        case checking
        /// Threads that carry old text are being deleted.
        case flushing
        /// Files that are no longer used are being deleted.
        case cleaning
    }

    /// Another sync is at work and waited for: its host, process and start.
    case waiting(for: String)
    /// The assets folder was read.
    case scanned(documents: Int, leftOut: Int)
    /// So many of a stage's items are done.
    case advanced(Stage, done: Int, of: Int)
    /// Answers come from the new revision from now on.
    case switched(revision: Int)
}
