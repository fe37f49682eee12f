import Foundation
import HTTPTypes
import TestSupport
import Testing

/// The settings of the model: each that is offered takes effect, and each that is not is refused by its name.
@Suite struct ModelSettingsTests {
    private static let models = "gpt-6.2-sol,gpt-4.1-mini,house-model+sampling,plain-model"

    private func ask(_ params: String, at server: API) async throws -> API.Reply {
        try await server.send(.post, "/chat", body: #"{"user_id": "ana", "message": "Q", "params": \#(params)}"#)
    }

    /// The JSON of the newest question upstream.
    private func request(_ upstream: ScriptedOpenAI) throws -> [String: Any] {
        let call = try #require(upstream.calls.last { $0.operation == .createResponse })
        return try #require(try JSONSerialization.jsonObject(with: Data(call.request.body)) as? [String: Any])
    }

    @Test(arguments: UpstreamAPI.allCases)
    func settingsReachTheModel(api: UpstreamAPI) async throws {
        let settings = ["OPENAI_MODELS": Self.models]
        try await withScriptedInstallation(over: api, settings: settings) { installation, upstream, _ in
            try await installation.serving { server in
                #expect(try await ask(#"{"temperature": 0.25, "top_p": 0.5}"#, at: server).status == 200)
                var sent = try request(upstream)
                #expect(sent["temperature"] as? Double == 0.25 && sent["top_p"] as? Double == 0.5)
                #expect(sent["model"] as? String == "gpt-6-luna")

                let body = #"{"model": "gpt-6.2-sol", "effort": "high", "max_output_tokens": 300}"#
                #expect(try await ask(body, at: server).status == 200)
                sent = try request(upstream)
                #expect(sent["model"] as? String == "gpt-6.2-sol")
                let effort = (sent["reasoning"] as? [String: Any])?["effort"] ?? sent["reasoning_effort"]
                #expect(effort as? String == "high")
                #expect((sent["max_output_tokens"] ?? sent["max_completion_tokens"]) as? Int == 300)
                #expect(sent["temperature"] == nil)

                let verbosity = try await ask(#"{"verbosity": "low"}"#, at: server)
                if api == .responses {
                    #expect(verbosity.status == 200)
                    #expect((try request(upstream)["text"] as? [String: Any])?["verbosity"] as? String == "low")
                } else {
                    #expect(try verbosity.decoded(ProblemDocument.self).field == "params.verbosity")
                }
                #expect(try await ask(#"{"model": "house-model", "temperature": 2}"#, at: server).status == 200)
                #expect(try await ask("null", at: server).status == 200)
                #expect(try request(upstream)["temperature"] == nil)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aSharedRoleAnswersWithItsOwnModel(api: UpstreamAPI) async throws {
        let settings = ["OPENAI_MODELS": Self.models]
        try await withScriptedInstallation(over: api, settings: settings) { installation, upstream, _ in
            try await installation.serving { server in
                let trained = "ft:gpt-4.1-mini-2025-04-14:house::1"
                let role = #"{"text": "You write as the help desk does.", "model": "\#(trained)"}"#
                #expect(try await server.send(.put, "/shared-roles/Desk", body: role).status == 201)
                for user in ["ana", "ben"] {
                    let question = #"{"user_id": "\#(user)", "message": "Q", "role": "Desk"}"#
                    let answer = try await server.send(.post, "/chat", body: question)
                    #expect(try answer.decoded(ChatAnswer.self).writtenBy == trained)
                    #expect(try request(upstream)["model"] as? String == trained)
                }
                // A model that the question names comes before that of the role.
                let named = #"{"user_id": "ana", "message": "Q", "role": "Desk", "params": {"model": "plain-model"}}"#
                #expect(try await server.send(.post, "/chat", body: named).status == 200)
                #expect(try request(upstream)["model"] as? String == "plain-model")
                #expect(try await ask("null", at: server).status == 200)
                #expect(try request(upstream)["model"] as? String == "gpt-6-luna")
            }
        }
    }

    @Test func whatAModelDoesNotTakeIsRefusedByItsName() async throws {
        let settings = ["OPENAI_MODELS": Self.models]
        try await withScriptedInstallation(settings: settings) { installation, upstream, _ in
            try await installation.serving { server in
                for (params, field) in [
                    (#"{"model": "gpt-5"}"#, "params.model"),
                    (#"{"model_name": "gpt-6-luna"}"#, "params.model_name"),
                    (#"{"frequency_penalty": 0.5}"#, "params.frequency_penalty"),
                    (#"{"temperature": 2.01}"#, "params.temperature"),
                    (#"{"temperature": -0.01}"#, "params.temperature"),
                    (#"{"temperature": "hot"}"#, "params.temperature"),
                    (#"{"top_p": 1.01}"#, "params.top_p"),
                    (#"{"temperature": 1, "effort": "low"}"#, "params.temperature"),
                    (#"{"effort": "minimal"}"#, "params.effort"),
                    (#"{"verbosity": "none"}"#, "params.verbosity"),
                    (#"{"max_output_tokens": 63}"#, "params.max_output_tokens"),
                    (#"{"max_output_tokens": 128001}"#, "params.max_output_tokens"),
                    (#"{"model": "gpt-6.2-sol", "effort": "none"}"#, "params.effort"),
                    (#"{"model": "gpt-6.2-sol", "top_p": 1}"#, "params.top_p"),
                    (#"{"model": "gpt-4.1-mini", "effort": "low"}"#, "params.effort"),
                    (#"{"model": "plain-model", "temperature": 1}"#, "params.temperature"),
                ] {
                    let reply = try await ask(params, at: server)
                    #expect(reply.status == 422, "\(params)")
                    #expect(try reply.decoded(ProblemDocument.self).field == field, "\(params)")
                }
                #expect(upstream.questions.isEmpty, "none of them reaches the model")
            }
        }
    }

    private struct Models: Decodable {
        struct Model: Decodable {
            struct Parameter: Decodable {
                let name: String
                let choices: [String]?
                let minimum: Double?
                let maximum: Double?
                let `default`: String?
                let effort: String?
            }

            let name: String
            let parameters: [Parameter]
        }

        let models: [Model]
    }

    @Test func theListSaysWhatEachModelTakes() async throws {
        try await withScriptedInstallation(settings: ["OPENAI_MODELS": Self.models]) { installation, _, _ in
            try await installation.serving { server in
                let models = try await server.send(.get, "/models").decoded(Models.self).models
                #expect(
                    models.map(\.name) == ["gpt-6-luna"]
                        + Self.models.split(separator: ",").map {
                            String($0.split(separator: "+")[0])
                        }
                )
                let names = models.map { $0.parameters.map(\.name) }
                #expect(names[0] == ["effort", "verbosity", "max_output_tokens", "temperature", "top_p"])
                #expect(names[1] == ["effort", "verbosity", "max_output_tokens"])
                #expect(names[2] == ["max_output_tokens", "temperature", "top_p"])
                #expect(names[3] == names[2])
                #expect(names[4] == ["max_output_tokens"])
                // A default lies in its range.
                for parameter in models.flatMap(\.parameters) {
                    guard let value = parameter.default else { continue }
                    if let choices = parameter.choices { #expect(choices.contains(value)) }
                    if let minimum = parameter.minimum, let maximum = parameter.maximum {
                        #expect((minimum...maximum).contains(try #require(Double(value))))
                    }
                }
                #expect(models[0].parameters[3].effort == "none" && models[2].parameters[1].effort == nil)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases, [false, true])
    func anAnswerIsCutOnlyWhereItsCallerLimitsIt(api: UpstreamAPI, isStreamed: Bool) async throws {
        let reason = api == .responses ? "max_output_tokens" : "max_completion_tokens"
        try await withScriptedInstallation(over: api) { _ in
            .response { $0.ending = .incomplete(reason: reason) }
        } _: { installation, _, _ in
            try await installation.serving { server in
                let limited = """
                    {"user_id": "ana", "message": "Q", "stream": \(isStreamed), "params": {"max_output_tokens": 256}}
                    """
                let cut = try await server.send(.post, "/chat", body: limited)
                #expect(String(decoding: cut.body, as: UTF8.self).contains(#""cut":true"#))
                let whole = try await server.send(
                    .post,
                    "/chat",
                    body: #"{"user_id": "ana", "message": "Q", "stream": \#(isStreamed)}"#
                )
                #expect(String(decoding: whole.body, as: UTF8.self).contains("answer_incomplete"))
            }
        }
    }

    @Test func theEngineOffersNoSettingWithoutEffect() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try await installation.serving { server in
                let models = try await server.send(.get, "/models").decoded(Models.self).models
                #expect(models.map(\.name) == ["engine"] && models[0].parameters.isEmpty)
                let reply = try await ask(#"{"max_output_tokens": 300}"#, at: server)
                #expect(try reply.decoded(ProblemDocument.self).field == "params.max_output_tokens")
                #expect(try await ask(#"{"model": "engine"}"#, at: server).status == 200)
            }
        }
    }
}
