internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// Lets web pages of other origins use the API, by the rules of the Fetch standard (CORS).
///
/// What they may send and see is what the operations say that they take and answer.
struct CrossOriginMiddleware: RouterMiddleware {
    private let origins: AllowedOrigins
    private let methods: String
    private let sent: String
    private let seen: String

    /// How long a browser remembers what it was allowed.
    private static let memory = "3600"

    init(origins: AllowedOrigins, operations: [Operation]) {
        self.origins = origins
        methods = Set(operations.map(\.method.rawValue)).sorted().joined(separator: ", ")
        let parameters = operations.flatMap(\.parameters).filter { $0.place == .header }.map(\.name)
        sent = Self.list(parameters + ["accept", "authorization", "content-type", RequestIDMiddleware.header.rawName])
        seen = Self.list(
            operations.flatMap(\.headers).map(\.name.rawName)
                + [HTTPField.Name.allow, .retryAfter, .wwwAuthenticate, RequestIDMiddleware.header].map(\.rawName)
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
            if permission != nil { response.headers[.accessControlExposeHeaders] = seen }
            varyByOrigin(&response)
            return response
        }
        var response = Response(status: .noContent, headers: permission)
        response.headers[.accessControlAllowMethods] = methods
        response.headers[.accessControlAllowHeaders] = sent
        response.headers[.accessControlMaxAge] = Self.memory
        varyByOrigin(&response)
        return response
    }

    /// The fields that let an origin in; nil where it is not.
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

    /// Tells caches that the answer is for this origin alone.
    private func varyByOrigin(_ response: inout Response) {
        guard case .listed = origins else { return }
        response.headers[values: .vary].append("origin")
    }
}

extension Operation {
    /// The header fields that its answers may have.
    fileprivate var headers: [HeaderDescription] { replies.flatMap(\.headers) }
}
