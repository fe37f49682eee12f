/// The error object of the API, in whichever of its shapes it comes.
struct ErrorDetail: Decodable {
    var code: String?
    var type: String?
    var param: String?
    var message: String?

    private enum CodingKeys: CodingKey {
        case code, type, param, message
    }

    /// Creates a detail of which only the text is known.
    init(message: String) {
        self.message = message
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        // Compatible servers put numbers, and worse, where the API has strings.
        let number = (try? fields.decode(Int.self, forKey: .code)).map(String.init)
        code = (try? fields.decode(String.self, forKey: .code)).map(Self.label) ?? number
        type = (try? fields.decode(String.self, forKey: .type)).map(Self.label)
        param = (try? fields.decode(String.self, forKey: .param)).map(Self.label)
        message = try? fields.decode(String.self, forKey: .message)
    }

    /// The text as a log line can carry it, whoever wrote it.
    private static func label(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(128).filter { (0x20...0x7E).contains($0.value) }))
    }
}

/// The body of an answer that reports an error: `{"error":{…}}`, `{"error":"…"}`, or the bare error object.
struct ErrorEnvelope: Decodable {
    let detail: ErrorDetail

    private enum CodingKeys: CodingKey {
        case error
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        if let detail = try? fields.decode(ErrorDetail.self, forKey: .error) {
            self.detail = detail
        } else if let message = try? fields.decode(String.self, forKey: .error) {
            detail = ErrorDetail(message: message)
        } else {
            detail = try ErrorDetail(from: decoder)
        }
    }
}
