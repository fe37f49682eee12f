internal import GRDB

/// A run of an assistant in a thread.
struct Run: Sendable, Hashable {
    /// How far a run is, or how it ended.
    enum Status: String, Sendable, CaseIterable {
        case queued
        case inProgress = "in_progress"
        case cancelling
        case cancelled
        case failed
        case completed
        case incomplete
        case expired

        /// Whether the thread takes no messages and no other runs meanwhile.
        var isActive: Bool { [.queued, .inProgress, .cancelling].contains(self) }
    }

    /// How a run ends.
    enum Ending: Sendable, Hashable {
        case completed(Usage)
        /// The answer is cut to the tokens that the request allows.
        case incomplete(Usage)
        case failed(Failure)
        case cancelled
        case expired
    }

    /// Why a run fails.
    struct Failure: Sendable, Hashable {
        var isRateLimited = false
        let message: String

        /// The process that executed the run has ended.
        static let interrupted = Failure(message: "The run was interrupted.")
    }

    /// The estimated numbers of tokens that were read and written.
    struct Usage: Sendable, Hashable {
        var promptTokens: Int
        var completionTokens: Int

        /// The usage of two steps together.
        static func + (left: Usage, right: Usage) -> Usage {
            Usage(
                promptTokens: left.promptTokens + right.promptTokens,
                completionTokens: left.completionTokens + right.completionTokens
            )
        }
    }

    let id: String
    let threadID: String
    let assistantID: String
    let status: Status
    /// The time at which an active run expires; nil once it has ended.
    let expiresAt: Int?
    let body: JSONText
}

extension Run: FetchableRecord {
    /// The rows that ``init(row:)`` reads.
    static let selection = """
        SELECT seq, id, thread_id, holder, lease_until, body, json_extract(body, '$.status') AS status,
            json_extract(body, '$.assistant_id') AS assistant_id, json_extract(body, '$.expires_at') AS expires_at
        FROM run
        """

    init(row: Row) {
        id = row["id"]
        threadID = row["thread_id"]
        assistantID = row["assistant_id"] ?? ""
        status = Status(rawValue: row["status"] ?? "") ?? .failed
        expiresAt = row["expires_at"]
        body = row["body"]
    }
}

extension Run.Ending {
    /// The fields of a run's object that change when it ends at a time.
    func runFields(at now: Int) throws -> JSONFields {
        var fields: JSONFields = ["status": try JSONText(encoding: status.rawValue), "expires_at": .null]
        let time = try JSONText(encoding: now)
        switch self {
        case .completed(let usage):
            fields["completed_at"] = time
            fields["usage"] = try JSONText(encoding: usage)
        case .incomplete(let usage):
            fields["completed_at"] = time
            fields["usage"] = try JSONText(encoding: usage)
            fields["incomplete_details"] = try JSONText(encoding: ["reason": "max_completion_tokens"])
        case .failed(let failure):
            fields["failed_at"] = time
            let code = failure.isRateLimited ? "rate_limit_exceeded" : "server_error"
            fields["last_error"] = try JSONText(encoding: ["code": code, "message": failure.message])
        case .cancelled:
            fields["cancelled_at"] = time
        case .expired:
            break
        }
        return fields
    }

    /// The fields of an open step's object that change when its run ends at a time.
    func stepFields(at now: Int) throws -> JSONFields {
        let time = try JSONText(encoding: now)
        switch self {
        case .completed, .incomplete:
            return [:]
        case .failed(let failure):
            let error = try JSONText(encoding: ["code": "server_error", "message": failure.message])
            return ["status": try JSONText(encoding: "failed"), "failed_at": time, "last_error": error]
        case .cancelled:
            return ["status": try JSONText(encoding: "cancelled"), "cancelled_at": time]
        case .expired:
            return ["status": try JSONText(encoding: "expired"), "expired_at": time]
        }
    }

    /// The status of a run that has ended in this way.
    var status: Run.Status {
        switch self {
        case .completed: .completed
        case .incomplete: .incomplete
        case .failed: .failed
        case .cancelled: .cancelled
        case .expired: .expired
        }
    }
}

extension Run.Usage: Encodable {
    private enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
        case totalTokens = "total_tokens"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(promptTokens, forKey: .promptTokens)
        try container.encode(completionTokens, forKey: .completionTokens)
        try container.encode(promptTokens + completionTokens, forKey: .totalTokens)
    }
}
