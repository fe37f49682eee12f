import HTTPClient

/// Uploaded files: `/files`.
public struct FilesAPI: Sendable {
    let transport: Transport

    /// Uploads a file, streaming it from disk.
    ///
    /// Each call creates a new file; after an error, only a list shows whether it exists.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - filename: The name of the uploaded file. The API reads the file according to the name's extension.
    ///   - purpose: Its purpose.
    /// - Returns: The new file.
    /// - Throws: ``OpenAIError``; code `fileUnreadable` if the file cannot be read.
    public func upload(
        path: String,
        filename: String,
        purpose: FilePurpose = .assistants
    ) async throws(OpenAIError) -> OpenAIFile {
        try await upload(.file(path: path, filename: filename), purpose)
    }

    /// Uploads an open file, streaming it from disk.
    ///
    /// The opened file is sent even if its path refers to another file by then.
    ///
    /// - Parameters:
    ///   - descriptor: A descriptor of a regular file, open for reading. The caller closes it; it is not used after
    ///     the call has returned.
    ///   - filename: The name of the uploaded file. The API reads the file according to the name's extension.
    ///   - purpose: Its purpose.
    /// - Returns: The new file.
    /// - Throws: ``OpenAIError``; code `fileUnreadable` if the file cannot be read, or changes while it is sent.
    public func upload(
        descriptor: CInt,
        filename: String,
        purpose: FilePurpose = .assistants
    ) async throws(OpenAIError) -> OpenAIFile {
        let file: OpenedFile
        do throws(HTTPClientError) {
            file = try OpenedFile(duplicating: descriptor)
        } catch {
            throw OpenAIError(.fileUnreadable)
        }
        return try await upload(.openedFile(file, filename: filename), purpose)
    }

    /// Uploads a file that is in memory.
    ///
    /// - Throws: ``OpenAIError``; after a lost response the file may exist all the same.
    public func upload(
        _ bytes: [UInt8],
        filename: String,
        purpose: FilePurpose = .assistants
    ) async throws(OpenAIError) -> OpenAIFile {
        try await upload(.bytes(bytes, filename: filename), purpose)
    }

    private func upload(
        _ content: MultipartPart.Content,
        _ purpose: FilePurpose
    ) async throws(OpenAIError) -> OpenAIFile {
        // Servers that stream the form need the purpose before the bytes.
        let form = [
            MultipartPart(name: "purpose", content: .text(purpose.rawValue)),
            MultipartPart(name: "file", content: content),
        ]
        return try await transport.value(.post("files", body: .multipart(form)))
    }

    /// One page of the files.
    public func list(
        purpose: FilePurpose? = nil,
        limit: Int? = nil,
        order: ListOrder? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<OpenAIFile> {
        let query = .list(limit: limit, order: order, after: after) + [("purpose", purpose?.rawValue)]
        return try await transport.value(.get("files", query: query))
    }

    /// All files, newest first.
    public func all(purpose: FilePurpose? = nil) -> PagedSequence<OpenAIFile> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await list(purpose: purpose, limit: 1_000, after: cursor)
        }
    }

    /// Retrieves a file.
    public func retrieve(_ id: String) async throws(OpenAIError) -> OpenAIFile {
        try await transport.value(.get("files", id))
    }

    /// Deletes a file, and removes it from all vector stores.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("files", id))
    }
}
