import Foundation
import TestSupport
import Testing

/// A stand-in of Azure OpenAI, made from its documentation: the path `/openai/v1`, the key in the header `api-key`, a model
/// for each deployment under the deployment's name, and a list of models without deployments.
@Suite struct AzureTests {
    private static let deployment = "our-policies"
    private static let key = "0123456789abcdef"

    private static let rule: PartialServer.Rule = { call, request in
        guard request["api-key"] == key, request["authorization"] == nil else {
            return .answer(
                .body(
                    #"{"error": {"code": "401", "message": "Access denied due to invalid subscription key."}}"#,
                    status: 401
                )
            )
        }
        guard call == "POST responses" else { return .pass }
        guard request.text.contains(#""model":"\#(deployment)""#) else {
            return .answer(
                .body(
                    #"{"error": {"code": "DeploymentNotFound", "message": "The API deployment does not exist."}}"#,
                    status: 404
                )
            )
        }
        // A model without reasoning refuses an effort.
        guard !request.text.contains(#""reasoning""#) else { return .answer(.error(400)) }
        return .change { $0.replacing(deployment, with: "gpt-6-luna") }
    }

    @Test func documentsAreSyncedAndQuestionsAnswered() async throws {
        try await withPartialServer(prefix: "/openai/v1", Self.rule) { server, baseURL in
            let settings = [
                "OPENAI_BASE_URL": baseURL, "OPENAI_API_KEY": Self.key, "OPENAI_API_KEY_HEADER": "api-key",
                "OPENAI_MODEL": Self.deployment, "OPENAI_REASONING_EFFORT": "omit",
            ]
            try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
                #expect(try await installation.sync().receipt.added.count == Documents.all.count)
                let answer = try await installation.run(["ask", "How many days of annual leave do I get?"])
                #expect(answer.status == 0 && answer.output.contains("27 days"), "\(answer.errors)")
                let doctor = try await installation.run(["doctor"])
                #expect(doctor.output.contains("ok     model: our-policies: not in upstream's list, but answers"))
                var wrong = installation
                wrong.settings["OPENAI_MODEL"] = "another"
                let refused = try await wrong.run(["ask", "How many days of annual leave do I get?"])
                #expect(refused.errors.contains("Upstream does not know the model"), "\(refused.errors)")
                wrong.settings["OPENAI_API_KEY_HEADER"] = nil
                #expect(try await wrong.run(["doctor"]).output.contains("Upstream refused the API key"))
            }
            #expect(server.calls.contains("POST conversations"))
        }
    }

    @Test func theProbePrintsTheSettings() async throws {
        try await withPartialServer(prefix: "/openai/v1", Self.rule) { server, baseURL in
            try await withInstallation(settings: ["PROBE_API_KEY": Self.key]) { installation, _ in
                let arguments = ["doctor", "--probe", baseURL, "--model", Self.deployment, "--key-header", "api-key"]
                let result = try await installation.run(arguments)
                #expect(result.status == 0, "\(result.output)")
                let settings = """
                        OPENAI_BASE_URL=\(baseURL)
                        OPENAI_API_KEY=…
                        OPENAI_API_KEY_HEADER=api-key
                        OPENAI_MODEL=our-policies
                        OPENAI_REASONING_EFFORT=omit
                    """
                #expect(result.output.contains(settings), "\(result.output)")
            }
            #expect(try await server.leftObjects() == [])
        }
    }
}
