internal import CCurl
internal import HTTPTypes

/// A request's body for libcurl, with the objects that have to outlive the transfer.
enum RequestContent {
    /// No body, or bytes that libcurl has copied.
    case copied
    case file(RequestFile)
    case form(MimeForm)
    case stream(RequestStream)

    /// Creates the content, and sets it on the handle.
    init(_ request: CheckedRequest, for easy: borrowing EasyHandle) throws(HTTPClientError) {
        switch request.body {
        case .none:
            switch request.method {
            case .head: try easy.set(CURLOPT_NOBODY, to: true)
            case .post, .put, .patch: try Self.post([], to: easy)
            default: try easy.set(CURLOPT_HTTPGET, to: true)
            }
            self = .copied
        case .bytes(let bytes):
            try Self.post(bytes, to: easy)
            self = .copied
        case .file(let path):
            let file = try RequestFile(path: path)
            try easy.set(CURLOPT_POST, to: true)
            try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, toSize: file.size)
            try easy.setSource(file)
            self = .file(file)
        case .multipart(let parts):
            let form = try MimeForm(parts, for: easy)
            try easy.set(CURLOPT_MIME_OPTIONS, to: Int(CURLMIMEOPT_FORMESCAPE))
            try easy.set(form)
            self = .form(form)
        case .streamed(let body):
            let stream = RequestStream(body)
            try easy.set(CURLOPT_POST, to: true)
            try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, toSize: -1)
            try easy.setSource(stream)
            self = .stream(stream)
        }
        // The method last: each of the options above sets its own.
        if request.method != .head { try easy.set(CURLOPT_CUSTOMREQUEST, to: request.method.rawValue) }
    }

    /// The error of the file that could not be read, if any.
    var failure: HTTPClientError? {
        switch self {
        case .copied, .stream: nil
        case .file(let file): file.failure
        case .form(let form): form.files.lazy.compactMap(\.failure).first
        }
    }

    private static func post(_ bytes: [UInt8], to easy: borrowing EasyHandle) throws(HTTPClientError) {
        try easy.set(CURLOPT_POST, to: true)
        // The size first: without it libcurl copies up to the first NUL.
        try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, toSize: bytes.count)
        try easy.set(CURLOPT_COPYPOSTFIELDS, toCopyOf: bytes)
    }
}
