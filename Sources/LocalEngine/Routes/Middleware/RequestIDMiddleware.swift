internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Adds an `x-request-id` to each response, and the other headers that all of OpenAI's responses have.
struct RequestIDMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: EngineContext,
        next: (Request, EngineContext) async throws -> Response
    ) async throws -> Response {
        let id = Identifier.make("req_")
        var context = context
        context.logger[metadataKey: "engine.request"] = "\(id)"
        let start = ContinuousClock.now
        var response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        response.headers[.requestID] = id
        response.headers[.openAIVersion] = "2020-10-01"
        response.headers[.openAIProcessingTime] = "\(Int(milliseconds))"
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let requestID = known("x-request-id")
    fileprivate static let openAIVersion = known("openai-version")
    fileprivate static let openAIProcessingTime = known("openai-processing-ms")
    /// Which version of assistants a request means.
    static let openAIBeta = known("openai-beta")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
        return name
    }
}
