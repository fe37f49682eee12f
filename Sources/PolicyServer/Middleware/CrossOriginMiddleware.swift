internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// Allows web pages of other origins to use the API, according to the Fetch standard (CORS).
///
/// The allowed methods and header fields, and the exposed ones, are those of the operations.
struct CrossOriginMiddleware: RouterMiddleware {
    private let origins: AllowedOrigins
    private let methods: String
    private let allowedHeaders: String
    private let exposedHeaders: String

    /// How long browsers cache the response to a preflight request, in seconds.
    private static let maximumAge = "3600"

    init(origins: AllowedOrigins, operations: [Operation]) {
        self.origins = origins
        methods = Set(operations.map(\.method.rawValue)).sorted().joined(separator: ", ")
        let parameters = operations.flatMap(\.parameters).filter { $0.place == .header }.map(\.name)
        allowedHeaders = Self.list(
            parameters + [HTTPField.Name.accept, .authorization, .contentType, .requestID].map(\.rawName)
        )
        exposedHeaders = Self.list(
            operations.flatMap(\.headers).map(\.name.rawName)
                + [HTTPField.Name.allow, .retryAfter, .wwwAuthenticate, .requestID].map(\.rawName)
        )
    }

    private static func list(_ names: [String]) -> String {
        Set(names.map { $0.lowercased() }).sorted().joined(separator: ", ")
    }

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let permission = permission(for: request.headers[.origin])
        let isPreflight = request.method == .options && request.headers[.accessControlRequestMethod] != nil
        guard isPreflight, let permission else {
            var response = try await next(request, context)
            response.headers.append(contentsOf: permission ?? [:])
            if permission != nil { response.headers[.accessControlExposeHeaders] = exposedHeaders }
            varyByOrigin(&response)
            return response
        }
        var response = Response(status: .noContent, headers: permission)
        response.headers[.accessControlAllowMethods] = methods
        response.headers[.accessControlAllowHeaders] = allowedHeaders
        response.headers[.accessControlMaxAge] = Self.maximumAge
        varyByOrigin(&response)
        return response
    }

    /// The fields that allow an origin; nil if it is not allowed.
    private func permission(for origin: String?) -> HTTPFields? {
        guard let origin else { return nil }
        switch origins {
        case .any:
            return [.accessControlAllowOrigin: "*"]
        case .listed(let origins):
            guard origins.contains(origin) else { return nil }
            return [.accessControlAllowOrigin: origin, .accessControlAllowCredentials: "true"]
        }
    }

    /// Tells caches that the response depends on the origin.
    private func varyByOrigin(_ response: inout Response) {
        guard case .listed = origins else { return }
        response.headers[values: .vary].append("origin")
    }
}

extension Operation {
    /// The header fields of its responses.
    fileprivate var headers: [HeaderDescription] { replies.flatMap(\.headers) }
}
