internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Synchronization

/// Warns, once, where requests come through a proxy of which the settings know nothing: all who ask through it look
/// like one caller then.
final class UntrustedProxyWarningMiddleware: RouterMiddleware {
    private let logger: Logger
    private let hasWarned = Atomic(false)

    /// What proxies write down of whom they were asked by.
    private static let notes = ["x-forwarded-for", "forwarded"].map { HTTPField.Name(verified: $0) }

    init(logger: Logger) {
        self.logger = logger
    }

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if Self.notes.contains(where: { request.headers[$0] != nil }), !hasWarned.exchange(true, ordering: .relaxed) {
            logger.warning(
                """
                requests come through a proxy, but TRUSTED_PROXIES is 0: failed sign-ins of all who come through it are \
                counted as one address's; set it to how many proxies add to x-forwarded-for
                """
            )
        }
        return try await next(request, context)
    }
}
