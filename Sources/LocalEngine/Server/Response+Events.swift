internal import Hummingbird

extension Response {
    /// An answer that is a stream of events.
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
