internal import HTTPTypes
internal import PolicyAssistant

extension FileRoutes {
    static let fileID = Parameter.path(
        "file_id",
        .string(1...256),
        "The file's ID, from `GET /files` or a citation.",
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
            summary: "Get a document's text",
            details: """
                The text that upstream extracted, which may contain Markdown; the complete text or a range. With \
                `accept: text/markdown` the embedded engine formats tables as Markdown, and separates pages by a line \
                with a form feed.
                """,
            parameters: [Self.fileID, .ifNoneMatch, .range, .ifRange],
            replies: [
                .text([Self.plainText, Self.markdown], "The text.", headers: [.entityTag, .acceptedRanges]),
                .part(
                    of: [Self.plainText, Self.markdown],
                    "The range of the text, which may begin or end within a character.",
                    headers: [.entityTag, .acceptedRanges, .contentRange]
                ),
                .notModified,
            ],
            problems: [
                ProblemKind(.notFound),
                ProblemKind(.fileNotFound, "No document has this file, or it was replaced or removed."),
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
            summary: "List topics of the documents",
            details: "Headings of different documents, each with a question that it suggests.",
            replies: [.json(TopicsBody.self, "The topics.")],
            problems: [.notSynced, .storeUnavailable, .documentsBusy] + ProblemKind.ofUpstream
        )
    }
}

struct FilesBody: Encodable {
    let revision: Int
    let files: [FileBody]
}

extension FilesBody: Described {
    static let schema = Schema.named(
        "Files",
        .object(
            .required("revision", .count, "The revision of the documents that is in force; 0 before the first sync."),
            .required("files", .array(of: FileBody.schema), "The documents.")
        ),
        "The synced documents."
    )

    static let example = FilesBody(revision: 3, files: [.example])
}

struct FileBody: Encodable {
    let filename: String
    let fileID: String
    let sha256: String
    let bytes: Int
    let uploadedAt: String
    let revision: Int

    private enum CodingKeys: String, CodingKey {
        case filename, sha256, bytes, revision
        case fileID = "file_id"
        case uploadedAt = "uploaded_at"
    }
}

extension FileBody {
    init(_ file: IndexedDocument) {
        self.init(
            filename: file.path,
            fileID: file.fileID,
            sha256: file.sha256,
            bytes: file.bytes,
            uploadedAt: file.uploadedAt.timestamp,
            revision: file.revision
        )
    }
}

extension FileBody: Described {
    static let schema = Schema.named(
        "File",
        .object(
            .required("filename", .string, "The document's path below the assets folder."),
            .required("file_id", .string, "The ID of the uploaded file."),
            .required("sha256", .string(pattern: "^[0-9a-f]{64}$"), "The SHA-256 of the content."),
            .required("bytes", .count, "The size of the content."),
            .required("uploaded_at", .dateTime, "When the content was uploaded."),
            .required("revision", .count, "The revision of the documents that introduced this content.")
        ),
        "A synced document."
    )

    static let example = FileBody(
        filename: "leave/annual-leave.md",
        fileID: "file-4f2a",
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        bytes: 5120,
        uploadedAt: "2026-11-02T08:10:00Z",
        revision: 3
    )
}

struct TopicsBody: Encodable {
    let topics: [TopicBody]
}

extension TopicsBody: Described {
    static let schema = Schema.named(
        "Topics",
        .object(.required("topics", .array(of: TopicBody.schema), "The topics, each from another document.")),
        "Topics of the documents."
    )

    static let example = TopicsBody(topics: [.example])
}

struct TopicBody: Encodable {
    let fileID: String
    let filename: String
    let title: String?
    let heading: String
    let question: String

    private enum CodingKeys: String, CodingKey {
        case fileID = "file_id"
        case filename, title, heading, question
    }
}

extension TopicBody {
    init(_ topic: Topic) {
        self.init(
            fileID: topic.fileID,
            filename: topic.path,
            title: topic.title,
            heading: topic.heading,
            question: topic.question
        )
    }
}

extension TopicBody: Described {
    static let schema = Schema.named(
        "Topic",
        .object(
            .required("file_id", .string, "The ID of the uploaded file."),
            .required("filename", .string, "The document's path below the assets folder."),
            .optional("title", .string, "The document's title, if it has one."),
            .required("heading", .string, "The heading."),
            .required("question", .string, "A question that the heading suggests, in the document's language.")
        ),
        "A topic of a document."
    )

    static let example = TopicBody(
        fileID: "file-4f2a",
        filename: "leave/annual-leave.md",
        title: "Annual leave",
        heading: "Carrying leave over",
        question: "What are the rules for carrying leave over?"
    )
}
