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
        code =
            (try? fields.decode(String.self, forKey: .code))
            ?? (try? fields.decode(Int.self, forKey: .code)).map(String.init)
        type = try? fields.decode(String.self, forKey: .type)
        param = try? fields.decode(String.self, forKey: .param)
        message = try? fields.decode(String.self, forKey: .message)
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
