internal import JSON

extension ChatRequest: JSONReadable {
    /// Reads a question without settings of the model.
    ///
    /// - Throws: `JSONError` for any other, which `Codable` decodes, or says what is wrong with.
    init(reading json: inout JSONReader) throws(JSONError) {
        var (userID, message, role) = (nil as String?, nil as String?, nil as String?)
        var (stream, onDisconnect) = (nil as Bool?, nil as OnDisconnect?)
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "user_id": userID = try json.readTextIfPresent()
            case "message": message = try json.readText()
            case "stream": stream = try json.readBooleanIfPresent()
            case "role": role = try json.readTextIfPresent()
            case "on_disconnect": onDisconnect = try Self.ending(reading: &json)
            case "params": guard try json.readsNull() else { throw json.mismatch }
            default: try json.skip()
            }
        }
        guard let message else { throw json.mismatch }
        self.init(userID: userID, message: message, stream: stream, onDisconnect: onDisconnect, role: role)
    }

    private static func ending(reading json: inout JSONReader) throws(JSONError) -> OnDisconnect? {
        guard let text = try json.readTextIfPresent() else { return nil }
        guard let ending = OnDisconnect(rawValue: text) else { throw json.mismatch }
        return ending
    }
}
