internal import Hummingbird
internal import NIOCore

/// The routes of `/v1/files`.
struct FileRoutes: Sendable {
    let files: FileRepository

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.on(.post, "files") { request, _ in try await upload(request).json }
        builder.on(.get, "files") { request, _ in
            let purpose = request.uri.queryParameters["purpose"].map(String.init)
            let page = try await files.list(request.page(limit: 10_000, maximum: 10_000), purpose: purpose)
            return page.list(id: \.id, \.json)
        }
        builder.on(.get, "files/:file") { _, context in
            try await files.file(context.id("file")).json
        }
        builder.on(.delete, "files/:file") { _, context -> JSONValue in
            let id = try context.id("file")
            try await files.delete(id)
            return ["id": .string(id), "object": "file", "deleted": true]
        }
        builder.on(.get, "files/:file/content") { _, context in
            let file = try await files.file(context.id("file"))
            return Response(
                status: .ok,
                headers: [.contentType: "application/octet-stream"],
                body: try await FileIO().loadFile(path: files.folder.path(of: file.id), context: context)
            )
        }
    }

    private func upload(_ request: Request) async throws -> UploadedFile {
        let type = HeaderParameters(request.headers[.contentType] ?? "")
        guard type.value.lowercased() == "multipart/form-data", let boundary = type["boundary"],
            (1...70).contains(boundary.utf8.count)
        else {
            throw APIError.invalid("Invalid Content-Type: expected 'multipart/form-data' with a boundary.")
        }
        return try await files.folder.withIncomingFile { file in
            let form = try await read(request.body, boundary: boundary, into: file)
            guard let filename = form.filename else { throw APIError.missing("file") }
            let (purpose, lifetime) = (try form.purpose(), try form.lifetime())
            guard file.bytes > 0 else { throw APIError.invalid("File is empty.", param: "file", code: "empty_file") }
            return try await files.keep(file, filename: filename, purpose: purpose, lifetime: lifetime)
        }
    }

    private func read(_ body: RequestBody, boundary: String, into file: IncomingFile) async throws -> UploadForm {
        var form = UploadForm()
        var parser = MultipartParser(boundary: boundary)
        do {
            for try await piece in body {
                for event in try parser.feed(piece) { try await form.take(event, into: file) }
            }
            try parser.finish()
        } catch let error as MultipartError {
            throw APIError.invalid(error.message)
        }
        return form
    }
}
