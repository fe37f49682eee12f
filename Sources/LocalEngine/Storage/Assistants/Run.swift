/// A turn of an assistant in a thread, as the API shows it.
struct Run: Sendable, Hashable {
    /// How far a run is, or how it ended.
    enum Status: String, Sendable {
        case queued
        case inProgress = "in_progress"
        case cancelling
        case cancelled
        case failed
        case completed
        case incomplete
        case expired

        /// Whether the run keeps its thread from taking messages and other runs.
        var isActive: Bool { [.queued, .inProgress, .cancelling].contains(self) }
    }

    /// How a run ends.
    enum Ending: Sendable, Hashable {
        case completed(Usage)
        /// Cut to the tokens that the request allowed.
        case incomplete(Usage)
        case failed(APIError)
        case cancelled
        case expired
    }

    /// The run's object.
    private(set) var body: JSONValue

    /// A run that is kept.
    init(body: JSONValue) {
        self.body = body
    }

    var id: String { body["id"]?.string ?? "" }
    var threadID: String { body["thread_id"]?.string ?? "" }
    var assistantID: String { body["assistant_id"]?.string ?? "" }
    var status: Status { body["status"]?.string.flatMap(Status.init) ?? .failed }

    /// Whether the time that a run has is over.
    func isExpired(at now: Int) -> Bool {
        body["expires_at"]?.double.map { Int($0) <= now } ?? false
    }

    /// Notes that the run's answer is being made.
    mutating func begin(at now: Int) {
        set(.inProgress, at: "started_at", now)
    }

    /// Notes that the run is to be cancelled.
    mutating func beginCancelling() {
        body["status"] = .string(Status.cancelling.rawValue)
    }

    /// Replaces the run's metadata.
    mutating func set(metadata: [String: String]) {
        body["metadata"] = metadata.wire
    }

    /// Ends the run.
    mutating func end(_ ending: Ending, at now: Int) {
        body["expires_at"] = .null
        switch ending {
        case .completed(let usage):
            set(.completed, at: "completed_at", now)
            body["usage"] = usage.wire
        case .incomplete(let usage):
            set(.incomplete, at: "completed_at", now)
            body["usage"] = usage.wire
            body["incomplete_details"] = ["reason": "max_completion_tokens"]
        case .failed(let error):
            set(.failed, at: "failed_at", now)
            let code = error.code == "rate_limit_exceeded" ? "rate_limit_exceeded" : "server_error"
            body["last_error"] = ["code": .string(code), "message": .string(error.message)]
        case .cancelled:
            set(.cancelled, at: "cancelled_at", now)
        case .expired:
            set(.expired, at: "expires_at", nil)
        }
    }

    private mutating func set(_ status: Status, at key: String, _ now: Int?) {
        body["status"] = .string(status.rawValue)
        body[key] = .optional(now)
    }
}

extension Run {
    /// About how many tokens were read and written.
    struct Usage: Sendable, Hashable {
        var promptTokens: Int
        var completionTokens: Int

        /// The usage as the API shows it.
        var wire: JSONValue {
            [
                "prompt_tokens": .integer(promptTokens),
                "completion_tokens": .integer(completionTokens),
                "total_tokens": .integer(promptTokens + completionTokens),
            ]
        }

        /// The usage of two steps together.
        static func + (left: Usage, right: Usage) -> Usage {
            Usage(
                promptTokens: left.promptTokens + right.promptTokens,
                completionTokens: left.completionTokens + right.completionTokens
            )
        }
    }
}
