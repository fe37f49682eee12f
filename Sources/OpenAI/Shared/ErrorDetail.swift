/// The API's error object, in each of its forms.
struct ErrorDetail: Decodable {
    var code: String?
    var type: String?
    var param: String?
    var message: String?

    private enum CodingKeys: CodingKey {
        case code, type, param, message, detail
    }

    /// Creates a detail with a message only.
    init(message: String) {
        self.message = message
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        // Some compatible servers have numbers, and other types, where the API has strings.
        let number = (try? fields.decode(Int.self, forKey: .code)).map(String.init)
        code = (try? fields.decode(String.self, forKey: .code)).flatMap(\.asErrorLabel) ?? number
        type = (try? fields.decode(String.self, forKey: .type)).flatMap(\.asErrorLabel)
        param = (try? fields.decode(String.self, forKey: .param)).flatMap(\.asErrorLabel)
        // FastAPI, on which many compatible servers are based, has its message in `detail`.
        message =
            (try? fields.decode(String.self, forKey: .message)) ?? (try? fields.decode(String.self, forKey: .detail))
    }
}

extension String {
    /// The text if it is a label such as `invalid_request_error` or `tools[0].type`; nil for any other text.
    ///
    /// Labels are logged, and a server may have a sentence, a question or a key where the API has a label. So a label
    /// has at most 64 ASCII letters, digits and characters of `_.-[]`, and does not start like an API key.
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

/// The body of an error response: `{"error":{…}}`, `{"error":"…"}`, or the bare error object.
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
