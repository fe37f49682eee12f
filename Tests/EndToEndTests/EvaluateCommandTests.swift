import Foundation
import HTTPClient
import HTTPTypes
import Subprocess
import Synchronization
import TestSupport
import Testing

@testable import Evaluation
@testable import policy_assistant

@Suite struct EvaluateCommandTests {
    private static let right = [
        #"{"question": "How many days of annual leave do I get?", "file": "annual-leave.md", "must_contain": ["27 days"]}"#,
        #"{"question": "How long is parental leave?", "file": "leave/annual-leave.md", "must_contain": ["18 weeks"]}"#,
        #"{"question": "What is the daily meal allowance abroad?", "file": "travel.txt", "must_contain": ["64 euros"]}"#,
        #"{"question": "When are receipts due?", "file": "travel.txt", "must_contain": ["20 days"]}"#,
        #"{"question": "How long is the notice period?", "file": "notice.md", "must_contain": ["one month"]}"#,
        #"{"question": "Which flights may I book?", "file": "travel.txt", "must_contain": ["economy class"]}"#,
    ]
    private static let refused = #"{"question": "Who won the football world cup?", "kind": "out-of-scope"}"#
    private static let wrong =
        #"{"question": "How long is parental leave?", "file": "notice.md", "must_contain": ["40 weeks"]}"#

    private func write(_ lines: [String], to name: String, in installation: Installation) throws -> String {
        let path = "\(installation.folder)/\(name)"
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func asksMeasuresAndReports() async throws {
        try await withSyncedInstallation(settings: ["LOG_LEVEL": "trace"]) { installation, _ in
            let file = try write(Self.right + [Self.refused, Self.wrong], to: "questions.jsonl", in: installation)
            let (page, data) = ("\(installation.folder)/report.html", "\(installation.folder)/result.json")
            let result = try await installation.run(["evaluate", file, "--html", page, "--json", data])
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            for words in ["8 questions, each asked 2 times: 7 right", "lacks “40 weeks”", "not notice.md", "line 8"] {
                #expect(result.output.contains(words), "\(words) in \(result.output)")
            }
            #expect(result.errors.contains("asking 16/16"))
            // The log tells neither questions nor answers.
            #expect(!result.errors.contains("football") && !result.errors.contains("27 days"))
            let html = try String(contentsOfFile: page, encoding: .utf8)
            #expect(html.hasPrefix("<!doctype html>") && html.contains("lacks “40 weeks”"))
            let measures = try #require(
                try json(String(contentsOfFile: data, encoding: .utf8))["measures"] as? [String: [String: Any]]
            )
            for (name, count, total) in [
                ("right", 7, 8), ("file_first", 12, 14), ("fact", 12, 14), ("answered", 14, 14), ("refused", 2, 2),
                ("agreement", 8, 8),
            ] {
                #expect(measures[name]?["count"] as? Int == count, "\(name)")
                #expect(measures[name]?["of"] as? Int == total, "\(name)")
            }
            #expect(measures["verbatim"]?["share"] as? Double == 1)
            // The conversations are deleted.
            #expect(try await installation.run(["status"]).output.contains("threads       0\n"))
        }
    }

