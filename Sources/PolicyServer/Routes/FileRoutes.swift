internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import PolicyAssistant

/// `GET /files`: the tracked documents; `GET /files/{file_id}/content`: the text of one; `GET /topics`: what some of them
/// are about.
struct FileRoutes: Sendable {
    let assistant: Assistant

    func add(to router: Router<APIContext>) {
        router.route("files", [.get: list])
        router.route("files/:file_id/content", [.get: content])
        router.route("topics", [.get: topics])
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        async let corpus = assistant.files.corpus()
        let files = try await assistant.files.files()
        return .json(FilesBody(revision: try await corpus?.revision ?? 0, files: files.map(FileBody.init)))
    }

    /// Shows a document's text, never its bytes: a browser that is led here runs nothing of it.
    @Sendable private func content(_ request: Request, _ context: APIContext) async throws -> Response {
        let text = try await assistant.library.text(ofFile: context.pathParameter("file_id"))
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    @Sendable private func topics(_ request: Request, _ context: APIContext) async throws -> Response {
        .json(["topics": try await assistant.library.topics().map(TopicBody.init)])
    }
}

private struct TopicBody: Encodable {
    let fileID: String
    let filename: String
    let title: String?
    let heading: String

    init(_ topic: Topic) {
        fileID = topic.fileID
        filename = topic.path
        title = topic.title
        heading = topic.heading
    }
}

private struct FilesBody: Encodable {
    let revision: Int
    let files: [FileBody]
}

private struct FileBody: Encodable {
    let filename: String
    let fileID: String
    let sha256: String
    let bytes: Int
    let uploadedAt: String
    let revision: Int

    init(_ file: TrackedFile) {
        filename = file.path
        fileID = file.fileID
        sha256 = file.sha256
        bytes = file.bytes
        uploadedAt = file.uploadedAt
        revision = file.revision
    }
}
