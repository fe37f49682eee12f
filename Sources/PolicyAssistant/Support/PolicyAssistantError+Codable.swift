extension PolicyAssistantError: Codable {
    private enum CodingKeys: CodingKey {
        case code, message, field, retryAfterMilliseconds
    }

    /// Reads an error as a turn's journal keeps it, without its cause.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            Code(description: try fields.decode(String.self, forKey: .code)),
            try fields.decode(String.self, forKey: .message),
            field: try fields.decodeIfPresent(String.self, forKey: .field),
            retryAfter: try fields.decodeIfPresent(Int64.self, forKey: .retryAfterMilliseconds).map {
                .milliseconds($0)
            }
        )
    }

    /// Writes the error for a turn's journal.
    ///
    /// The cause is for the log of the process that met it.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(code.description, forKey: .code)
        try fields.encode(message, forKey: .message)
        try fields.encodeIfPresent(field, forKey: .field)
        try fields.encodeIfPresent(retryAfter?.milliseconds, forKey: .retryAfterMilliseconds)
    }
}
