internal import HTTPTypes
internal import PolicyAssistant

extension ThreadRoutes {
    static let userID = Parameter.path("user_id", .user, "The user.", example: "ana")

    private static let role = Parameter.query(
        "role",
        .roleName,
        "The role of the thread; without one, the default role."
    )

    var showing: Operation {
        Operation(
            method: .get,
            path: "/threads/{user_id}",
            id: "show-thread",
            tag: .threads,
            summary: "Show a user's thread",
            access: .owner,
            parameters: [Self.userID, Self.role],
            replies: [.json(ThreadBody.self, "The thread.")],
            problems: Self.aboutThreads
        )
    }

    var listing: Operation {
        Operation(
            method: .get,
            path: "/threads/{user_id}/messages",
            id: "list-messages",
            tag: .threads,
            summary: "List the messages of a user's thread",
            access: .owner,
            parameters: [Self.userID, Self.role],
            replies: [.json(MessagesBody.self, "The messages, oldest first.")],
            problems: Self.aboutThreads + ProblemKind.ofUpstream
        )
    }

    var ending: Operation {
        Operation(
            method: .delete,
            path: "/threads/{user_id}/messages",
            id: "end-thread",
            tag: .threads,
            summary: "Begin a new conversation",
            details: """
                Deletes the thread of the role with its messages, and the streamed turns of the user; the next question \
                begins another thread. Roles, and what is remembered, stay.
                """,
            access: .owner,
            parameters: [Self.userID, Self.role],
            replies: [
                .noContent("The thread is deleted, upstream too."),
                .json(
                    ForgettingBody.self,
                    "The thread is deleted here; what is in the response is still to be deleted upstream.",
                    status: .accepted
                ),
            ],
            problems: Self.aboutThreads + Self.aboutTurns
        )
    }

    var forgetting: Operation {
        Operation(
            method: .delete,
            path: "/threads/{user_id}",
            id: "forget-user",
            tag: .threads,
            summary: "Forget a user",
            details: """
                Deletes the user's threads with their messages and responses upstream, the streamed turns here, the \
                user's roles, and what is remembered. \
                Streamed turns are ended; a question that is answered in one piece is waited for. What upstream does \
                not delete now is in the response, and deleted later automatically; the same request tries again at \
                once, and returns what is still pending.
                """,
            access: .owner,
            parameters: [Self.userID],
            replies: [
                .noContent("The user is forgotten, upstream too."),
                .json(
                    ForgettingBody.self,
                    "The user is forgotten here; the threads in the response are still to be deleted upstream.",
                    status: .accepted
                ),
            ],
            problems: Self.aboutThreads + Self.aboutTurns
        )
    }

    private static let aboutTurns = [
        ProblemKind(.userBusy, "A question of this user is still being answered."),
        ProblemKind(.tooManyQuestions, "Too many questions of this user are waiting to be answered."),
        ProblemKind(.shuttingDown, "The server is shutting down."),
    ]

    private static let aboutThreads = [
        ProblemKind(.notFound), ProblemKind(.threadNotFound, "This user has no thread."),
        ProblemKind(.roleNotFound, "There is no role of this name."),
        .invalidField("user_id must not hold control characters."), .storeUnavailable,
    ]
}
