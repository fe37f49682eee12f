public import FoundationEssentials

/// A message, or a part of one, that its user wants remembered in later threads.
public struct RememberedMessage: Sendable, Hashable {
    /// The most characters of one, in Unicode scalars.
    public static let maximumCharacters = 2_000
    /// The most characters of all in one role, which are sent with each question of a later thread.
    public static let maximumCharactersInRole = 4_000
    /// The most messages of a user.
    public static let maximumCount = 50

    /// Its ID, by which it is forgotten.
    public var id: String
    /// The ID of the thread that it is from, which is not reminded of it.
    public var threadID: String
    /// The message's ID upstream.
    public var messageID: String
    /// Who wrote it.
    public var author: ThreadMessage.Role
    /// The text.
    public var text: String
    /// When it was marked, in whole seconds.
    public var createdAt: Date
    /// The role in whose threads it is remembered; nil for the default one.
    var role: RoleKey?
    /// The name of that role; nil for the default one.
    public var roleName: RoleName?
}

extension RememberedMessage {
    /// Creates a record of a message, whose ID follows from what it is.
    init(_ text: String, of message: ThreadMessage, in thread: ThreadRecord, role: Role?, at time: Date) {
        let identity = [thread.id, message.id, text].joined(separator: "\n")
        self.init(
            id: String(ContentHash.of(identity).prefix(16)),
            threadID: thread.id,
            messageID: message.id,
            author: message.role,
            text: text,
            createdAt: time,
            role: role?.key,
            roleName: role.flatMap { $0.key == nil ? nil : $0.name }
        )
    }

    /// The JSON of a record.
    private struct Content: Codable {
        let role: String?
        let roleName: String?
        let thread: String
        let message: String
        let author: String
        let text: String
        let createdAt: String

        private enum CodingKeys: String, CodingKey {
            case role, author, text
            case roleName = "role_name"
            case thread = "thread_id"
            case message = "message_id"
            case createdAt = "created_at"
        }
    }

    /// The record as JSON, without the ID.
    var content: String {
        let content = Content(
            role: role?.value,
            roleName: roleName?.value,
            thread: threadID,
            message: messageID,
            author: author.rawValue,
            text: text,
            createdAt: createdAt.timestamp
        )
        return (try? JSONEncoder().encode(content)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Reads a record; nil for one that cannot be read.
    init?(id: String, content text: String) {
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(text.utf8)),
            let author = ThreadMessage.Role(rawValue: content.author)
        else { return nil }
        self.init(
            id: id,
            threadID: content.thread,
            messageID: content.message,
            author: author,
            text: content.text,
            createdAt: Date(timestamp: content.createdAt) ?? Date(timeIntervalSince1970: 0),
            role: content.role.map(RoleKey.init(recorded:)),
            roleName: content.roleName.map(RoleName.init(recorded:))
        )
    }

    /// Reads the fields of a user's hash, oldest first.
    static func messages(fields: [String: String]) -> [RememberedMessage] {
        guard !fields.isEmpty else { return [] }
        return fields.compactMap { RememberedMessage(id: $0.key, content: $0.value) }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }
}
