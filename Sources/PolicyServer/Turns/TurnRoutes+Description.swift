internal import HTTPTypes
internal import PolicyAssistant
internal import Voice

extension TurnRoutes {
    static let turnID = Parameter.path(
        "turn_id",
        .string(pattern: TurnID.pattern),
        "The turn, as the header x-turn-id named it.",
        example: "turn_00112233445566778899aabbccddeeff"
    )

    /// The maximum number of digits of an event's number.
    static let eventIDDigits = 9

    private static let lastEventID = Parameter.header(
        .lastEventID,
        .string(1...eventIDDigits, pattern: "^[0-9]+$"),
        "The id of the last event that the caller has; all that follow are sent."
    )

    static var following: Operation {
        Operation(
            method: .get,
            path: "/chat/{turn_id}/events",
            id: "follow",
            tag: .chat,
            summary: "Follow an answer",
            details: """
                Sends a streamed answer's events once more, from any on. They are kept for ten minutes. With `audio` in the \
                query, the speech of each sentence that ends after `last-event-id` comes as an event `audio`; with `accept: \
                audio/mpeg` or another type of audio, it is one stream of audio. What is spoken counts as a question to the \
                rate limits.
                """,
            access: .owner,
            parameters: [
                turnID, lastEventID,
                .query(
                    "audio",
                    .choice(AudioType.queryNames),
                    "The format of events `audio`; without it there are none."
                ),
            ],
            replies: [
                .speech(
                    "The events, or the spoken answer.",
                    and: [SpokenEventStream.followedContent],
                    headers: VoiceRoutes.headers
                )
            ],
            problems: aboutTurns + [
                .invalidField("Last-Event-ID must be the id of an event of this turn."),
                ProblemKind(RateLimitFields.exceeded),
            ] + ChatRoutes.inTurns + ProblemKind.ofSpeaking
        )
    }

    static var ending: Operation {
        Operation(
            method: .delete,
            path: "/chat/{turn_id}",
            id: "end",
            tag: .chat,
            summary: "End an answer",
            details:
                "Ends a turn, on whatever server it runs. A turn that has its answer stays as it is.",
            access: .owner,
            parameters: [turnID],
            replies: [.noContent("The turn ends, or had ended.")],
            problems: aboutTurns
        )
    }

    private static let aboutTurns = [
        ProblemKind(.notFound), ProblemKind(.turnNotFound, "There is no such turn, or it is no longer kept."),
        .storeUnavailable,
    ]
}
