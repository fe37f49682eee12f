/// A request that makes or changes a thread.
struct ThreadRequest: Sendable {
    let messages: [MessageRequest]
    /// The store that is to be searched, if the request says so.
    let resources: ToolResources?
    let metadata: [String: String]?

    /// Reads a request.
    init(_ fields: RequestFields) throws(APIError) {
        messages = try MessageRequest.array(fields, "messages") ?? []
        resources = try ToolResources(fields)
        metadata = try fields.metadata() ?? (fields.isNull("metadata") ? [:] : nil)
    }
}
