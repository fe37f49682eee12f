/// The error object of the API, in whichever of its shapes it comes.
struct ErrorDetail: Decodable {
    var code: String?
    var type: String?
    var param: String?
    var message: String?

    private enum CodingKeys: CodingKey {
        case code, type, param, message, detail
    }

    /// Creates a detail of which only the text is known.
    init(message: String) {
        self.message = message
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        // Compatible servers put numbers, and worse, where the API has strings.
        let number = (try? fields.decode(Int.self, forKey: .code)).map(String.init)
        code = (try? fields.decode(String.self, forKey: .code)).flatMap(\.asErrorLabel) ?? number
        type = (try? fields.decode(String.self, forKey: .type)).flatMap(\.asErrorLabel)
        param = (try? fields.decode(String.self, forKey: .param)).flatMap(\.asErrorLabel)
        // FastAPI, in which many compatible servers are written, has its text in `detail`.
        message =
            (try? fields.decode(String.self, forKey: .message)) ?? (try? fields.decode(String.self, forKey: .detail))
    }
}

extension String {
    /// The text if it is a label such as `invalid_request_error` or `tools[0].type`; nil for any other text.
    ///
    /// Labels stand in log lines. A server that puts a sentence, a question or a key where the API has a label would
    /// write that into the log, so a label has at most 64 letters, digits, and the characters `_.-[]` of ASCII, and does
    /// not begin like an API key.
    var asErrorLabel: String? {
        let isLabel = utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "["), UInt8(ascii: "]"):
                true
            default:
                false
            }
        }
        return isLabel && (1...64).contains(utf8.count) && !hasPrefix("sk-") ? self : nil
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
