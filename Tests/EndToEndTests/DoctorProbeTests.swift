import Foundation
import Subprocess
import TestSupport
import Testing

/// `doctor --probe`, and what `doctor` says of models that upstream does not list, and of voices.
@Suite struct DoctorProbeTests {
    @Test func theEmbeddedEngineIsRecommendedAsUpstream() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            try await installation.servingEngine { port in
                let url = "http://127.0.0.1:\(port)/v1"
                let result = try await installation.run(["doctor", "--probe", url])
                #expect(result.status == 0, "\(result.output)\(result.errors)")
                #expect(result.output.contains("ok     responses with citations: cited"))
                #expect(result.output.contains("Use it as upstream for everything"))
                #expect(result.output.contains("    OPENAI_BASE_URL=\(url)\n    OPENAI_API_KEY=none"))
                let json = try await installation.run(["doctor", "--probe", url, "--json"])
                let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
                #expect(report.recommendation.use == "upstream" && report.leftBehind == [])
                #expect(report.findings.contains { $0.capability == "file_batches" && $0.result == "available" })
            }
        }
    }

    @Test func theKeyOfTheConfiguredServerIsSentToNoOther() async throws {
        try await withScriptedOpenAI { upstream in
            try await withInstallation(
                settings: ["OPENAI_API_KEY": "sk-of-openai", "OPENAI_BASE_URL": "https://api.openai.com/v1"]
            ) { installation, _ in
                let other = try await installation.run(["doctor", "--probe", upstream.baseURL])
                #expect(other.status == 1)
                #expect(upstream.calls.allSatisfy { $0.request["authorization"] == "Bearer none" })
                var own = installation
                own.settings["OPENAI_BASE_URL"] = upstream.baseURL + "/"
                let count = upstream.calls.count
                _ = try await own.run(["doctor", "--probe", upstream.baseURL])
                #expect(upstream.calls[count...].allSatisfy { $0.request["authorization"] == "Bearer sk-of-openai" })
                own.settings["PROBE_API_KEY"] = "sk-of-probe"
                let last = upstream.calls.count
                _ = try await own.run(["doctor", "--probe", upstream.baseURL, "--key-header", "api-key"])
                #expect(upstream.calls[last...].allSatisfy { $0.request["api-key"] == "sk-of-probe" })
                #expect(upstream.calls[last...].allSatisfy { $0.request["authorization"] == nil })
            }
        }
    }

    @Test(.needsSpeech, arguments: [("en=en-us+m3,de=de+f2", true), ("de=de+nobody", false), ("en=nobody", false)])
    func aVoiceThatIsMissingIsNamed(voices: String, isThere: Bool) async throws {
        let settings = ["VOICE": "local", "VOICE_NAMES": voices]
        try await withInstallation(settings: settings) { installation, _ in
            let findings = try await installation.run(["doctor"]).output.split(separator: "\n").filter {
                $0.contains("espeak-ng")
            }
            if isThere {
                #expect(findings.contains { $0.hasSuffix("espeak-ng speaks English and German") }, "\(findings)")
            } else {
                #expect(findings.contains { $0.contains("nobody") && $0.contains("VOICE_NAMES") }, "\(findings)")
                #expect(findings.contains { $0.contains("m3") || $0.contains("en-us") })
            }
        }
    }

    @Test(arguments: [
        ["doctor", "--probe", "127.0.0.1:11434"], ["doctor", "--probe", "http://127.0.0.1:1/v1?key=1"],
        ["doctor", "--probe", "http://127.0.0.1:1/v1", "--key-header", "api key"], ["doctor", "--json"],
    ])
    func unusableOptionsAreRefused(arguments: [String]) async throws {
        try await withInstallation { installation, _ in
            let result = try await installation.run(arguments)
            #expect(result.status == 64, "\(result.output)\(result.errors)")
        }
    }

    @Test func anInterruptedProbeLeavesNothing() async throws {
        let reached = Gate()
        let rule: PartialServer.Rule = { call, _ in
            guard call.hasSuffix("/search") else { return .pass }
            reached.open()
            return .answer(.silence())
        }
        try await withPartialServer(rule) { server, baseURL in
            try await withInstallation { installation, _ in
                try await installation.starting(["doctor", "--probe", baseURL]) { program in
                    await reached.wait()
                    #expect(await program.terminate() == .exited(1))
                    #expect(program.output.last?.hasPrefix("policy-assistant: The probe was interrupted") == true)
                }
            }
            #expect(server.calls.contains("POST files"))
            #expect(try await server.leftObjects() == [])
        }
    }

    @Test(arguments: [true, false])
    func aModelThatIsNotListedIsAsked(answers: Bool) async throws {
        let script: ScriptedOpenAI.Script = { call in
            guard call.operation == .createResponse else { return .usual }
            return answers
                ? .reply(.json(#"{"id": "resp_1", "status": "completed", "output": []}"#))
                : .reply(.error(404, code: "DeploymentNotFound"))
        }
        let settings = ["OPENAI_MODEL": "my-deployment", "OPENAI_API_KEY_HEADER": "api-key"]
        try await withScriptedInstallation(settings: settings, script: script) { installation, upstream, _ in
            let doctor = try await installation.run(["doctor"])
            let words =
                answers
                ? "ok     model: my-deployment: not in upstream's list, but answers"
                : "FAULT  model: my-deployment is not offered to this account; set OPENAI_MODEL to one that is; Upstream does"
            #expect(doctor.output.contains(words), "\(doctor.output)")
            #expect(upstream.calls.allSatisfy { $0.request["api-key"] == Secrets.apiKey })
        }
    }

    private struct Report: Decodable {
        let findings: [Finding]
        let recommendation: Recommendation
        let leftBehind: [String]

        struct Finding: Decodable {
            let capability: String
            let result: String
        }

        struct Recommendation: Decodable {
            let use: String
        }

        enum CodingKeys: String, CodingKey {
            case findings, recommendation
            case leftBehind = "left_behind"
        }
    }
}
