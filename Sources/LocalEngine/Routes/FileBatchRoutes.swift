internal import Hummingbird

/// The routes of `/v1/vector_stores/{id}/file_batches`.
struct FileBatchRoutes: Sendable {
    /// The maximum number of files of a batch.
    private static let maximumFiles = 2000

    let batches: FileBatchRepository

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.on(.post, "vector_stores/:store/file_batches") { request, context in
            let body = try await request.fields(known: ["file_ids", "files", "attributes", "chunking_strategy"])
            return try await batches.create(attachments(body), in: context.id("store")).json
        }
        builder.on(.get, "vector_stores/:store/file_batches/:batch") { _, context in
            try await batches.batch(context.id("batch"), in: context.id("store")).json
        }
        builder.on(.post, "vector_stores/:store/file_batches/:batch/cancel") { _, context in
            try await batches.cancel(context.id("batch"), in: context.id("store")).json
        }
        builder.on(.get, "vector_stores/:store/file_batches/:batch/files") { request, context in
            let (page, status) = (try request.page(before: true), try request.statusFilter())
            return
                try await batches
                .files(page, of: context.id("batch"), in: context.id("store"), status: status)
                .list(id: \.fileID, \.json)
        }
    }

    /// Reads `file_ids`, which share attributes and chunking, or `files`, which have their own.
    private func attachments(_ body: RequestFields) throws(APIError) -> [Attachment] {
        let fileIDs = try body.strings("file_ids", minimum: 1, maximum: Self.maximumFiles)
        let files = try body.elements("files", minimum: 1, maximum: Self.maximumFiles)
        switch (fileIDs, files) {
        case (let fileIDs?, nil):
            let shared = (attributes: try body.attributes() ?? [:], chunking: try body.chunking() ?? .automatic)
            return fileIDs.map { Attachment(fileID: $0, attributes: shared.attributes, chunking: shared.chunking) }
        case (nil, let files?):
            for key in ["attributes", "chunking_strategy"] where body.value(key) != nil {
                throw .exclusive("files", key)
            }
            var attachments: [Attachment] = []
            for (value, param) in files {
                attachments.append(try Attachment(RequestFields(value, at: param, known: Attachment.fields)))
            }
            return attachments
        case (.some, .some):
            throw .exclusive("file_ids", "files")
        case (nil, nil):
            throw .missing("file_ids")
        }
    }
}
