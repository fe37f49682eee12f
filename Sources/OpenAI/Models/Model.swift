public import FoundationEssentials

/// A model on offer.
public struct Model: Sendable, Hashable, Decodable {
    /// The name to ask for it by.
    public let id: String
    /// When it was made.
    public let created: Date?
    /// Who owns it.
    public let ownedBy: String
    /// The day it will be gone, as `YYYY-MM-DD`; nil if none is announced.
    public let shutdownDate: String?

    private enum CodingKeys: String, CodingKey {
        case id, created
        case ownedBy = "owned_by"
        case shutdownDate = "shutdown_date"
    }

    /// Decodes a model; only its ID must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        created = try fields.decodeDate(.created)
        ownedBy = try fields.decode(.ownedBy, or: "")
        shutdownDate = try fields.decodeIfPresent(String.self, forKey: .shutdownDate)
    }
}
