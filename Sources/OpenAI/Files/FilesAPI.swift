import HTTPClient

/// Uploaded files: `/files`.
public struct FilesAPI: Sendable {
    let transport: Transport

    /// Uploads a file, streaming it from disk.
    ///
    /// Every call makes a new file, also if the same was uploaded before; after an error, whether it exists can only be
    /// learnt by listing.
    ///
    /// - Parameters:
    ///   - path: Where the file lies.
    ///   - filename: The name it gets. Its extension decides how it is read, so it needs one.
    ///   - purpose: What it is for.
    /// - Returns: The new file.
    /// - Throws: ``OpenAIError``; code `fileUnreadable` if the file cannot be read.
    public func upload(
        path: String,
        filename: String,
        purpose: FilePurpose = .assistants
    ) async throws(OpenAIError) -> OpenAIFile {
        try await upload(.file(path: path, filename: filename), purpose)
    }

    /// Uploads a file that is open already, streaming it from disk.
    ///
    /// What is sent is the file that was opened, whatever has its path by then.
    ///
    /// - Parameters:
    ///   - descriptor: A descriptor of a regular file, open for reading. It stays the caller's to close, and is not used
    ///     after the call has returned.
    ///   - filename: The name it gets. Its extension decides how it is read, so it needs one.
    ///   - purpose: What it is for.
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

    private func upload(
        _ content: MultipartPart.Content,
        _ purpose: FilePurpose
    ) async throws(OpenAIError) -> OpenAIFile {
        // Servers that read the form as it comes must know the purpose before the bytes.
        let form = [
            MultipartPart(name: "purpose", content: .text(purpose.rawValue)),
            MultipartPart(name: "file", content: content),
        ]
        return try await transport.value(.post("files", body: .multipart(form)))
    }

    /// One page of the files.
    ///
    /// - Throws: ``OpenAIError``
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

    /// What the API knows of a file.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String) async throws(OpenAIError) -> OpenAIFile {
        try await transport.value(.get("files", id))
    }

    /// Deletes a file, and takes it out of all vector stores.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("files", id))
    }
}
