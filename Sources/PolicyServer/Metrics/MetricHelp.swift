internal import PolicyAssistant

/// What the metrics mean, a line each, as scrapers show it.
enum MetricHelp {
    static let all = [
        MetricName.turns: "Turns that ended, by outcome.",
        MetricName.turnDuration: "Time from a question to the end of its turn, waiting included.",
        MetricName.firstToken: "Time from a question to the first words of its answer.",
        MetricName.turnsRunning: "Turns under way, waiting ones included.",
        MetricName.turnsWaiting: "Turns that wait, by what they wait for.",
        MetricName.upstreamAttempts: "Attempts at calls of the upstream, by operation and outcome.",
        MetricName.upstreamAttemptDuration:
            "Time that an attempt at a call of the upstream took; a stream's until it began.",
        MetricName.redisRoundTrips: "Round trips to Redis, by database and outcome.",
        MetricName.redisRoundTripDuration: "Time that a round trip to Redis took.",
        MetricName.corpusRevision: "Revision of the documents in force; 0 before the first sync.",
        RequestMetrics.requests: "HTTP requests answered, by route, method and status.",
        RequestMetrics.duration: "Time from a request to the end of its answer, by route.",
        RequestMetrics.openStreams: "Answers that are being streamed.",
        RequestMetrics.refusals: "HTTP requests refused before they got to a route, by the problem's code.",
    ]
}
