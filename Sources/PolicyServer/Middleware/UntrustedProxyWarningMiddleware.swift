internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Synchronization

/// Logs a warning, once, if requests come through a proxy although `TRUSTED_PROXIES` is 0: then all clients of the
/// proxy share one address.
final class UntrustedProxyWarningMiddleware: RouterMiddleware {
    private let logger: Logger
    private let hasWarned = Atomic(false)

    /// The fields in which proxies name their clients.
    private static let fields = ["x-forwarded-for", "forwarded"].map { HTTPField.Name(verified: $0) }

    init(logger: Logger) {
        self.logger = logger
    }

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if Self.fields.contains(where: { request.headers[$0] != nil }), !hasWarned.exchange(true, ordering: .relaxed) {
            logger.warning(
                """
                requests come through a proxy, but TRUSTED_PROXIES is 0: the failed sign-ins of all its clients count \
                for one address; set it to the number of proxies that append to x-forwarded-for
                """
            )
        }
        return try await next(request, context)
    }
}
