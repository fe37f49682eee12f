import HTTPClient
import OpenAI
import Testing

@Suite struct OpenAIConfigurationTests {
    @Test(arguments: ["", " ", "sk-a\nX-Evil: 1", "sk a", "sk-ü"])
    func refusesAKeyThatNoHeaderCanHold(_ key: String) throws {
        try expectRefusal(OpenAIConfiguration(apiKey: key))
        try expectRefusal(OpenAIConfiguration(apiKey: "sk", organization: key))
        try expectRefusal(OpenAIConfiguration(apiKey: "sk", project: key))
    }

    @Test func rejectsAnInvalidBaseURL() throws {
        try expectRefusal(OpenAIConfiguration(baseURL: "api.openai.com", apiKey: "sk"))
    }

    @Test(
        arguments: [
            ("https://api.openai.com/v1", nil, false), ("http://127.0.0.1:8787/v1", nil, false),
            ("http://models.example.com/v1", nil, true), ("http://models.example.com/v1", "/run/engine.sock", false),
            ("nonsense", nil, false),
        ] as [(String, String?, Bool)]
    )
    func knowsWhatGoesUnencryptedOverANetwork(_ url: String, _ socket: String?, _ isPlaintext: Bool) {
        let configuration = OpenAIConfiguration(baseURL: url, apiKey: "sk", unixSocketPath: socket)
        #expect(configuration.isPlaintextRemote == isPlaintext)
    }

    @Test func hidesTheKeyInEveryDescription() {
        let configuration = OpenAIConfiguration(apiKey: "sk-secret")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("sk-secret"))
        }
    }

    @Test func hidesTheKeyOfAClient() throws {
        let client = try OpenAIClient(configuration: OpenAIConfiguration(apiKey: "sk-secret"), http: HTTPClient())
        var dumped = ""
        dump(client.files, to: &dumped)
        for text in ["\(client)", String(reflecting: client), dumped] {
            #expect(!text.contains("sk-secret"))
        }
    }

    private func expectRefusal(_ configuration: OpenAIConfiguration) throws {
        let http = try HTTPClient()
        let error = #expect(throws: OpenAIError.self) { try OpenAIClient(configuration: configuration, http: http) }
        #expect(error?.code == .invalidConfiguration)
    }
}
