internal import PolicyAssistant

extension ChatResponse: Described {
    static let schema = Schema.named(
        "Answer",
        .object(
            .required("answer", .string, "The answer's text, without citation marks."),
            .required(
                "citations",
                .array(of: CitationBody.schema),
                "Where it comes from, in the order of first mention."
            ),
            .optional("turn_id", .string, "The turn, where the answer can be asked for again."),
            .required("thread_id", .string, "The thread upstream that was asked."),
            .required("response_id", .string, "The answer's ID upstream."),
            .optional("user_id", .user, "Who asked, unless the question named nobody."),
            .required("revision", .count, "The revision of the documents that was asked."),
            .optional("usage", UsageBody.schema, "What the answer cost, where upstream told it."),
            .optional("confidence", .confidence, Schema.confidenceMeaning)
        ),
        "An answer with its sources."
    )

    static let example = ChatResponse(
        answer: "Full-time employees receive 27 days of paid annual leave in each calendar year.",
        citations: [.example],
        turnID: nil,
        threadID: "conv_5f0c6d",
        responseID: "resp_77ab01",
        userID: "ana",
        revision: 3,
        usage: .example,
        confidence: AnswerConfidence.sure.rawValue
    )
}

extension ChatResponse.CitationBody: Described {
    static let schema = Schema.named(
        "Citation",
        .object(
            .required("file_id", .string, "The ID of the uploaded file."),
            .required("filename", .string, "The document's path below the assets folder."),
            .required(
                "quote",
                .string,
                "What the document says, word for word, of 400 characters at most; empty where upstream did not show it."
            )
        ),
        "A passage of a document that an answer rests on."
    )

    static let example = Self(
        fileID: "file-4f2a",
        filename: "leave/annual-leave.md",
        quote: "Full-time employees receive 27 days of paid annual leave in each calendar year."
    )
}

extension ChatResponse.UsageBody: Described {
    static let schema = Schema.named(
        "Usage",
        .object(
            .required("input_tokens", .count, "Tokens read."),
            .required("output_tokens", .count, "Tokens written."),
            .required("total_tokens", .count, "All tokens.")
        ),
        "What an answer cost."
    )

    static let example = Self(inputTokens: 812, outputTokens: 21, totalTokens: 833)
}

extension Schema {
    /// How sure an answer is.
    static let confidence = Schema.choice(AnswerConfidence.allCases.map(\.rawValue))

    /// What the values of ``confidence`` mean.
    static let confidenceMeaning =
        "How sure the answer is: `sure`; `unsure` where it may not answer the question, which its first sentence then says; "
        + "`none` where the documents do not hold the answer. Absent where upstream does not say."
}
