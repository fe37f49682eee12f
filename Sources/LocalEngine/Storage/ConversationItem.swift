internal import GRDB

/// An item of a conversation, or of a response's input or output: a message, a file search.
struct ConversationItem: Sendable, Hashable {
    /// The item as the API shows it, with everything that `include` can ask for.
    let body: JSONValue

    /// The ID.
    var id: String { body["id"]?.string ?? "" }
    /// The kind, such as `message`.
    var type: String { body["type"]?.string ?? "" }
    /// Who a message is from.
    var role: String? { body["role"]?.string }

    /// The text of a message, its parts joined.
    var text: String {
        (body["content"]?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
    }

    /// The item as the API shows it, without what `include` does not ask for.
    func wire(including inclusions: Set<IncludeOption>) -> JSONValue {
        guard type == "file_search_call", !inclusions.contains(.fileSearchResults) else { return body }
        var body = body
        body["results"] = .null
        return body
    }
}

extension ConversationItem {
    /// Reads a row with a column `body`.
    init(row: Row) throws {
        body = try JSONValue(json: row["body"] as String)
    }

    /// Reads a JSON array of items.
    static func array(json: String) throws -> [ConversationItem] {
        (try JSONValue(json: json).array ?? []).map(ConversationItem.init(body:))
    }
}
