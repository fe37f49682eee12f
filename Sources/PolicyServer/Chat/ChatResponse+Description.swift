internal import PolicyAssistant

extension ChatResponse: Described {
    static let schema = Schema.named(
        "Answer",
        .object(
            .required("answer", .string, "The text of the answer, without citation marks."),
            .required(
                "citations",
                .array(of: CitationBody.schema),
                "The citations, in the order of their first mention."
            ),
            .optional("turn_id", .string, "The turn, if its events are kept."),
            .required("thread_id", .string, "The ID of the thread upstream."),
            .required("response_id", .string, "The answer's ID upstream."),
            .optional("user_id", .user, "The user; absent if the question named none."),
            .required("revision", .count, "The revision of the documents that the answer is based on."),
            .optional("usage", UsageBody.schema, "The tokens that the answer used, if upstream reports them."),
            .optional("confidence", .confidence, Schema.confidenceMeaning),
            .optional("written_by", .string, Schema.authorMeaning),
            .optional("writing_failure", .string, Schema.writingFailureMeaning),
            .optional("role", .string, "The name of the role in which the question was asked."),
            .optional("cut", .boolean, "True if the answer ends at the `max_output_tokens` of its question."),
            .optional(
                "imitation",
                .object(.required("of", .string, "The person, who has consented.")),
                "Whose manner of writing the answer imitates; absent for nobody's."
            )
        ),
        "An answer with its citations."
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
        confidence: AnswerConfidence.sure.rawValue,
        writtenBy: AnswerAuthor.engine,
        writingFailure: nil,
        role: nil,
        isCut: nil,
        imitation: nil
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
                "The text of the passage, at most 400 characters; empty if upstream does not return it."
            )
        ),
        "A passage of a document that an answer is based on."
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
            .required("input_tokens", .count, "Tokens of the input."),
            .required("output_tokens", .count, "Tokens of the output."),
            .required("total_tokens", .count, "All tokens.")
        ),
        "The tokens that an answer used."
    )

    static let example = Self(inputTokens: 812, outputTokens: 21, totalTokens: 833)
}

extension Schema {
    /// The confidence of an answer.
    static let confidence = Schema.choice(AnswerConfidence.allCases.map(\.rawValue))

    /// The meaning of the author of an answer.
    static let authorMeaning =
        "Who wrote the answer, or most of it: `engine` if the embedded engine quotes the documents, and otherwise the name "
        + "of the model."

    /// The meaning of the failure of a model.
    static let writingFailureMeaning =
        "Why the embedded engine's model did not write the answer, or not to its end, such as `unreachable`, `timeout` or "
        + "`unsupported`. Absent if it did, or was not to."

    /// The meaning of the values of ``confidence``.
    static let confidenceMeaning =
        "How certain the answer is: `sure`; `unsure` if it may not answer the question, which its first sentence says; "
        + "`none` if the documents do not contain the answer. Absent if upstream does not report it."
}
