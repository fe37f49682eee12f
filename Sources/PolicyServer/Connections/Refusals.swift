internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Answers requests that are refused before they get to a route, with a problem document as routes do, and tells log and
/// metrics of them.
struct Refusals: Sendable {
    let metrics: RequestMetrics
    let logger: Logger

    /// Returns what a caller is answered, whom ``ConnectionTimeoutHandler`` refuses: the problem, with the fields of its answer, and
    /// the body.
    func answer(_ problem: Problem) -> (problem: Problem, body: ByteBuffer) {
        let id = RequestID().description
        metrics.refused(problem.code)
        logger.info(
            "request refused",
            metadata: ["request_id": "\(id)", "status": "\(problem.status.code)", "code": "\(problem.code)"]
        )
        var problem = problem
        problem.headers[.contentType] = Problem.mediaType
        problem.headers[RequestIDMiddleware.header] = id
        return (problem, ByteBuffer(bytes: JSONText.ofConstant(problem.document(requestID: id))))
    }

    /// Returns what a caller is answered who breaks the rules of HTTP.
    func answer(_ refusal: RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer) {
        let (problem, body) = answer(Problem(refusal: refusal))
        return (HTTPHeaders(problem.headers.map { ($0.name.rawName, $0.value) }), body)
    }

    /// The whole answer to callers for whose connections there are no descriptors.
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

extension Problem {
    /// What is wrong with a request that breaks the rules of HTTP.
    init(refusal: RequestRefusal) {
        guard refusal != .headersTooLarge else {
            self = .headersTooLarge
            return
        }
        self.init(
            status: HTTPResponse.Status(code: Int(refusal.status.code), reasonPhrase: refusal.status.reasonPhrase),
            code: refusal.code,
            detail: refusal.detail
        )
    }

    static let overloaded = Problem(
        status: .serviceUnavailable,
        code: "overloaded",
        detail: "The server has too many connections. Try again shortly.",
        headers: [.retryAfter: "5"]
    )
}
