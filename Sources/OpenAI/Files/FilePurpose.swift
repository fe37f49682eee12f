/// What an uploaded file is for.
public struct FilePurpose: RawRepresentable, Hashable, Sendable, Codable {
    /// The purpose as the API writes it.
    public let rawValue: String

    /// Creates a purpose, known to us or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// To be searched by models, through a vector store.
    public static let assistants = FilePurpose(rawValue: "assistants")
    /// Anything else that a user gives.
    public static let userData = FilePurpose(rawValue: "user_data")
}
