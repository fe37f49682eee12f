/// A message that a request adds to a thread.
struct MessageRequest: Sendable {
    /// All parameters of the API.
    static let parameters: Set<String> = ["role", "content", "attachments", "metadata"]

    private let role: String
    private let content: [JSONValue]
    private let attachments: [JSONValue]
    private let metadata: [String: String]
    /// The attached files that are searched.
    private let files: [String]

    /// Reads a message.
    init(_ fields: RequestFields) throws(APIError) {
        guard let role = try fields.string("role", oneOf: ["user", "assistant"]) else {
            throw .missing(fields.param("role"))
        }
        self.role = role
        content = try Self.content(fields)
        metadata = try fields.metadata() ?? [:]
        var (attachments, files): ([JSONValue], [String]) = ([], [])
        for (value, param) in try fields.elements("attachments") ?? [] {
            let attachment = try RequestFields(value, at: param, known: ["file_id", "tools"])
            let file = try attachment.requiredString("file_id")
            for (tool, toolParam) in try attachment.elements("tools") ?? [] {
                let type = try RequestFields(tool, at: toolParam, known: ["type"]).requiredString("type")
                guard type == "file_search" else { throw .unsupported("\(toolParam).type") }
                files.append(file)
            }
            attachments.append(value)
        }
        (self.attachments, self.files) = (attachments, files)
    }

    /// Reads an array of messages.
    static func array(_ fields: RequestFields, _ key: String) throws(APIError) -> [MessageRequest]? {
        guard let elements = try fields.elements(key) else { return nil }
        var messages: [MessageRequest] = []
        for (value, param) in elements {
            messages.append(try MessageRequest(RequestFields(value, at: param, known: parameters)))
        }
        return messages
    }

    private static func content(_ fields: RequestFields) throws(APIError) -> [JSONValue] {
        guard case .array = fields.value("content") else { return [part(try fields.requiredString("content"))] }
        var parts: [JSONValue] = []
        for (value, param) in try fields.elements("content", minimum: 1) ?? [] {
            let part = try RequestFields(value, at: param)
            switch try part.string("type", oneOf: ["text", "image_file", "image_url"]) {
            case nil: throw .missing(part.param("type"))
            case "text": parts.append(self.part(try part.requiredString("text")))
            default: parts.append(value)
            }
        }
        return parts
    }

    private static func part(_ text: String) -> JSONValue {
        ["type": "text", "text": ["value": .string(text), "annotations": []]]
    }

    /// The message as it is stored.
    func stored() throws -> NewMessage {
        let fields: [String: JSONValue] = [
            "object": "thread.message", "status": "completed", "incomplete_details": nil, "incomplete_at": nil,
            "role": .string(role), "content": .array(content), "assistant_id": nil, "run_id": nil,
            "attachments": .array(attachments), "metadata": metadata.json,
        ]
        return NewMessage(fields: try fields.stored(), files: files)
    }
}

extension ChatMessage {
    /// Reads a message of a thread, without its citation marks.
    init(threadMessage message: StoredObject) throws {
        let message = try JSONValue(message.body)
        let texts = (message["content"]?.array ?? []).compactMap { part -> String? in
            guard var text = part["text"]?["value"]?.string else { return nil }
            for mark in (part["text"]?["annotations"]?.array ?? []).compactMap({ $0["text"]?.string }) {
                text = text.replacing(mark, with: "")
            }
            return text
        }
        self.init(role: message["role"]?.string, text: texts.joined(separator: "\n"))
    }
}
