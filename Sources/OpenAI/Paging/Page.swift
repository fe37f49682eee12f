/// One page of a list.
public struct Page<Element: Sendable>: Sendable {
    /// The elements of this page.
    public let data: [Element]
    /// Whether there are elements after these.
    public let hasMore: Bool
    /// The ID of the last element, where the API gave it.
    public let lastID: String?
}

extension Page: Decodable where Element: Decodable {
    private enum CodingKeys: String, CodingKey {
        case data
        case hasMore = "has_more"
        case lastID = "last_id"
    }

    /// Decodes a page; of a server that does not say whether there is more, all but an empty page lets us ask for the
    /// next.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        data = try fields.decode([Element].self, forKey: .data)
        hasMore = try fields.decode(.hasMore, or: !data.isEmpty)
        lastID = try fields.decodeIfPresent(String.self, forKey: .lastID)
    }
}
