internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Responds to the errors of handlers with OpenAI's error envelope.
struct ErrorMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: EngineContext,
        next: (Request, EngineContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            // Nobody waits for the response.
            throw error
        } catch {
            let reported = APIError(error, of: request)
            if reported.status.kind == .serverError {
                context.logger.error("request failed", metadata: ["error": "\(error.kind)"])
            }
            var response = try reported.envelope.response(from: request, context: context)
            response.status = reported.status
            if reported.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"OpenAI API\"" }
            return response
        }
    }
}

extension APIError {
    /// The API's error for any error of a request.
    fileprivate init(_ error: any Error, of request: Request) {
        if let known = APIError(error) {
            self = known
            return
        }
        switch error {
        case let error as HTTPError where error.status == .notFound:
            self = .invalid("Invalid URL (\(request.method.rawValue) \(request.uri.path))")
            status = .notFound
        case let error as HTTPError:
            self = .invalid(error.body ?? error.status.reasonPhrase)
            status = error.status
        case is HTTPParserError, is IOError, is ChannelError:
            // The body ended early, or cannot be parsed.
            self = .invalid("The request's body did not arrive whole.", code: "malformed_request")
        case _ where error.isDatabaseBusy:
            self = .overloaded
        default:
            self = .serverError
        }
    }
}
