import HTTPClient
import OpenAI
import TestSupport
import Testing

@testable import PolicyAssistant

/// Probes of servers that have all of the API, or parts of it; none may be left with anything.
@Suite struct ServerProbeTests {
    @Test func theWholeAPIIsAnUpstream() async throws {
        let report = try await probe { call, request in
            call == "POST chat/completions" ? .answer(.chatCompletion(to: request)) : .pass
        }
        #expect(report.findings.map(\.capability) == ServerCapability.allCases)
        #expect(report.findings.filter { $0.result != .available } == [])
        #expect(report.recommendation.use == .upstream && report.recommendation.protocol == .responses)
        #expect(
            report.recommendation.settings == [
                "OPENAI_BASE_URL=\(report.server)", "OPENAI_API_KEY=…", "OPENAI_API_KEY_HEADER=api-key",
                "OPENAI_MODEL=gpt-6-luna",
            ]
        )
    }

    @Test func aServerWithTheOlderProtocolIsAnUpstreamOverIt() async throws {
        let report = try await probe(lacking(["responses", "conversations"]))
        #expect(
            report.missing == [.chatCompletions, .chatCompletionStream, .responses, .conversations]
        )
        #expect(report[.citations]?.result == .notTested)
        #expect(report.recommendation.protocol == .assistants)
        #expect(report.recommendation.settings.last == "OPENAI_API=assistants")
    }

    /// By their documentation, such are Ollama, vLLM and LM Studio; some have responses that belong to no conversation.
    @Test(arguments: [false, true])
    func aServerThatOnlyWritesTextsIsAModelOfTheEngine(hasResponses: Bool) async throws {
        let report = try await probe { call, request in
            switch call {
            case "GET models": .pass
            case "POST chat/completions": .answer(.chatCompletion(to: request))
            case _ where hasResponses && call.contains(" responses"): .pass
            default: .answer(.body(#"{"detail": "Not Found"}"#, status: 404))
            }
        }
        let responses: [ServerCapability] = hasResponses ? [.responses, .responseStream] : []
        #expect(report.available == [.models, .chatCompletions, .chatCompletionStream] + responses)
        #expect(report.recommendation.use == .engineModel)
        #expect(
            report.recommendation.settings == [
                "ENGINE_MODEL_URL=\(report.server)", "ENGINE_MODEL=gpt-6-luna", "ENGINE_MODEL_API_KEY=…",
            ]
        )
        #expect(report[.files]?.detail == "POST /v1/files: 404; it says: Not Found")
    }

    @Test func filesWithoutThreadsAreOfNoUse() async throws {
        let report = try await probe(lacking(["responses", "conversations", "assistants", "threads"]))
        #expect(report.available.contains(.filters))
        #expect(report.recommendation.use == .none)
        #expect(report.recommendation.settings == [])
        #expect(report.recommendation.reason.contains("conversations"))
    }

    @Test(arguments: [BatchFault.unknown, .ignored, .withoutAttributes])
    fileprivate func batchesAreNotNeeded(fault: BatchFault) async throws {
        let report = try await probe { call, _ in call.hasSuffix("/file_batches") ? fault.treatment : .pass }
        #expect(report[.batches]?.result == .missing)
        #expect(report.recommendation.protocol == .responses)
    }

    fileprivate enum BatchFault {
        case unknown, ignored, withoutAttributes

        var treatment: PartialServer.Treatment {
            switch self {
            case .unknown: .answer(.body(#"{"detail": "Method Not Allowed"}"#, status: 405))
            case .ignored:
                .answer(.json(#"{"id": "vsfb_1", "status": "completed", "file_counts": {"total": 0}}"#))
            case .withoutAttributes: .change(losingAttributes)
            }
        }
    }

    @Test func aServerWithoutAttributesIsNoUpstreamOfResponses() async throws {
        let report = try await probe { call, _ in
            call.hasSuffix("/files") && call.contains("vector_stores") ? .change(losingAttributes) : .pass
        }
        #expect(report[.attributes]?.result == .missing)
        #expect(report[.filters]?.result == .missing)
        #expect(report.recommendation.protocol == .assistants)
    }

    @Test func anIgnoredFilterIsFound() async throws {
        let report = try await probe { call, _ in
            call.hasSuffix("/search") ? .change { $0.replacing(/"filters":.*"max_num/, with: "\"max_num") } : .pass
        }
        #expect(report[.search]?.result == .available)
        #expect(report[.filters]?.detail == "a filter is ignored")
        #expect(report.recommendation.protocol == .assistants)
    }

    @Test func anEffortThatTheModelRefusesIsOmitted() async throws {
        let report = try await probe { call, request in
            let isRefused = call == "POST responses" && request.text.contains("reasoning")
            return isRefused ? .answer(.error(400)) : .pass
        }
        #expect(report[.responses]?.result == .available)
        #expect(report[.citations]?.result == .available)
        #expect(report.recommendation.settings.contains("OPENAI_REASONING_EFFORT=omit"))
    }

    @Test func amongSeveralModelsOneHasToBeNamed() async throws {
        let several: PartialServer.Rule = { call, _ in
            call == "GET models" ? .answer(.json(#"{"data": [{"id": "small"}, {"id": "gpt-6-luna"}]}"#)) : .pass
        }
        let unnamed = try await probe(several)
        #expect(unnamed.model == nil && unnamed[.responses]?.result == .notTested)
        #expect(unnamed[.filters]?.result == .available)
        #expect(unnamed.recommendation.use == .none && unnamed.recommendation.reason.contains("--model"))
        let named = try await probe(several, model: "gpt-6-luna")
        #expect(named.recommendation.use == .upstream)
    }

    @Test func aModelThatIsNotListedIsAsked() async throws {
        let report = try await probe({ _, _ in .pass }, model: "my-deployment")
        #expect(report[.models]?.detail.contains("my-deployment is not among them") == true)
        #expect(report[.responses] != nil)
    }
}

/// A server that answers 404 to everything below these collections.
private func lacking(_ collections: Set<String>) -> PartialServer.Rule {
    { call, _ in
        let collection = call.split(separator: " ")[1].prefix { $0 != "/" }
        return collections.contains(String(collection))
            ? .answer(.body(#"{"detail": "Not Found"}"#, status: 404)) : .pass
    }
}

/// The request's body without attributes.
private func losingAttributes(_ body: String) -> String {
    body.replacing(/"attributes":\{[^}]*\},/, with: "")
}

/// Probes a partial server with a key in the header `api-key`, and checks that nothing is left there.
func probe(
    _ rule: @escaping PartialServer.Rule,
    model: String? = nil,
    limits: ServerProbe.Limits = .init()
) async throws -> ProbeReport {
    try await withPartialServer(rule) { server, baseURL in
        let report = try await withProbe(of: baseURL, model: model, limits: limits) { await $0.report() }
        #expect(try await server.leftObjects() == [])
        #expect(report.leftBehind == [])
        return report
    }
}

/// Lends a probe.
func withProbe<Result>(
    of baseURL: String,
    model: String? = nil,
    limits: ServerProbe.Limits = .init(),
    _ body: (ServerProbe) async throws -> Result
) async throws -> Result {
    let http = try HTTPClient()
    let configuration = OpenAIConfiguration(baseURL: baseURL, apiKey: "sk-test", apiKeyHeader: "api-key")
    let target = ServerProbe.Target(baseURL: baseURL, apiKeyHeader: "api-key", isKeyed: true)
    let openAI = try OpenAIClient(configuration: configuration, http: http)
    let result = try await body(ServerProbe(openAI: openAI, target: target, model: model, limits: limits))
    await http.shutdown()
    return result
}

extension ProbeReport {
    var available: [ServerCapability] { findings.filter { $0.result == .available }.map(\.capability) }
    var missing: [ServerCapability] { findings.filter { $0.result == .missing }.map(\.capability) }

    subscript(capability: ServerCapability) -> ProbeFinding? { findings.first { $0.capability == capability } }
}
