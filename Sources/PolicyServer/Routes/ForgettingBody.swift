internal import PolicyAssistant

/// What upstream still has of a user who is forgotten here.
struct ForgettingBody: Encodable {
    let userID: String
    let pending: [PendingBody]

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case pending
    }

    struct PendingBody: Encodable {
        let threadID: String
        let responseIDs: [String]
        let reason: String

        private enum CodingKeys: String, CodingKey {
            case threadID = "thread_id"
            case responseIDs = "response_ids"
            case reason
        }
    }
}

extension ForgettingBody {
    init(user: UserID, pending: [PendingDeletion]) {
        self.init(
            userID: user.value,
            pending: pending.map {
                PendingBody(threadID: $0.threadID, responseIDs: $0.responseIDs, reason: $0.reason.rawValue)
            }
        )
    }
}

extension ForgettingBody: Described {
    static let schema = Schema.named(
        "Forgetting",
        .object(
            .required("user_id", .user, "Who is forgotten."),
            .required("pending", .array(of: PendingBody.schema), "What is still to be deleted upstream.")
        ),
        "What upstream still has of a user who is forgotten here."
    )

    static let example = ForgettingBody(userID: "ana", pending: [.example])
}

extension ForgettingBody.PendingBody: Described {
    static let schema = Schema.named(
        "PendingDeletion",
        .object(
            .required("thread_id", .string, "The thread's ID upstream."),
            .required("response_ids", .array(of: .string), "The IDs of responses that may still be there beside it."),
            .required(
                "reason",
                .choice(PendingDeletion.Reason.allCases.map(\.rawValue)),
                """
                `upstream_unavailable`: upstream did not delete it now; the server tries again by itself. \
                `former_upstream`: an upstream that is no longer in use has it; the operator deletes it there with \
                `policy-assistant sync --clean-previous`.
                """
            )
        ),
        "A thread that is still to be deleted upstream."
    )

    static let example = ForgettingBody.PendingBody(
        threadID: "conv_5f0c6d",
        responseIDs: ["resp_7a01c9"],
        reason: PendingDeletion.Reason.upstreamUnavailable.rawValue
    )
}
