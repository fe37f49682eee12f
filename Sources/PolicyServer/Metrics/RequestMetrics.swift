internal import HTTPTypes
internal import Metrics
internal import PolicyAssistant

/// Records HTTP requests.
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

    /// Records a completed response.
    ///
    /// - Parameters:
    ///   - route: The pattern of the route's path; nil if no route matched.
    ///   - method: The request's method.
    ///   - status: The response's status.
    ///   - duration: The time since the request's head was received.
    func answered(
        _ route: String?,
        _ method: HTTPRequest.Method,
        _ status: HTTPResponse.Status,
        after duration: Duration
    ) {
        let route = route ?? "none"
        // Clients can send any method, so only the known ones become labels.
        let name = Self.methods.contains(method) ? method.rawValue : "other"
        requests[Key(route: route, method: name, status: status.code)].increment()
        durations[route].record(duration: duration)
    }

    /// Records a request that was refused before it got to a route.
    ///
    /// - Parameter code: The problem's code.
    func refused(_ code: String) { refusals[code].increment() }

    /// Records the beginning of a streamed response; ``streamEnded()`` must follow.
    func streamBegan() { openStreams.increment() }

    /// Records the end of a streamed response, complete or not.
    func streamEnded() { openStreams.decrement() }

    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
}

/// The help texts of the metrics.
enum MetricHelp {
    static let all = [
        MetricName.turns: "Turns that ended, by outcome.",
        MetricName.turnDuration: "Time from a question to the end of its turn, waiting included.",
        MetricName.firstToken: "Time from a question to the first text of its answer.",
        MetricName.turnsRunning: "Turns in progress, waiting ones included.",
        MetricName.turnsWaiting: "Turns that wait, by the queue they wait in.",
        MetricName.upstreamAttempts: "Attempts of upstream calls, by operation and outcome.",
        MetricName.upstreamAttemptDuration:
            "Duration of an attempt of an upstream call; for a stream, until it began.",
        MetricName.redisRoundTrips: "Round trips to Redis, by database and outcome.",
        MetricName.redisRoundTripDuration: "Duration of a round trip to Redis.",
        MetricName.queueMessages: "Messages in a queue, by stage and what they wait for.",
        MetricName.queueOldestAge: "Age of the oldest message in a stage of a queue.",
        MetricName.queueWorkers: "Processes that work on a stage of a queue.",
        MetricName.queueRetries: "Attempts that failed and are repeated, by stage, of all workers.",
        MetricName.corpusRevision: "Revision of the documents in force; 0 before the first sync.",
        RequestMetrics.requests: "HTTP requests, by route, method and status.",
        RequestMetrics.duration: "Time from a request to the end of its response, by route.",
        RequestMetrics.openStreams: "Responses that are being streamed.",
        RequestMetrics.refusals: "HTTP requests refused before they got to a route, by the problem's code.",
    ]
}
