internal import FoundationEssentials

/// Images that a model makes: `/images/generations`.
public struct ImagesAPI: Sendable {
    let transport: Transport

    /// Makes an image, and returns its bytes.
    ///
    /// A call without a response is repeated, one with a response is not, as each image costs money.
    ///
    /// - Throws: ``OpenAIError``, with the code `invalidRequest` if the model refuses, and `malformedAnswer` for a response
    ///   without an image.
    public func generate(_ request: ImageRequest) async throws(OpenAIError) -> [UInt8] {
        var call = APICall.post("images", "generations", json: try WireJSON.encode(request))
        call.hasIDs = false
        call.repeatability = .untilAnswered
        let images = try await transport.value(call, as: Images.self)
        guard let text = images.data.first?.base64, let data = Data(base64Encoded: text), !data.isEmpty else {
            throw OpenAIError(.malformedAnswer)
        }
        return Array(data)
    }

    private struct Images: Decodable {
        let data: [Image]

        struct Image: Decodable {
            let base64: String?

            private enum CodingKeys: String, CodingKey {
                case base64 = "b64_json"
            }
        }
    }
}

/// The fields of an image to make.
public struct ImageRequest: Sendable, Hashable, Encodable {
    /// The model's ID.
    public var model: String
    /// What the image shows.
    public var prompt: String
    /// The width and the height in pixels, such as `1024x1024`.
    public var size: String
    /// The quality of the JPEG, from 0 to 100.
    public var compression: Int

    /// Creates a request of one JPEG.
    public init(model: String, prompt: String, size: String, compression: Int) {
        self.model = model
        self.prompt = prompt
        self.size = size
        self.compression = compression
    }

    /// Encodes the fields, the number of images and their format included.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(model, forKey: .model)
        try fields.encode(prompt, forKey: .prompt)
        try fields.encode(size, forKey: .size)
        try fields.encode(compression, forKey: .compression)
        try fields.encode("jpeg", forKey: .format)
        try fields.encode(1, forKey: .count)
    }

    private enum CodingKeys: String, CodingKey {
        case model, prompt, size
        case compression = "output_compression"
        case format = "output_format"
        case count = "n"
    }
}
