internal import HTTPTypes
internal import Metrics
internal import PolicyAssistant

/// Measures the HTTP requests that are answered.
struct RequestMetrics: Sendable {
    static let requests = "policy_assistant_http_requests_total"
    static let duration = "policy_assistant_http_request_duration_seconds"
    static let openStreams = "policy_assistant_http_streams_open"
    static let refusals = "policy_assistant_http_refusals_total"

    private struct Key: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private let requests: MetricFamily<Key, Counter>
    private let durations: MetricFamily<String, Timer>
    private let openStreams: Meter
    private let refusals: MetricFamily<String, Counter>

    init(factory: any MetricsFactory) {
        requests = MetricFamily { key in
            let labels = [("route", key.route), ("method", key.method), ("status", String(key.status))]
            return Counter(label: Self.requests, dimensions: labels, factory: factory)
        }
        durations = MetricFamily { Timer(label: Self.duration, dimensions: [("route", $0)], factory: factory) }
        openStreams = Meter(label: Self.openStreams, factory: factory)
        refusals = MetricFamily { Counter(label: Self.refusals, dimensions: [("code", $0)], factory: factory) }
    }

    /// An answer has been given.
    ///
    /// - Parameters:
    ///   - route: The path as the route declares it; nil where there is no such route.
    ///   - method: The request's method.
    ///   - status: The answer's status.
    ///   - duration: The time since the request's head was read.
    func answered(
        _ route: String?,
        _ method: HTTPRequest.Method,
        _ status: HTTPResponse.Status,
        after duration: Duration
    ) {
        let route = route ?? "none"
        // Callers make up methods of their own, which must not become labels.
        let name = Self.methods.contains(method) ? method.rawValue : "other"
        requests[Key(route: route, method: name, status: status.code)].increment()
        durations[route].record(duration: duration)
    }

    /// A request was refused before it got to a route.
    ///
    /// - Parameter code: Why, as the problem's code says it.
    func refused(_ code: String) { refusals[code].increment() }

    /// An answer begins that is produced while it is sent; ``streamEnded()`` must follow.
    func streamBegan() { openStreams.increment() }

    /// The end of a stream, whole or not.
    func streamEnded() { openStreams.decrement() }

    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
}
