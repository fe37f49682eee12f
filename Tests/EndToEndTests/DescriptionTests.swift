import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite struct DescriptionTests {
    private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]

    private func describing(
        settings: [String: String] = [:],
        _ body: (Installation, API, Description) async throws -> Void
    ) async throws {
        try await withSyncedInstallation(settings: settings) { installation, _ in
            try await installation.servingHere { api in
                try await body(installation, api, Description(try await api.send(.get, "/openapi.json").body))
            }
        }
    }

    @Test func namesTheServersURL() async throws {
        struct Document: Decodable {
            struct Server: Decodable { let url: String }
            let servers: [Server]
        }
        for (settings, url) in [
            ([:], "."), (["PUBLIC_URL": "https://intranet.example/assistant/"], "https://intranet.example/assistant"),
        ] {
            try await withInstallation(settings: settings) { installation, _ in
                let text = try await installation.run(["openapi"]).output
                #expect(try JSONDecoder().decode(Document.self, from: Data(text.utf8)).servers.map(\.url) == [url])
            }
        }
    }

    @Test func servesExactlyTheDescribedOperations() async throws {
        try await describing { _, api, description in
            #expect(description.operations.count > 12)
            for path in Set(description.operations.map(\.path)) {
                let operations = description.operations.filter { $0.path == path }
                let examplePath = try #require(operations.first?.examplePath)
                for method in Self.methods {
                    let reply = try await api.send(method, examplePath)
                    guard let operation = operations.first(where: { $0.method == method }) else {
                        #expect(reply.status == 405, "\(method) \(path)")
                        let allowed = reply.headers[.allow]?.split(separator: ", ").map(String.init) ?? []
                        #expect(Set(allowed).subtracting(["HEAD"]) == Set(operations.map(\.method.rawValue)))
                        continue
                    }
                    #expect(description.violations(of: reply, to: operation) == [])
                }
            }
            #expect(try await api.send(.get, "/nothing").status == 404)
        }
    }

    @Test func responsesToExamplesMatchTheirSchemas() async throws {
        try await describing { _, api, description in
            let asking = try #require(description.operations.first { $0.path == "/chat" })
            #expect(asking.exampleBodies.count == 2)
            for body in asking.exampleBodies {
                let reply = try await api.send(.post, "/chat", body: body)
                #expect(reply.status == 200)
                #expect(description.violations(of: reply, to: asking) == [])
            }
            let saving = try #require(description.operations.first { $0.path == "/roles/{name}" && $0.method == .put })
            let role = try await api.send(.put, saving.examplePath, body: saving.exampleBodies.first)
            #expect(role.status == 201 && description.violations(of: role, to: saving) == [])
            // Now there is a thread, there are turns and a role, and the documents can be named.
            let file = try #require(try await api.send(.get, "/files").decoded(FileList.self).files.first)
            for operation in description.operations where operation.method == .get {
                let path = operation.examplePath.replacing("file-4f2a", with: file.fileId)
                let reply = try await api.send(.get, path)
                if operation.path != "/chat/{turn_id}/events" && operation.path != "/docs/{name}" {
                    #expect(reply.status == 200, "\(path)")
                }
                #expect(description.violations(of: reply, to: operation) == [])
            }
        }
    }

    @Test func everyExampleFitsItsSchema() async throws {
        try await describing { _, _, description in
            let schema = JSONSchema(document: description.document)
            var examples = 0
            for operation in description.operations {
                for parameter in operation.parameters {
                    let rules = try #require(parameter["schema"] as? [String: Any])
                    if let example = parameter["example"] {
                        #expect(schema.violations(of: example, against: rules) == [])
                    }
                }
                for (rules, example) in operation.examples {
                    let values: [Any] = (example as? String).map(Description.events) ?? [example]
                    for value in values { #expect(schema.violations(of: value, against: rules) == []) }
                    examples += 1
                }
            }
            #expect(examples > 50)
        }
    }

    @Test func everyPathParameterIsDescribed() async throws {
        try await describing { _, _, description in
            for operation in description.operations {
                let described = operation.parameters.filter { $0["in"] as? String == "path" }.map {
                    $0["name"] as? String
                }
                #expect(operation.path.matches(of: /{([a-z_]+)}/).map { String($0.1) } == described.compactMap(\.self))
            }
            let names = description.operations.compactMap { $0.fields["operationId"] as? String }
            #expect(Set(names).count == description.operations.count)
        }
    }

    @Test func limitsMatchTheSettings() async throws {
        try await describing(settings: ["MAX_MESSAGE_CHARACTERS": "70"]) { _, api, description in
            let components = description.document["components"] as? [String: [String: [String: Any]]]
            let properties = components?["schemas"]?["Question"]?["properties"] as? [String: [String: Any]]
            #expect(properties?["message"]?["maxLength"] as? Int == 70)
            for (length, status) in [(70, 200), (71, 422)] {
                let message = String(repeating: "é", count: length)
                let reply = try await api.send(.post, "/chat", body: #"{"user_id":"ana","message":"\#(message)"}"#)
                #expect(reply.status == status)
            }
            #expect(properties?["user_id"]?["maxLength"] as? Int == 256)
            for (length, status) in [(256, 200), (257, 422)] {
                let user = String(repeating: "é", count: length)
                let reply = try await api.send(.post, "/chat", body: #"{"user_id":"\#(user)","message":"Leave?"}"#)
                #expect(reply.status == status)
            }
        }
    }

    @Test func describesTheAuthentication() async throws {
        let secret = "a secret that has more than 32 bytes in it"
        for (mode, format) in [("none", nil), ("api-key", "pa_…"), ("jwt", "JWT")] {
            let settings = ["AUTH_MODE": mode, "AUTH_JWT_SECRET": mode == "jwt" ? secret : ""]
            try await describing(settings: settings) { _, api, description in
                let components = description.document["components"] as? [String: [String: [String: Any]]]
                #expect(components?["securitySchemes"]?["bearer"]?["bearerFormat"] as? String == format)
                for operation in description.operations {
                    let security = operation.fields["security"] as? [[String: Any]]
                    let reply = try await api.send(operation.method, operation.examplePath)
                    #expect((reply.status == 401) == (security?.isEmpty == false), "\(operation.path) in mode \(mode)")
                    #expect(description.violations(of: reply, to: operation) == [])
                }
            }
        }
    }

    @Test func commandPrintsTheServersDescription() async throws {
        try await withInstallation(documents: Documents.all) { installation, server in
            let shown = try await installation.servingHere { try await $0.send(.get, "/openapi.json") }
            await server.stop()
            let printed = try await installation.run(["openapi"])
            #expect(printed.status == 0 && printed.errors.isEmpty)
            #expect(printed.output == String(decoding: shown.body, as: UTF8.self) + "\n")
        }
    }

    @Test func isCachedByItsEntityTag() async throws {
        try await describing { _, api, description in
            // The text of a document has a test of its own: it is there only after a sync.
            let content = "/files/{file_id}/content"
            let kept = description.operations.filter { $0.responses["304"] != nil && $0.path != content }
            #expect(Set(kept.map(\.path)) == ["/", "/page/{version}/{name}", "/openapi.json", "/docs", "/docs/{name}"])
            for operation in kept {
                let first = try await api.send(.get, operation.examplePath)
                #expect(first.headers[.contentSecurityPolicy]?.contains("unsafe") == false)
                let tag = try #require(first.headers[.eTag])
                let again = try await api.send(.get, operation.examplePath, headers: [.ifNoneMatch: tag])
                #expect(again.status == 304 && again.body.isEmpty)
                #expect(description.violations(of: again, to: operation) == [])
            }
        }
    }
}
