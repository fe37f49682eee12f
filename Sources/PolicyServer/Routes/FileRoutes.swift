internal import Hummingbird
internal import PolicyAssistant

/// `GET /files`: the tracked documents.
struct FileRoutes: Sendable {
    let assistant: Assistant

    func add(to router: Router<APIContext>) {
        router.route("files", [.get: list])
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        async let corpus = assistant.files.corpus()
        let files = try await assistant.files.files()
        return .json(FilesBody(revision: try await corpus?.revision ?? 0, files: files.map(FileBody.init)))
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
