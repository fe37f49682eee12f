internal import GRDB
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Turns whatever a handler throws into an answer with OpenAI's error envelope.
struct ErrorMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: EngineContext,
        next: (Request, EngineContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            // Nobody waits for the answer.
            throw error
        } catch {
            let told = APIError(error, of: request)
            if told.status.kind == .serverError {
                context.logger.error("request failed", metadata: ["error": "\(error.kind)"])
            }
            var response = try told.envelope.response(from: request, context: context)
            response.status = told.status
            if told.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"OpenAI API\"" }
            return response
        }
    }
}

extension APIError {
    /// What the API says of any error.
    fileprivate init(_ error: any Error, of request: Request) {
        switch error {
        case let error as APIError:
            self = error
        case let error as HTTPError where error.status == .notFound:
            self = .invalid("Invalid URL (\(request.method.rawValue) \(request.uri.path))")
            status = .notFound
        case let error as HTTPError:
            self = .invalid(error.body ?? error.status.reasonPhrase)
            status = error.status
        case is HTTPParserError, is IOError, is ChannelError:
            // The body broke off, or cannot be understood.
            self = .invalid("The request's body did not arrive whole.", code: "malformed_request")
        case let error as DatabaseError where error.resultCode == .SQLITE_BUSY:
            self = .overloaded
        default:
            self = .serverError
        }
    }
}
