internal import GRDB

/// An uploaded file.
struct UploadedFile: Sendable, Hashable {
    /// What a file is uploaded for.
    enum Purpose: String, Sendable, CaseIterable {
        case fineTune = "fine-tune"
        case assistants
        case batch
        case userData = "user_data"
        case vision
        case evals
    }

    let id: String
    let filename: String
    let bytes: Int
    let purpose: String
    let createdAt: Int
    let expiresAt: Int?
}

extension UploadedFile: FetchableRecord {
    init(row: Row) {
        id = row["id"]
        filename = row["filename"]
        bytes = row["bytes"]
        purpose = row["purpose"]
        createdAt = row["created_at"]
        expiresAt = row["expires_at"]
    }
}
