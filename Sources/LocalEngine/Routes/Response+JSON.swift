internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension JSONValue: ResponseGenerator {
    /// The value as the body of a response with status 200.
    func response(from request: Request, context: some RequestContext) throws -> Response {
        let body = ByteBuffer(bytes: try encoded())
        return Response(
            status: .ok,
            headers: [.contentType: "application/json", .contentLength: "\(body.readableBytes)"],
            body: ResponseBody(byteBuffer: body)
        )
    }

    /// The value as a server-sent event, which has the name of its `type` unless it is given another.
    func eventFrame(named name: String? = nil) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("event: \(name ?? self["type"]?.string ?? "message")\ndata: ")
        buffer.writeBytes(try encoded())
        buffer.writeString("\n\n")
        return buffer
    }
}

extension StoredObject: ResponseGenerator {
    /// The object as the body of a response.
    func response(from request: Request, context: some RequestContext) throws -> Response {
        try JSONValue(body).response(from: request, context: context)
    }
}

extension Run: ResponseGenerator {
    /// The run's object as the body of a response.
    func response(from request: Request, context: some RequestContext) throws -> Response {
        try JSONValue(body).response(from: request, context: context)
    }
}

extension Response {
    /// A response that is a stream of server-sent events.
    static func events(_ write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache", .connection: "keep-alive",
            ],
            body: ResponseBody(write)
        )
    }
}
