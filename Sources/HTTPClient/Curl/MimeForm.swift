internal import CCurl

/// A `multipart/form-data` body, which libcurl encodes as it is sent; callbacks read the files of its parts.
@safe
final class MimeForm {
    let raw: OpaquePointer
    /// The files of the parts, which libcurl does not retain.
    private(set) var files: [RequestFile] = []

    init(_ parts: [MultipartPart], for easy: borrowing EasyHandle) throws(HTTPClientError) {
        guard let raw = unsafe curl_mime_init(easy.raw) else { throw Self.noMemory }
        unsafe self.raw = raw
        for part in parts { try add(part) }
    }

    deinit { unsafe curl_mime_free(raw) }

    private func add(_ part: MultipartPart) throws(HTTPClientError) {
        guard let target = unsafe curl_mime_addpart(raw) else { throw Self.noMemory }
        try unsafe check(curl_mime_name(target, part.name))
        switch part.content {
        case .text(let text):
            try unsafe Self.fill(target, with: Array(text.utf8))
        case .bytes(let bytes, let filename, let contentType):
            try unsafe Self.fill(target, with: bytes)
            try unsafe Self.describe(target, filename: filename, contentType: contentType)
        case .file(let path, let filename, let contentType):
            try unsafe read(RequestFile(path: path), into: target)
            try unsafe Self.describe(target, filename: filename, contentType: contentType)
        case .openedFile(let file, let filename, let contentType):
            try unsafe read(RequestFile(file), into: target)
            try unsafe Self.describe(target, filename: filename, contentType: contentType)
        }
    }

    /// Has libcurl read a part from a file.
    private func read(_ file: RequestFile, into part: OpaquePointer) throws(HTTPClientError) {
        files.append(file)
        try unsafe check(
            curl_mime_data_cb(part, curl_off_t(file.size), readRequestFile, seekRequestFile, nil, file.context)
        )
    }

    /// Has libcurl copy the bytes of a part.
    private static func fill(_ part: OpaquePointer, with bytes: [UInt8]) throws(HTTPClientError) {
        // The address of an empty array may be nil, which means "no content" to libcurl.
        let code = unsafe (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { address in
            unsafe curl_mime_data(part, address.bindMemory(to: CChar.self).baseAddress, bytes.count)
        }
        try check(code)
    }

    private static func describe(
        _ part: OpaquePointer,
        filename: String,
        contentType: String
    ) throws(HTTPClientError) {
        try unsafe check(curl_mime_filename(part, filename))
        try unsafe check(curl_mime_type(part, contentType))
    }

    private static var noMemory: HTTPClientError { HTTPClientError(.failed, "no memory for the form") }
}