    @Test func followUpsAreAskedInTheirConversation() async throws {
        try await withSyncedInstallation { installation, _ in
            let line = #"""
                {"question": "And when do they have to be taken?", "before": ["May I carry over unused leave days?"], \#
                "file": "annual-leave.md", "must_contain": ["31 March"]}
                """#
            let file = try write([line], to: "questions.jsonl", in: installation)
            let result = try await installation.run(["evaluate", file, "--json", "-", "--repeat", "1"])
            #expect(result.status == 0, "\(result.errors)")
            let questions = try json(result.output)["questions"] as? [[String: Any]]
            #expect(questions?.first?["right"] as? Bool == true, "\(result.output)")
            #expect(result.errors.contains("1 question, asked once: 1 right"))
        }
    }

    @Test func failsByABoundAndBySignificantChanges() async throws {
        try await withSyncedInstallation { installation, _ in
            let good = try write(Self.right + [Self.refused], to: "good.jsonl", in: installation)
            let bad = try write(
                Self.right.map { $0.replacing("must_contain\": [\"", with: "must_contain\": [\"no ") } + [Self.refused],
                to: "bad.jsonl",
                in: installation
            )
            let baseline = "\(installation.folder)/old.json"
            let bounds = ["--fail-under", "1", "--fail-under", "fact_answer=0.9", "--repeat", "1"]
            #expect(try await installation.run(["evaluate", good, "--json", baseline] + bounds).status == 0)
            let below = try await installation.run(["evaluate", bad] + bounds)
            #expect(below.status == 6)
            #expect(below.errors.contains("right is 14.3 % (1 of 7), below 100 %."), "\(below.errors)")
            let worse = try await installation.run(["evaluate", bad, "--baseline", baseline, "--repeat", "1"])
            #expect(worse.status == 6)
            #expect(worse.output.contains("0 better, 6 worse (p = 0.031)"), "\(worse.output)")
            // Five changes of as many questions may be chance.
            let less = try write(
                [Self.right[0]]
                    + Self.right.dropFirst().map { $0.replacing("must_contain\": [\"", with: "must_contain\": [\"no ") },
                to: "less.jsonl",
                in: installation
            )
            let noise = try await installation.run(["evaluate", less, "--baseline", baseline, "--repeat", "1"])
            #expect(noise.status == 0 && noise.output.contains("0 better, 5 worse (p = 0.063)"), "\(noise.output)")
        }
    }

    @Test func inputErrorsHaveTheirOwnExitCode() async throws {
        try await withSyncedInstallation { installation, server in
            let faulty = try write(["{}", "no JSON"], to: "faulty.jsonl", in: installation)
            let result = try await installation.run(["evaluate", faulty])
            #expect(result.status == 65 && result.errors.contains("line 1:") && result.errors.contains("line 2:"))
            let draft = Self.right[0].replacing("}", with: ", \"draft\": true}")
            let drafts = try write([draft], to: "drafts.jsonl", in: installation)
            let refusal = try await installation.run(["evaluate", drafts])
            #expect(refusal.status == 65 && refusal.errors.contains("remove \"draft\": true"))
            let good = try write([Self.right[0], draft], to: "good.jsonl", in: installation)
            #expect(try await installation.run(["evaluate", "/nowhere.jsonl"]).status == 65)
            #expect(try await installation.run(["evaluate", good, "--baseline", faulty]).status == 65)
            for arguments in [
                [], [good, "--draft"], [good, "--repeat", "0"], [good, "--concurrency", "65"],
                [good, "--api-key", "x"],
                [good, "--fail-under", "80"], [good, "--url", "ftp://a"], [good, "--url", "https://a:b@c/"],
                [good, "--html", "/nowhere/report.html"],
            ] {
                #expect(try await installation.run(["evaluate"] + arguments).status == 64, "\(arguments)")
            }
            await server.stop()
            #expect(try await installation.run(["evaluate", good]).status == 69)
            let service = try await installation.run(["evaluate", good, "--url", "http://127.0.0.1:1"])
            #expect(service.status == 69 && service.errors.contains("The service cannot be asked"))
        }
    }

    @Test func draftsQuestionsFromTheDocumentsHeadings() async throws {
        try await withSyncedInstallation { installation, _ in
            let result = try await installation.run(["evaluate", "--draft"])
            #expect(result.status == 0)
            let drafts = try result.output.split(separator: "\n").map { try json(String($0)) }
            let files = ["leave/annual-leave.md", "leave/annual-leave.md", "notice.md", "travel.txt"]
            #expect(drafts.map { $0["file"] as? String } == files)
            #expect((drafts.first?["question"] as? String)?.contains("Annual leave") == true)
            let answer = "Full-time employees receive 27 days of paid annual leave in each calendar year."
            #expect(drafts.first?["answer"] as? String == answer)
            #expect(result.errors.contains("4 drafts of 3 documents"))
        }
    }

    @Test func asksARemoteService() async throws {
        try await withSyncedInstallation(settings: ["AUTH_MODE": "api-key"]) { installation, _ in
            let key = try await installation.run(["keys", "add", "evaluation", "--admin"]).output
                .trimmingCharacters(in: .whitespacesAndNewlines)
            let other = try await installation.run(["keys", "add", "portal"]).output
                .trimmingCharacters(in: .whitespacesAndNewlines)
            let file = try write(Self.right + [Self.refused], to: "questions.jsonl", in: installation)
            try await installation.servingHere { api in
                let base = ["evaluate", file, "--url", "http://\(api.authority)/", "--repeat", "1"]
                let result = try await installation.run(base + ["--api-key", key, "--fail-under", "1"])
                #expect(result.status == 0, "\(result.output)\(result.errors)")
                #expect(result.output.contains("quotes word for word") && result.output.contains("100 %"))
                #expect(!result.errors.contains("could not be deleted"))
                #expect(try await installation.run(["status"]).output.contains("threads       0\n"))
                let refused = try await installation.run(base)
                #expect(refused.status == 1 && refused.errors.contains("Send a valid key"), "\(refused.errors)")
                let unprivileged = try await installation.run(base + ["--api-key", other])
                #expect(unprivileged.status == 0 && unprivileged.errors.contains("keys add NAME --admin"))
            }
        }
    }

    @Test(arguments: [UpstreamAPI.responses, .assistants])
    func asksAnyOpenAICompatibleServer(_ api: UpstreamAPI) async throws {
        try await withInstallation(over: api, documents: Documents.all) { installation, _ in
            try await installation.servingEngine { port in
                var client = installation
                client.settings["OPENAI_BASE_URL"] = "http://127.0.0.1:\(port)/v1"
                client.settings["OPENAI_API_KEY"] = "any"
                _ = try await client.sync()
                let file = try write(Self.right + [Self.refused], to: "questions.jsonl", in: client)
                let result = try await client.run(["evaluate", file, "--fail-under", "1", "--json", "-"])
                #expect(result.status == 0, "\(result.errors)")
                let subject = try json(result.output)["subject"] as? [String: Any]
                #expect(subject?["answered_by"] as? String == "gpt-6-luna at http://127.0.0.1:\(port)/v1")
                #expect(try await client.run(["status"]).output.contains("threads       0\n"))
            }
        }
    }

    @Test func leavesNothingBehindWhenInterrupted() async throws {
        try await withSyncedInstallation { installation, _ in
            let file = try write(Self.right, to: "questions.jsonl", in: installation)
            let page = "\(installation.folder)/report.html"
            let arguments = ["evaluate", file, "--repeat", "20", "--concurrency", "2", "--html", page]
            try await installation.starting(arguments, untilReadyAt: "asking 12/120") { program in
                #expect(await program.terminate() == .exited(1))
                #expect(program.output.last == "policy-assistant: The evaluation was interrupted; nothing was written.")
            }
            #expect(!FileManager.default.fileExists(atPath: page))
            #expect(try await installation.run(["status"]).output.contains("threads       0\n"))
        }
    }

    @Test func exampleMatchesTheSamplePolicies() async throws {
        let example = "\(Installation.project)/docs/examples/questions.jsonl"
        var file = try QuestionFile(String(contentsOfFile: example, encoding: .utf8), named: example)
        let settings = ["ASSETS_DIR": "\(Installation.project)/assets/policies"]
        try await withInstallation(settings: settings) { installation, _ in
            _ = try await installation.sync()
            try await installation.servingHere { api in
                let files = try await (api.send(.get, "/files").decoded() as FileList).files
                file.check(against: files.map(\.filename))
                #expect(file.notes.isEmpty && file.drafts == 0 && file.questions.count >= 40)
                var documents: [String: SearchedDocument] = [:]
                for file in files {
                    let text = try await api.send(.get, "/files/\(file.fileId)/content").body
                    documents[file.filename] = SearchedDocument([String(decoding: text, as: UTF8.self)])
                }
                for question in file.questions {
                    guard case .texts(let alternatives)? = question.fact else { continue }
                    let named = documents.filter { document in
                        question.files.contains { DocumentPath.matches(document.key, $0) }
                    }
                    let isHeld = alternatives.contains { texts in
                        named.values.contains { document in texts.allSatisfy(document.contains) }
                    }
                    #expect(isHeld, "\(question.id) \(question.text)")
                }
            }
        }
    }

    @Test func retriesWhileTheServiceIsBusy() async throws {
        let turns = Mutex(0)
        let body = #"{"answer": "27", "citations": [], "confidence": "unsure"}"#
        let busy = "HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n"
        let reply =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
        try await withScriptedServer { connection in
            while try await connection.request() != nil {
                let turn = turns.withLock { turn in
                    turn += 1
                    return turn
                }
                try await connection.send(turn < 3 ? busy : reply)
            }
        } _: { server in
            let clock = SelfAdvancingClock()
            let http = try HTTPClient()
            let answer = try await closing {
                try await ServiceAnswerSource(http: http, url: "http://\(server.authority)", apiKey: nil, clock: clock)
                    .answer("How much?", by: "a")
            } finally: {
                await http.shutdown()
            }
            #expect(answer.isUnsure && answer.text == "27")
            #expect(clock.waits == [.seconds(7), .seconds(7)])
        }
    }
}
