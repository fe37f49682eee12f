public import FoundationEssentials

/// An uploaded file.
public struct OpenAIFile: Sendable, Hashable, Decodable {
    /// The file's ID; also its ID inside every vector store.
    public let id: String
    /// The name it was uploaded under.
    public let filename: String
    /// What it is for.
    public let purpose: FilePurpose
    /// Its size.
    public let bytes: Int
    /// When it was uploaded.
    public let createdAt: Date?
    /// When it will be deleted by itself, if ever.
    public let expiresAt: Date?
    /// How far the API is with it; deprecated by the API, which may leave it out.
    public let status: Status?

    /// How far the API is with a file.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known to us or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Received.
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

    /// Decodes a file; only its ID must be there.
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
