import HTTPClient
import HTTPTypes
import Testing

@testable import LocalEngine

@Suite struct ErrorTests {
    @Test func reportsEveryErrorWithOpenAIsMessage() async throws {
        try await withEngine { engine in
            for wanted in ErrorCase.all {
                let reply = try await engine.send(wanted.method, wanted.path, wanted.body)
                #expect(reply.status == wanted.status)
                #expect(
                    reply.json == [
                        "error": [
                            "message": .string(wanted.message), "type": "invalid_request_error",
                            "param": .optional(wanted.param), "code": .optional(wanted.code),
                        ]
                    ]
                )
                #expect(reply.headers[.init("x-request-id") ?? .accept]?.hasPrefix("req_") == true)
            }
        }
    }

    @Test(arguments: ["", "Basic abc", "Bearer", "Bearer  ", "sk-local"])
    func asksForAKey(authorization: String) async throws {
        try await withEngine { engine in
            let headers: HTTPFields = authorization.isEmpty ? [:] : [.authorization: authorization]
            for path in ["files", "nothing"] {
                let reply = try await engine.send(.get, path, headers: headers)
                #expect(reply.status == 401)
                #expect(reply.code == "invalid_api_key")
                #expect(reply.headers[.wwwAuthenticate] != nil)
                #expect(reply.headers[.init("x-request-id") ?? .accept] != nil)
            }
        }
    }

    @Test(arguments: [
        "", "{\"model\": ", "[]", "\"x\"", "{\"a\": 1}}", "\u{FEFF}nonsense", String(repeating: "[", count: 100_000),
    ])
    func refusesBodiesThatAreNoJSONObject(body: String) async throws {
        try await withEngine { engine in
            let headers: HTTPFields = [.authorization: "Bearer k", .contentType: "application/json"]
            let reply = try await engine.send(.post, "responses", headers, .bytes(Array(body.utf8)))
            #expect(reply.status == 400)
            #expect(reply.message?.hasPrefix("We could not parse the JSON body") == true)
        }
    }

    @Test func refusesBodiesThatAreTooLarge() async throws {
        try await withEngine { engine in
            let reply = try await engine.post(
                "conversations",
                ["metadata": ["a": .string(String(repeating: "x", count: 25 << 20))]]
            )
            #expect(reply.status == 413)
            #expect(reply.message?.contains("too large") == true)
            #expect(try await engine.get("models").status == 200)
        }
    }

    @Test func boundsMetadataAndAttributes() async throws {
        try await withEngine { engine in
            let long = String(repeating: "x", count: 513)
            let many = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<17).map { ("k\($0)", "v") }))
            let bad: [JSONValue] = [["a": .string(long)], [String(repeating: "k", count: 65): "v"].json, many, "x"]
            let file = try await engine.upload("a.md", "x").id
            let store = try await engine.post("vector_stores").id
            for value in bad {
                #expect(try await engine.post("conversations", ["metadata": value]).status == 400)
                let attach: JSONValue = ["file_id": .string(file), "attributes": value]
                #expect(try await engine.post("vector_stores/\(store)/files", attach).status == 400)
            }
            let fits = JSONValue.object(
                Dictionary(
                    uniqueKeysWithValues: (0..<16).map {
                        ("k\($0)", .string(String(repeating: "\u{1F600}", count: 512)))
                    }
                )
            )
            #expect(try await engine.post("conversations", ["metadata": fits]).status == 200)
        }
    }

    @Test func listsTheModelsWithoutAnEnd() async throws {
        try await withEngine { engine in
            let models = try await engine.get("models")
            #expect(models.ids == ["gpt-6-luna"])
            #expect(models.list[0]["shutdown_date"] == JSONValue.null)
            #expect(try await engine.get("models/gpt-6-luna").json == models.list[0])
        }
    }
}
