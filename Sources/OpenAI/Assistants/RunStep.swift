public import JSON

/// A step of a run: tool calls, or the creation of a message.
public struct RunStep: Sendable, Hashable {
    /// The step's ID.
    public let id: String
    /// Its status, such as `completed`.
    public let status: String?
    /// What happens in it.
    public let work: Work

    /// What happens in a step.
    public enum Work: Sendable, Hashable {
        /// The model calls tools; these are the passages that its file searches found, with their texts only on
        /// request.
        case toolCalls(found: [FileSearchResult])
        /// The model creates a message.
        case messageCreation(messageID: String)
        /// A step of another type.
        case other(type: String)
    }
}

extension RunStep: JSONReadable {
    /// Reads a step; only its ID is required.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (id, status) = (nil as String?, nil as String?)
        var work = Work.other(type: "")
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "id": id = try json.readText()
            case "status": status = try json.readTextIfPresent()
            case "step_details": work = try json.readIfPresent(Work.self) ?? work
            default: try json.skip()
            }
        }
        guard let id else { throw json.mismatch }
        (self.id, self.status, self.work) = (id, status, work)
    }
}

extension RunStep.Work: JSONReadable {
    /// Reads the details of a step.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (type, messageID) = ("", nil as String?)
        var found: [FileSearchResult] = []
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "type": type = try json.readTextIfPresent() ?? ""
            case "message_creation":
                try json.readField("message_id") { json throws(JSONError) in messageID = try json.readTextIfPresent() }
            case "tool_calls":
                guard try !json.readsNull() else { return }
                try json.readArray { json throws(JSONError) in found += try Self.results(reading: &json) }
            default: try json.skip()
            }
        }
        switch type {
        case "tool_calls": self = .toolCalls(found: found)
        case "message_creation": self = .messageCreation(messageID: messageID ?? "")
        default: self = .other(type: type)
        }
    }

    /// Reads the passages that a tool call found.
    private static func results(reading json: inout JSONReader) throws(JSONError) -> [FileSearchResult] {
        var results: [FileSearchResult] = []
        try json.readField("file_search") { json throws(JSONError) in
            try json.readField("results") { json throws(JSONError) in
                results = try json.readArrayIfPresent(of: FileSearchResult.self) ?? []
            }
        }
        return results
    }
}
