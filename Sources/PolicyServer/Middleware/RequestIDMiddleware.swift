internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Gives each request its ID: the caller's own `x-request-id` where that is a plain word, else a new one.
///
/// The answer carries it, errors included, and so does every log line of the request, as `request_id`.
struct RequestIDMiddleware: RouterMiddleware {
    static let header = HTTPField.Name(verified: "x-request-id")

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let given = request.headers[Self.header], Self.isPlain(given) { context.requestID = given }
        context.logger[metadataKey: "request_id"] = "\(context.requestID)"
        var response = try await next(request, context)
        response.headers[Self.header] = context.requestID
        return response
    }

    /// Whether an ID can stand in headers and log lines as it is.
    private static func isPlain(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= 128
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default:
                    false
                }
            }
    }
}
