internal import NIOCore

/// The form of an upload, whose file is written to the disk as it arrives.
struct UploadForm {
    /// The largest file, which is OpenAI's limit.
    static let maximumFileBytes = 512 * 1024 * 1024
    /// The longest value of a field.
    private static let maximumFieldBytes = 4 * 1024

    /// The name of the file.
    private(set) var filename: String?
    private var fields: [String: String] = [:]
    private var current: MultipartHeaders?
    private var value = ByteBuffer()

    /// Processes an event of the body.
    ///
    /// - Throws: `APIError` if the form is not that of an upload; `Errno`.
    mutating func take(_ event: MultipartParser.Event, into file: IncomingFile) async throws {
        switch event {
        case .part(let headers):
            try begin(headers)
        case .data(let data):
            if current?.name == "file" {
                guard file.bytes + data.readableBytes <= Self.maximumFileBytes else {
                    throw APIError.tooLarge("The file", maximum: Self.maximumFileBytes)
                }
                try await file.write(data)
            } else {
                guard value.readableBytes + data.readableBytes <= Self.maximumFieldBytes else {
                    throw APIError.invalid("Invalid '\(current?.name ?? "")': value too long.", param: current?.name)
                }
                value.writeImmutableBuffer(data)
            }
        case .end:
            if let current, current.name != "file" { fields[current.name] = String(buffer: value) }
            current = nil
        }
    }

    /// The purpose of the file.
    func purpose() throws(APIError) -> UploadedFile.Purpose {
        guard let text = fields["purpose"] else { throw .missing("purpose") }
        guard let purpose = UploadedFile.Purpose(rawValue: text) else {
            let allowed = UploadedFile.Purpose.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw .invalid("'\(text)' is not one of [\(allowed)] - 'purpose'", param: "purpose")
        }
        return purpose
    }

    /// The seconds after which the file expires; nil if it does not expire.
    func lifetime() throws(APIError) -> Int? {
        guard let text = fields["expires_after[seconds]"] else {
            if fields["expires_after[anchor]"] != nil { throw .missing("expires_after[seconds]") }
            return nil
        }
        let anchor = fields["expires_after[anchor]"] ?? ""
        guard anchor == "created_at" else {
            throw .notOneOf("expires_after[anchor]", got: anchor, allowed: ["created_at"])
        }
        let values = try RequestFields(["expires_after[seconds]": Int(text).map(JSONValue.integer) ?? .string(text)])
        return try values.integer("expires_after[seconds]", in: 3_600...2_592_000)
    }

    private mutating func begin(_ headers: MultipartHeaders) throws(APIError) {
        let known = ["file", "purpose", "expires_after[anchor]", "expires_after[seconds]"]
        guard known.contains(headers.name) else { throw .unknown(headers.name) }
        guard fields[headers.name] == nil, headers.name != "file" || filename == nil else {
            throw .invalid("Duplicate parameter: '\(headers.name)'.", param: headers.name)
        }
        if headers.name == "file" {
            guard let name = headers.filename, !name.isEmpty else {
                throw .invalid("Invalid 'file': a file name is required.", param: "file")
            }
            filename = name
        }
        current = headers
        value.clear()
    }
}
