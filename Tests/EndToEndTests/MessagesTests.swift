import Foundation
import Redis
import TestSupport
import Testing

/// From the export of a messenger to a model that a role uses, and to a role that imitates without training.
@Suite struct MessagesTests {
    private struct Imported: Decodable {
        let messages: Int
        let leftOut: [String: Int]
        let entries: Int
        let pairs: Int
    }

    private struct Job: Decodable {
        let job: String
        let status: String
        let fineTunedModel: String?
        let role: String?
    }

    /// Returns a text with each byte of its UTF-8 as a character, as Messenger writes it.
    private func misencoded(_ text: String) -> String {
        String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
    }

    private func message(_ sender: String, _ time: Int, _ text: String?, _ more: [String: Any] = [:]) -> [String: Any] {
        var fields: [String: Any] = ["sender_name": misencoded(sender), "timestamp_ms": time]
        fields["content"] = text.map(misencoded)
        return fields.merging(more) { $1 }
    }

    /// Writes an export of Messenger with all of its peculiarities, and returns its folder.
    ///
    /// Of each of 24 exchanges, Zoë writes two messages and Ben one.
    private func writeExport(in folder: String) throws -> String {
        var messages = (0..<24).flatMap { number in
            [
                message("Zoë", 10 * number, "How is number \(number)? 😂"), message("Zoë", 10 * number + 1, "Größer?"),
                message("Ben", 10 * number + 2, "bigger, “much” bigger: \(number)", ["is_unsent": false]),
            ]
        }
        messages += [
            message("Ben", 3, "see", ["photos": [["uri": "x.jpg"]]]), message("Zoë", 4, "Reacted 😂 to your message "),
            message("Ben", 5, nil), message("Ben", 6, "oops", ["is_unsent": true]),
            message("Zoë", 7, "Zoë called you.", ["type": "Call", "call_duration": 9]),
            // An exchange that was had before.
            message("Zoë", 998, "How is number 3? 😂\nGrößer?"), message("Ben", 999, "bigger, “much” bigger: 3"),
            message("Zoë", 1000, "Still there?"),
        ]
        messages.sort { ($0["timestamp_ms"] as? Int ?? 0) > ($1["timestamp_ms"] as? Int ?? 0) }
        let inbox = "\(folder)/export/your_activity/messages/inbox"
        let files = [
            "zo_1a2b/message_1.json": messages[..<30], "zo_1a2b/message_2.json": messages[30...],
            "zora_3c/message_1.json": messages[..<1],
        ]
        for (path, part) in files {
            let object: [String: Any] = [
                "participants": [["name": misencoded("Zoë")]], "messages": Array(part), "title": "x",
            ]
            let url = URL(filePath: "\(inbox)/\(path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try JSONSerialization.data(withJSONObject: object).write(to: url)
        }
        return "\(folder)/export"
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// Imports the export, and writes examples of chats, to `ben.jsonl` and `ben_chat.jsonl`.
    private func makeExamples(_ installation: Installation) async throws -> String {
        let folder = installation.folder
        let export = try writeExport(in: folder)
        let arguments = ["messages", "import", export, "--name", "zo_1a2b", "--as", "Ben", "-o", "\(folder)/ben.jsonl"]
        let imported = try await installation.run(arguments + ["--json"])
        try #require(imported.status == 0, "\(imported.errors)")
        let exported = try await installation.run(["messages", "export", "\(folder)/ben.jsonl", "--format", "chat"])
        try #require(exported.status == 0, "\(exported.errors)")
        return "\(folder)/ben_chat.jsonl"
    }

    private func withTraining(
        _ faults: Set<TrainingServer.Fault> = [],
        shutdownDate: String? = nil,
        _ body: (Installation, TrainingServer, RedisServer) async throws -> Void
    ) async throws {
        try await withTrainingServer(faults, shutdownDate: shutdownDate) { server in
            let settings = ["OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": Secrets.apiKey]
            try await withInstallation(settings: settings) { installation, redis in
                try await body(installation, server, redis)
            }
        }
    }

    @Test func importsChecksAndExports() async throws {
        try await withInstallation { installation, _ in
            let folder = installation.folder
            let export = try writeExport(in: folder)
            let conversation = "\(folder)/ben.jsonl"
            let command = [
                "messages", "import", export, "--name", "zo_1a2b", "--as", "ben", "-o", conversation, "--json",
            ]
            let result = try await installation.run(command)
            #expect(result.status == 0, "\(result.errors)")
            let imported = try JSONDecoder.snakeCase.decode(Imported.self, from: Data(result.output.utf8))
            #expect(imported.messages == 75 && imported.entries == 51 && imported.pairs == 25)
            #expect(
                imported.leftOut == ["media": 1, "reaction": 1, "no_text": 1, "unsent": 1, "call": 1, "notice": 0]
            )
            #expect(try mode(conversation) == 0o600)
            // Nothing is overwritten.
            let again = try await installation.run(command)
            #expect(again.status == 1 && again.errors.contains(conversation))

            let checked = try await installation.run(["messages", "check", conversation])
            #expect(checked.status == 0 && checked.output.contains("1 the same as an earlier one"))
            let prepared = "\(folder)/ben_prepared.jsonl"
            #expect(checked.output.contains("\(prepared): 49 lines"))
            #expect(try mode(prepared) == 0o600)
            #expect(try await installation.run(["messages", "check", prepared]).output.contains("nothing to mend"))
            #expect(try await installation.run(["messages", "check", conversation]).status == 1)

            for (format, part) in [
                ("chat", #""role": "system""#), ("prompt-completion", #"\n\n###\n\n", "completion": " "#),
            ] {
                let written = try await installation.run(["messages", "export", conversation, "--format", format])
                #expect(written.status == 0 && written.output.contains("24 examples of Ben; left out: 1 duplicate"))
                let path = "\(folder)/ben_\(format).jsonl"
                let text = try String(contentsOfFile: path, encoding: .utf8)
                #expect(text.contains(part) && text.utf8.allSatisfy { $0 < 0x80 })
                #expect(try mode(path) == 0o600)
                #expect(text.contains("How is number 0? \\ud83d\\ude02\\nGr\\u00f6\\u00dfer?"))
                #expect(try await installation.run(["messages", "check", path]).output.contains("nothing to mend"))
            }
        }
    }

    @Test func saysWhatIsWrongWithAnExport() async throws {
        try await withInstallation { installation, _ in
            let export = try writeExport(in: installation.folder)
            try "31.12.23, 21:41 - Ana: Hi\n".write(
                toFile: "\(installation.folder)/chat.txt",
                atomically: true,
                encoding: .utf8
            )
            for (arguments, words) in [
                ([export, "--as", "Ben"], ["2 chats", "inbox/zo_1a2b", "inbox/zora_3c"]),
                ([export, "--as", "Ben", "--name", "zo"], ["2 chats", "inbox/zo_1a2b", "inbox/zora_3c"]),
                ([export, "--as", "Ben", "--name", "cleo"], ["“cleo”", "inbox/zo_1a2b"]),
                ([export, "--as", "Me", "--name", "zo_1a2b"], ["“Me”", "“Ben”, “Zoë”"]),
                (["\(installation.folder)/chat.txt", "--as", "Ana"], ["Only “Ana” wrote"]),
                (["\(installation.folder)/none", "--as", "Ana"], ["does not exist"]),
                ([installation.folder + "/export/x.zip", "--as", "Ana"], ["does not exist"]),
            ] {
                let result = try await installation.run(["messages", "import"] + arguments)
                #expect(result.status == 65 && result.output.isEmpty, "\(arguments)")
                for word in words { #expect(result.errors.contains(word), "\(result.errors)") }
            }
        }
    }

    @Test func trainsAModelThatARoleUses() async throws {
        try await withTraining { installation, server, redis in
            let examples = try await makeExamples(installation)
            let command = [
                "finetune", "start", examples, "--model", "gpt-4.1-mini-2025-04-14", "--suffix", "ben", "--json",
            ]
            let started = try await installation.run(command)
            #expect(started.status == 0, "\(started.errors)")
            let job = try JSONDecoder.snakeCase.decode(Job.self, from: Data(started.output.utf8))
            #expect(job.status == "succeeded" && job.fineTunedModel == "ft:gpt-4.1-mini-2025-04-14:org:ben:x1")
            #expect(started.errors.contains("training 5/10"))
            let upload = try #require(server.calls.first { $0.operation == "POST files" }).body
            #expect(upload.contains("bigger, \\u201cmuch\\u201d bigger: 23") && server.files.isEmpty)
            #expect(try await installation.run(command).status == 0)
            #expect(server.count("POST fine_tuning/jobs") == 1)

            let used = try await installation.run(["finetune", "use", job.job, "--role", "ben"])
            #expect(used.status == 0 && used.errors.contains("role ben uses the model ft:"))
            let listed = try await installation.run(["finetune", "status", "--json"])
            let jobs = try JSONDecoder.snakeCase.decode([Job].self, from: Data(listed.output.utf8))
            #expect(jobs.map(\.role) == ["ben"] && jobs.map(\.fineTunedModel) == [job.fineTunedModel])
            try await redis.withClient { client in
                let record = try await client.send(.hgetall("finetune:\(job.job)")).dictionary
                #expect(record?["role"] == "ben" && record?.values.contains { $0.contains("bigger") } == false)
            }
        }
    }

    @Test(arguments: [("chat", "soon, chat"), ("prompt-completion", "soon, completions")])
    func asksATrainedModelInTheFormOfItsTraining(_ format: String, _ reply: String) async throws {
        try await withTraining { installation, server, _ in
            _ = try await makeExamples(installation)
            let examples = "\(installation.folder)/examples.jsonl"
            let export = ["messages", "export", "\(installation.folder)/ben.jsonl", "--format", format, "-o", examples]
            #expect(try await installation.run(export).status == 0)
            let command = ["finetune", "start", examples, "--model", "gpt-4.1-mini-2025-04-14", "--json"]
            let started = try await installation.run(command)
            let job = try JSONDecoder.snakeCase.decode(Job.self, from: Data(started.output.utf8))
            let tried = try await installation.run(["finetune", "try", job.job, "When?"])
            #expect(tried.output == "\(reply)\n", "\(tried.errors)")
            guard format == "prompt-completion" else { return }
            let request = try #require(server.calls.first { $0.operation == "POST completions" }).body
            for part in [
                #""prompt":"When?\n\n###\n\n""#, #""stop":" END""#, #""max_tokens":256"#, #""temperature":0.7"#,
            ] {
                #expect(request.contains(part), "\(request)")
            }
        }
    }

    @Test func aKilledStartGoesOnWithItsJob() async throws {
        try await withTraining { installation, server, _ in
            let examples = try await makeExamples(installation)
            let command = ["finetune", "start", examples, "--model", "gpt-4.1-mini-2025-04-14"]
            server.hold(true)
            try await installation.starting(command, untilReadyAt: "Created job") { _ = await $0.kill() }
            server.hold(false)
            let resumed = try await installation.run(command)
            #expect(resumed.status == 0 && resumed.output.contains("succeeded"), "\(resumed.errors)")
            #expect(server.count("POST fine_tuning/jobs") == 1 && server.count("POST files") == 1)
        }
    }

    @Test func refusesToTrainWithTheDate() async throws {
        try await withTraining(shutdownDate: "2026-10-23") { installation, server, _ in
            let examples = try await makeExamples(installation)
            let result = try await installation.run([
                "finetune", "start", examples, "--model", "gpt-4.1-mini-2025-04-14",
            ])
            #expect(result.status == 1 && result.errors.contains("2026-10-23"), "\(result.errors)")
            #expect(server.count("POST files") == 0)
        }
    }

    @Test func refusesExamplesThatNeedMending() async throws {
        try await withTraining { installation, server, _ in
            let line = #"{"prompt": "a", "completion": "b"}"#
            let right = (0..<9).map { #"{"prompt": "a\#($0)\n\n###\n\n", "completion": " b END"}"# }
            let talk = #"{"sender_name": "A", "content": "b"}"#
            for (name, text, words) in [
                ("a", line, "messages check"), ("b", right.joined(separator: "\n"), "at least 10"),
                ("c", talk, "messages export"), ("d", "", "at least 10"),
            ] {
                let path = "\(installation.folder)/\(name).jsonl"
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                let result = try await installation.run(["finetune", "start", path, "--model", "m"])
                #expect(result.status == 65 && result.errors.contains(words), "\(name): \(result.errors)")
            }
            #expect(server.calls.isEmpty)
        }
    }

    @Test func aFailedJobIsAFailure() async throws {
        try await withTraining([.failsJobs]) { installation, _, _ in
            let examples = try await makeExamples(installation)
            let result = try await installation.run([
                "finetune", "start", examples, "--model", "gpt-4.1-mini-2025-04-14",
            ])
            #expect(result.status == 1 && result.output.contains("failed"), "\(result.errors)")
        }
    }

    @Test func nobodyIsImitatedWithoutConsent() async throws {
        try await withInstallation { installation, redis in
            _ = try await makeExamples(installation)
            let command = ["role", "imitate", "ben", "--from", "\(installation.folder)/ben.jsonl", "--person", "Ben"]
            let refused = try await installation.run(command)
            #expect(refused.status == 64 && refused.errors.contains("--consent"))
            #expect(try await installation.run(command + ["--consent", " "]).status == 1)
            #expect(try await redis.withClient { try await keys("*", $0) }.isEmpty)

            let made = try await installation.run(command + ["--consent", "Ben himself, 29 November 2026"])
            #expect(made.status == 0 && made.errors.contains("role ben imitates Ben, by 25 of 25 replies"))
            let listed = try await installation.run(["role", "imitations"])
            #expect(listed.output.contains("Ben himself, 29 November 2026"))
            let forgotten = try await installation.run(["role", "forget", "ben"])
            #expect(forgotten.status == 0)
            #expect(try await redis.withClient { try await keys("*", $0) }.isEmpty)
            #expect(try await installation.run(["role", "forget", "ben"]).status == 1)
        }
    }
}
