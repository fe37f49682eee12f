internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension JSONValue: ResponseGenerator {
    /// The value as the body of an answer with status 200.
    func response(from request: Request, context: some RequestContext) throws -> Response {
        let body = ByteBuffer(bytes: try encoded())
        return Response(
            status: .ok,
            headers: [.contentType: "application/json", .contentLength: "\(body.readableBytes)"],
            body: ResponseBody(byteBuffer: body)
        )
    }
}
