public import OpenAI

/// Finds out by real calls what a server with OpenAI's API, or a part of it, can be used for.
///
/// The calls are those that a sync and a question make. Whatever they create has a name that begins with
/// `policy-assistant-probe-`, and is deleted at the end, also after a failure and when the task is cancelled.
public struct ServerProbe: Sendable {
    /// The server.
    public struct Target: Sendable {
        /// Its base URL.
        public var baseURL: String
        /// The header that has the key; nil for a bearer token.
        public var apiKeyHeader: String?
        /// Whether a key is sent that belongs to the server.
        public var isKeyed: Bool

        /// Creates the description of a server.
        public init(baseURL: String, apiKeyHeader: String? = nil, isKeyed: Bool) {
            self.baseURL = baseURL
            self.apiKeyHeader = apiKeyHeader
            self.isKeyed = isKeyed
        }
    }

    /// The longest times that a probe takes.
    public struct Limits: Sendable {
        /// For a call that stores, finds or lists something.
        public var call = Duration.seconds(15)
        /// For a generated text.
        public var answer = Duration.seconds(60)
        /// For indexing a file of a few lines.
        public var indexing = Duration.seconds(60)
        /// For all checks together.
        public var total = Duration.seconds(300)
        /// For deleting everything.
        public var deletion = Duration.seconds(30)

        /// Creates the usual limits.
        public init() {}
    }

    private let openAI: OpenAIClient
    private let target: Target
    private let model: String?
    private let limits: Limits

    /// Creates a probe.
    ///
    /// - Parameters:
    ///   - openAI: A client of the server.
    ///   - target: The server, as recommendations name it.
    ///   - model: The model to ask; nil for the only one that the server lists.
    ///   - limits: The longest times.
    public init(openAI: OpenAIClient, target: Target, model: String? = nil, limits: Limits = Limits()) {
        // A retry would hide what came, and could create an object twice.
        self.openAI = openAI.retrying(RetryPolicy(maximumRetries: 0))
        self.target = target
        self.model = model
        self.limits = limits
    }

    /// Makes all calls, deletes what they have created, and returns the findings.
    ///
    /// - Returns: The report; after a cancellation with the findings until then.
    public func report() async -> ProbeReport {
        let resources = ProbeResources()
        var run = ProbeRun(openAI: openAI, resources: resources, limits: limits, model: model)
        // Only a cancellation throws.
        try? await run.checkAll()
        // Cancellation must not prevent the deletions. The task is awaited, so it does not outlive the call.
        let leftBehind = await Task { [openAI, limits] in
            await resources.deleteAll(by: openAI, within: limits.deletion)
        }.value
        return ProbeReport(
            server: target.baseURL,
            model: run.model,
            findings: run.findings,
            recommendation: ProbeRecommendation(
                run.findings,
                target,
                model: run.isAnswered ? run.model : nil,
                omitsEffort: run.reasoningEffort == .omit
            ),
            leftBehind: leftBehind
        )
    }
}
