internal import PolicyAssistant

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
        "The tracked documents."
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
            uploadedAt: file.uploadedAt,
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
            .required("uploaded_at", .moment, "When the content was uploaded."),
            .required("revision", .count, "The revision of the documents in which this content appeared.")
        ),
        "A document that is uploaded and answered from."
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
        .object(.required("topics", .array(of: TopicBody.schema), "Some headings of different documents.")),
        "What some of the documents are about."
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
            .optional("title", .string, "The document's title, where it has one."),
            .required("heading", .string, "The heading."),
            .required("question", .string, "A question that the heading suggests, in the document's language.")
        ),
        "Something that a document tells about."
    )

    static let example = TopicBody(
        fileID: "file-4f2a",
        filename: "leave/annual-leave.md",
        title: "Annual leave",
        heading: "Carrying leave over",
        question: "What are the rules for carrying leave over?"
    )
}
