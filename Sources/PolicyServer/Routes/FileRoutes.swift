internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /files`: the synced documents; `GET /files/{file_id}/content`: a document's text; `GET /topics`: questions that
/// their headings suggest.
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

    /// Responds with a document's text, never its bytes, so that a browser executes nothing of it.
    @Sendable private func content(_ request: Request, _ context: APIContext) async throws -> Response {
        let document = try await assistant.library.document(ofFile: context.value(of: Self.fileID))
        let asMarkdown = request.accepts("text/markdown")
        // The content of an uploaded file never changes.
        let headers: HTTPFields = [
            .contentType: asMarkdown ? Self.markdown : Self.plainText,
            .eTag: "\"\(document.sha256)\(asMarkdown ? ".markdown" : "")\"",
            .cacheControl: "private, no-cache", .vary: "accept",
        ]
        guard !request.matches(headers[.eTag] ?? "") else { return Response(status: .notModified, headers: headers) }
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
