private import Foundation

/// The server of a model, and the limits of a request to it.
public struct ChatCompletionsConfiguration: Sendable {
    /// The base URL, such as `http://127.0.0.1:11434/v1`; requests go to `/chat/completions` below it.
    public var baseURL: String
    /// The name of the model, as the server knows it.
    public var model: String
    /// The API key, a secret; nil for a server that requires none.
    public var apiKey: String?
    /// The time for name resolution, connection and TLS handshake.
    public var connectTimeout: Duration

    /// Creates a configuration.
    public init(baseURL: String, model: String, apiKey: String? = nil, connectTimeout: Duration = .seconds(5)) {
        self.baseURL = baseURL
        self.model = model
        self.apiKey = apiKey
        self.connectTimeout = connectTimeout
    }
}

extension ChatCompletionsConfiguration: CustomStringConvertible, CustomReflectable {
    /// The model, without the URL and the key.
    public var description: String { "model \(model)" }

    /// A mirror with the description only, so that `dump` does not print the key.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}

/// The parts of a base URL that requests consist of.
struct ChatCompletionsURL: Sendable {
    let scheme: String
    let authority: String
    let path: String

    /// Reads a base URL.
    ///
    /// - Throws: ``ChatCompletionError`` with the code `invalidConfiguration`, whose detail does not repeat the URL.
    init(_ text: String) throws(ChatCompletionError) {
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false),
            let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.percentEncodedHost, !host.isEmpty, parts.port.map((1...65_535).contains) ?? true
        else {
            throw .invalid("is not a URL such as http://127.0.0.1:11434/v1")
        }
        guard parts.user == nil, parts.password == nil else {
            throw .invalid("contains credentials; the API key is a setting of its own")
        }
        guard parts.query == nil, parts.fragment == nil else { throw .invalid("has a query or a fragment") }
        let prefix = parts.percentEncodedPath
        guard !prefix.hasSuffix("/chat/completions") else {
            throw .invalid("ends with /chat/completions, which the program appends itself")
        }
        self.scheme = scheme
        authority = host.lowercased() + (parts.port.map { ":\($0)" } ?? "")
        path = String(prefix.reversed().drop { $0 == "/" }.reversed()) + "/chat/completions"
    }
}

extension ChatCompletionsConfiguration {
    /// Checks the URL, the model and the key.
    ///
    /// - Throws: ``ChatCompletionError`` with the code `invalidConfiguration`, whose detail repeats no value.
    public func validate() throws(ChatCompletionError) {
        _ = try ChatCompletionsURL(baseURL)
        guard !model.isEmpty else { throw .invalid("names no model") }
        guard apiKey?.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) ?? true else {
            throw .invalid("has a key with blanks or characters beyond ASCII")
        }
    }
}
