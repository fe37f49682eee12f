internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /files`: the tracked documents; `GET /files/{file_id}/content`: the text of one; `GET /topics`: what some of them
/// are about.
struct FileRoutes: Sendable {
    let assistant: Assistant

    static let plainText = "text/plain; charset=utf-8"
    static let markdown = "text/markdown; charset=utf-8"

    var routes: [Route] {
        [
            Route(listing, list),
            Route(reading, content),
            Route(suggesting, topics),
        ]
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        async let corpus = assistant.files.corpus()
        let files = try await assistant.files.documents()
        return try .json(FilesBody(revision: try await corpus?.revision ?? 0, files: files.map(FileBody.init)))
    }

    /// Shows a document's text, never its bytes: a browser that is led here runs nothing of it.
    @Sendable private func content(_ request: Request, _ context: APIContext) async throws -> Response {
        let document = try await assistant.library.document(ofFile: context.value(of: Self.fileID))
        let asMarkdown = request.accepts("text/markdown")
        // A file's content never changes, nor does what was read from it.
        let headers: HTTPFields = [
            .contentType: asMarkdown ? Self.markdown : Self.plainText,
            .eTag: "\"\(document.sha256)\(asMarkdown ? ".markdown" : "")\"",
            .cacheControl: "private, no-cache", .vary: "accept",
        ]
        guard !request.knows(headers[.eTag] ?? "") else { return Response(status: .notModified, headers: headers) }
        return try .text(
            try await assistant.library.text(of: document, asMarkdown: asMarkdown),
            to: request,
            headers: headers
        )
    }

    @Sendable private func topics(_ request: Request, _ context: APIContext) async throws -> Response {
        try .json(TopicsBody(topics: await assistant.library.topics().map(TopicBody.init)))
    }
}
