internal import HTTPTypes
internal import PolicyAssistant

extension FileRoutes {
    static let fileID = Parameter.path(
        "file_id",
        .string(1...256),
        "The file, as `GET /files` and answers' sources name it.",
        example: "file-4f2a"
    )

    var listing: Operation {
        Operation(
            method: .get,
            path: "/files",
            id: "list-files",
            tag: .documents,
            summary: "List the documents",
            replies: [.json(FilesBody.self, "The documents.")],
            problems: [.storeUnavailable]
        )
    }

    var reading: Operation {
        Operation(
            method: .get,
            path: "/files/{file_id}/content",
            id: "read-file",
            tag: .documents,
            summary: "Show a document's text",
            details: """
                The text as upstream has read it, which may have Markdown's marks; all of it, or a part. With \
                `accept: text/markdown` the embedded engine draws tables, and a line with a form feed stands between pages.
                """,
            parameters: [Self.fileID, .knownTags, .range, .rangeCondition],
            replies: [
                .text([Self.plainText, Self.markdown], "The text.", headers: [.entityTag, .acceptedRanges]),
                .part(
                    of: [Self.plainText, Self.markdown],
                    "The part of the text that `range` names, which may begin or end within a character.",
                    headers: [.entityTag, .acceptedRanges, .contentRange]
                ),
                .unchanged,
            ],
            problems: [
                ProblemKind(.notFound), ProblemKind(.fileNotFound, "No document has this file, or not any more."),
                .notSynced, .storeUnavailable, .documentsBusy, ProblemKind(.rangeNotSatisfiable(length: 5120)),
            ] + ProblemKind.ofUpstream
        )
    }

    var suggesting: Operation {
        Operation(
            method: .get,
            path: "/topics",
            id: "list-topics",
            tag: .documents,
            summary: "Tell what some documents are about",
            details: "Headings of different documents that make questions, each with its question.",
            replies: [.json(TopicsBody.self, "The headings.")],
            problems: [.notSynced, .storeUnavailable, .documentsBusy] + ProblemKind.ofUpstream
        )
    }
}
