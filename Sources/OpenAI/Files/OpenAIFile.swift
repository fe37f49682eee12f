public import FoundationEssentials

/// An uploaded file.
public struct OpenAIFile: Sendable, Hashable, Decodable {
    /// The file's ID, also in every vector store.
    public let id: String
    /// Its name.
    public let filename: String
    /// Its purpose.
    public let purpose: FilePurpose
    /// Its size in bytes.
    public let bytes: Int
    /// When it was uploaded.
    public let createdAt: Date?
    /// When the API deletes it; nil for never.
    public let expiresAt: Date?
    /// Its status; deprecated by the API, which may leave it out.
    public let status: Status?

    /// The status of a file.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Uploaded.
        public static let uploaded = Status(rawValue: "uploaded")
        /// Ready for use.
        public static let processed = Status(rawValue: "processed")
        /// Not usable.
        public static let error = Status(rawValue: "error")
    }

    private enum CodingKeys: String, CodingKey {
        case id, filename, purpose, bytes, status
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    /// Decodes a file; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        filename = try fields.decode(.filename, or: "")
        purpose = try fields.decode(.purpose, or: FilePurpose(rawValue: ""))
        bytes = try fields.decode(.bytes, or: 0)
        createdAt = try fields.decodeDate(.createdAt)
        expiresAt = try fields.decodeDate(.expiresAt)
        status = try fields.decodeIfPresent(Status.self, forKey: .status)
    }
}

/// The purpose of an uploaded file.
public struct FilePurpose: RawRepresentable, Hashable, Sendable, Codable {
    /// The purpose as the API writes it.
    public let rawValue: String

    /// Creates a purpose, known or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Searches by models, through a vector store.
    public static let assistants = FilePurpose(rawValue: "assistants")
    /// Examples with which a model is trained.
    public static let fineTune = FilePurpose(rawValue: "fine-tune")
    /// Any other data of a user.
    public static let userData = FilePurpose(rawValue: "user_data")
}
