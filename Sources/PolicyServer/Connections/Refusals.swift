internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Creates, logs and counts the responses to requests that are refused before they get to a route.
struct Refusals: Sendable {
    let metrics: RequestMetrics
    let logger: Logger

    /// Returns the response to a request that ``ConnectionTimeoutHandler`` refuses: the problem with all fields of the
    /// response, and the body.
    func response(to problem: Problem) -> (problem: Problem, body: ByteBuffer) {
        let id = RequestID().description
        metrics.refused(problem.code)
        logger.info(
            "request refused",
            metadata: ["request_id": "\(id)", "status": "\(problem.status.code)", "code": "\(problem.code)"]
        )
        var problem = problem
        problem.headers[.contentType] = Problem.mediaType
        problem.headers[.requestID] = id
        return (problem, ByteBuffer(bytes: JSONText.ofConstant(problem.document(requestID: id))))
    }

    /// Returns the fields and the body of the response to a request that violates HTTP/1.1.
    func response(to refusal: RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer) {
        let (problem, body) = response(to: Problem(refusal))
        return (HTTPHeaders(problem.headers.map { ($0.name.rawName, $0.value) }), body)
    }

    /// The complete response to clients for whose connections there is no file descriptor.
    static var overloaded: [UInt8] {
        let body = JSONText.ofConstant(Problem.overloaded.document(requestID: "none"))
        let head = """
            HTTP/1.1 503 Service Unavailable\r
            content-type: \(Problem.mediaType)\r
            content-length: \(body.count)\r
            retry-after: 5\r
            connection: close\r
            \r

            """
        return Array(head.utf8) + body
    }
}
