import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

/// Roles and what is remembered, over two servers of one Redis, as upstream sees it.
@Suite struct RoleTests {
    private static let (teacher, lawyer, shared) = (
        "You are a patient teacher.", "You are a stern lawyer.", "You are a cheerful colleague."
    )

    private func ask(
        _ message: String,
        as user: String,
        in role: String? = nil,
        at api: API,
        isStreamed: Bool = false
    ) async throws -> API.Reply {
        let body = ["user_id": user, "message": message, "role": role].compactMapValues(\.self)
        let text = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
        let headers: HTTPFields = isStreamed ? [.accept: "text/event-stream"] : [:]
        let reply = try await api.send(.post, "/chat", body: text, headers: headers)
        #expect(reply.status == 200, "\(String(decoding: reply.body, as: UTF8.self))")
        return reply
    }

    private func put(_ text: String, at path: String, of api: API) async throws -> Int {
        let body = String(decoding: try JSONEncoder().encode(["text": text]), as: UTF8.self)
        return try await api.send(.put, path, body: body).status
    }

    @Test(arguments: UpstreamAPI.allCases, [false, true])
    func rolesOfUsersAreApart(api: UpstreamAPI, isStreamed: Bool) async throws {
        try await withReplicas(over: api) { first, second, upstream, _ in
            #expect(try await put(Self.teacher, at: "/roles/Teacher?user_id=ana", of: first.api) == 201)
            #expect(try await put(Self.lawyer, at: "/roles/Lawyer?user_id=ana", of: second.api) == 201)
            #expect(try await put(Self.shared, at: "/shared-roles/Colleague", of: first.api) == 201)
            let asked: [(user: String, role: String?, text: String?)] = [
                ("ana", "Teacher", Self.teacher), ("ana", "Lawyer", Self.lawyer), ("ana", nil, nil),
                ("ana", "Colleague", Self.shared), ("ben", "Colleague", Self.shared), ("ben", nil, nil),
            ]
            for round in 1...2 {
                for (index, (user, role, _)) in asked.enumerated() {
                    let api = (round + index).isMultiple(of: 2) ? first.api : second.api
                    _ = try await ask("\(round) \(index)", as: user, in: role, at: api, isStreamed: isStreamed)
                }
            }
            let calls = upstream.calls.filter { $0.operation == .createResponse }
            #expect(calls.count == 2 * asked.count)
            for (index, (_, _, text)) in asked.enumerated() {
                let own = calls.filter { $0.question.hasSuffix(" \(index)") }
                #expect(Set(own.map(\.conversation)).count == 1, "both rounds in one thread")
                for other in [Self.teacher, Self.lawyer, Self.shared] {
                    let sentences = own.map { $0.request.text.ranges(of: other).count }
                    #expect(sentences == (other == text ? [1, 1] : [0, 0]), "\(index): \(other)")
                }
            }
            #expect(Set(calls.map(\.conversation)).count == asked.count)
            // What was said in one role is in no other's conversation.
            #expect(upstream.conversations.values.allSatisfy { $0.count == 4 })
            let histories = upstream.calls.filter { $0.operation == .createConversation }
            #expect(histories.allSatisfy { $0.messages.isEmpty })
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aChangedRoleBeginsAnewAndADeletedOneIsGone(api: UpstreamAPI) async throws {
        try await withReplicas(over: api) { first, second, upstream, _ in
            #expect(try await put(Self.teacher, at: "/roles/Mine?user_id=ana", of: first.api) == 201)
            _ = try await ask("One", as: "ana", in: "Mine", at: first.api)
            #expect(try await put(Self.lawyer, at: "/roles/Mine?user_id=ana", of: second.api) == 200)
            _ = try await ask("Two", as: "ana", in: "Mine", at: second.api)
            let calls = upstream.calls.filter { $0.operation == .createResponse }
            #expect(calls[0].conversation != calls[1].conversation)
            #expect(!calls[1].request.text.contains(Self.teacher))
            #expect(upstream.conversations.count == 1, "the conversation of the old text is deleted")

            #expect(try await second.api.send(.delete, "/roles/Mine?user_id=ana").status == 204)
            #expect(upstream.conversations.isEmpty && upstream.responses.isEmpty)
            let gone = try await first.api.send(
                .post,
                "/chat",
                body: #"{"user_id": "ana", "message": "Three", "role": "Mine"}"#
            )
            #expect(try gone.decoded(ProblemDocument.self).code == "role_not_found")
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aSharedRoleThatIsDeletedLeavesNoThread(api: UpstreamAPI) async throws {
        try await withReplicas(over: api) { first, second, upstream, redis in
            #expect(try await put(Self.shared, at: "/shared-roles/Colleague", of: first.api) == 201)
            #expect(try await put(Self.teacher, at: "/roles/Colleague?user_id=ben", of: first.api) == 201)
            for user in ["ana", "ben", "cem"] {
                _ = try await ask("Hello", as: user, in: "Colleague", at: first.api)
                _ = try await remember("Hello", of: user, role: "Colleague", at: first.api)
            }
            #expect(try await second.api.send(.delete, "/shared-roles/Colleague").status == 204)
            try await redis.withClient { client in
                let left = try await keys("role_thread:*", client)
                #expect(left.count == 1, "Ben has a role of this name")
                #expect(try await keys("remembered:*", client) == ["remembered:ben"])
                #expect(try await client.send(RedisCommand("HLEN", ["undeleted"])).integer == 2)
            }
            _ = try await ask("Still there?", as: "ben", in: "Colleague", at: second.api)
            #expect(
                upstream.calls.last { $0.operation == .createResponse }?.request.text.contains(Self.teacher) == true
            )
        }
    }

    private struct Remembered: Decodable {
        let id: String
        let text: String
        let author: String
    }

    private struct RememberedList: Decodable {
        let messages: [Remembered]
    }

    private struct Messages: Decodable {
        struct Message: Decodable {
            let id: String
            let text: String
        }

        let messages: [Message]
    }

    private func remember(_ text: String, of user: String, role: String?, at api: API) async throws -> Remembered {
        let query = role.map { "?role=\($0)" } ?? ""
        let list = try await api.send(.get, "/threads/\(user)/messages\(query)").decoded(Messages.self)
        let message = try #require(list.messages.first { $0.text.contains(text) })
        let body = ["message_id": message.id, "text": text, "role": role].compactMapValues(\.self)
        let reply = try await api.send(
            .post,
            "/threads/\(user)/remembered",
            body: String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
        )
        #expect(reply.status == 201)
        return try reply.decoded()
    }

    @Test(arguments: UpstreamAPI.allCases)
    func rememberedWordsReachLaterThreadsOfTheirRoleOnce(api: UpstreamAPI) async throws {
        try await withReplicas(over: api) { first, second, upstream, redis in
            #expect(try await put(Self.teacher, at: "/roles/Teacher?user_id=ana", of: first.api) == 201)
            let words = "I work sixty percent"
            _ = try await ask("\(words), what then?", as: "ana", in: "Teacher", at: first.api)
            let remembered = try await remember(words, of: "ana", role: "Teacher", at: second.api)
            #expect(remembered.author == "user")
            func sent(_ question: String) -> Int {
                let call = upstream.calls.last { $0.operation == .createResponse && $0.question == question }
                return call?.request.text.ranges(of: words).count ?? -1
            }
            // The thread that has the message is not told of it again.
            _ = try await ask("In the same thread", as: "ana", in: "Teacher", at: second.api)
            #expect(sent("In the same thread") == 0)
            #expect(try await first.api.send(.delete, "/threads/ana/messages?role=Teacher").status == 204)
            for (question, user, role, count) in [
                ("Later", "ana", "Teacher", 1), ("And again", "ana", "Teacher", 1), ("Without a role", "ana", nil, 0),
                ("Another's", "ben", nil, 0),
            ] as [(String, String, String?, Int)] {
                _ = try await ask(question, as: user, in: role, at: first.api)
                #expect(sent(question) == count, "\(question)")
            }

            let path = "/threads/ana/remembered/\(remembered.id)"
            #expect(try await second.api.send(.delete, path).status == 204)
            #expect(try await second.api.send(.delete, path).status == 404)
            _ = try await ask("After it is forgotten", as: "ana", in: "Teacher", at: first.api)
            #expect(sent("After it is forgotten") == 0)

            _ = try await remember("After it is", of: "ana", role: "Teacher", at: first.api)
            #expect(try await first.api.send(.delete, "/threads/ana").status == 204)
            let left = try await second.api.send(.get, "/threads/ana/remembered").decoded(RememberedList.self)
            #expect(left.messages.isEmpty)
            try await redis.withClient { client in
                let left = try await keys("*ana", client)
                #expect(left == [], "nothing of the user is left")
            }
        }
    }

    @Test func whatIsRememberedIsBoundedAndLiteral() async throws {
        let long = String(repeating: "word ", count: 390) + "end"
        try await withReplicas { call in
            .response { $0.pieces = ["\(call.question): \(long)"] }
        } _: { first, _, _, _ in
            for number in 1...3 { _ = try await ask("Part \(number)", as: "ana", at: first.api) }
            let list = try await first.api.send(.get, "/threads/ana/messages").decoded(Messages.self)
            func post(_ body: [String: String]) async throws -> API.Reply {
                let text = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
                return try await first.api.send(.post, "/threads/ana/remembered", body: text)
            }
            let answers = list.messages.filter { $0.text.hasPrefix("Part") && $0.text.contains(long) }
            #expect(answers.count == 3)
            #expect(try await post(["message_id": answers[0].id]).status == 201)
            #expect(try await post(["message_id": answers[0].id]).status == 200, "remembered already")
            #expect(try await post(["message_id": answers[1].id]).status == 201)
            let full = try await post(["message_id": answers[2].id])
            #expect(full.status == 409)
            #expect(try full.decoded(ProblemDocument.self).code == "too_much_remembered")
            let invented = try await post(["message_id": answers[2].id, "text": "I am the boss"])
            #expect(try invented.decoded(ProblemDocument.self).field == "text")
            #expect(try await post(["message_id": "msg_none"]).status == 404)
        }
    }

    @Test func theDefaultRoleIsThatOfTheSettings() async throws {
        let settings = ["ROLE_NAME": "先生", "ROLE_TEXT": Self.teacher]
        try await withReplicas(settings: settings) { first, second, upstream, _ in
            let answer = try await ask("Hello", as: "ana", at: first.api)
            #expect(String(decoding: answer.body, as: UTF8.self).contains(#""role":"先生""#))
            let name = try #require("先生".addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            let role = try await second.api.send(.get, "/roles/\(name)?user_id=ana")
            #expect(String(decoding: role.body, as: UTF8.self).contains(#""scope":"default""#))
            _ = try await ask("By its name", as: "ana", in: "先生", at: second.api)
            let calls = upstream.calls.filter { $0.operation == .createResponse }
            #expect(calls.allSatisfy { $0.request.text.contains(Self.teacher) })
            #expect(Set(calls.map(\.conversation)).count == 1)
        }
    }

    @Test func namesTextsAndNumbersOfRolesAreBounded() async throws {
        try await withReplicas { first, _, _, _ in
            let api = first.api
            let longest = try await put(String(repeating: "é", count: 200), at: "/roles/A?user_id=ana", of: api)
            #expect(longest == 201)
            #expect(try await put(String(repeating: "é", count: 201), at: "/roles/A?user_id=ana", of: api) == 422)
            #expect(try await put(" \n", at: "/roles/A?user_id=ana", of: api) == 422)
            let names = [
                (String(repeating: "n", count: 20), 201), (String(repeating: "n", count: 21), 422), ("%20x", 422),
            ]
            for (name, status) in names {
                #expect(try await put("Text", at: "/roles/\(name)?user_id=ana", of: api) == status, "\(name)")
            }
            for number in 3...20 {
                #expect(try await put("Text", at: "/roles/\(number)?user_id=ana", of: api) == 201)
            }
            #expect(try await put("Text", at: "/roles/21?user_id=ana", of: api) == 409)
            #expect(try await put("Other", at: "/roles/20?user_id=ana", of: api) == 200)
            #expect(try await put("Text", at: "/roles/21?user_id=ben", of: api) == 201)
            #expect(try await api.send(.delete, "/roles/none?user_id=ana").status == 404)
        }
    }

    private struct Imitating: Decodable {
        struct Mark: Decodable {
            let of: String
        }

        let imitation: Mark?
    }

    @Test(arguments: UpstreamAPI.allCases, [false, true])
    func aRoleThatImitatesSaysSoInEveryAnswer(api: UpstreamAPI, isStreamed: Bool) async throws {
        try await withScriptedInstallation(over: api) { installation, upstream, _ in
            let file = "\(installation.folder)/talk.jsonl"
            let talk = """
                {"role": "user", "sender_name": "Ana", "content": "How is the annual leave?"}
                {"role": "assistant", "sender_name": "Ben", "content": "Grand, thanks a million!"}
                """
            try talk.write(toFile: file, atomically: true, encoding: .utf8)
            let imitate = ["role", "imitate", "Ben", "--from", file, "--person", "Ben", "--consent", "Ben, today"]
            let made = try await installation.run(imitate)
            #expect(made.status == 0, "\(made.errors)")
            try await installation.serving { server in
                func mark(_ question: String, in role: String?) async throws -> String? {
                    let reply = try await ask(question, as: "ana", in: role, at: server, isStreamed: isStreamed)
                    let text = String(decoding: reply.body, as: UTF8.self)
                    guard isStreamed else { return try reply.decoded(Imitating.self).imitation?.of }
                    return text.firstMatch(of: /"imitation":{"of":"(\w+)"}/).map { String($0.output.1) }
                }
                #expect(try await mark("How much leave do I get?", in: "Ben") == "Ben")
                #expect(try await mark("And without a role?", in: nil) == nil)
                let requests = upstream.calls.filter { $0.operation == .createResponse }.map(\.request.text)
                #expect(requests.map { $0.contains("Grand, thanks a million!") } == [true, false])
                #expect(try await installation.run(["role", "forget", "Ben"]).status == 0)
                let gone = try await server.send(
                    .post,
                    "/chat",
                    body: #"{"user_id": "ana", "message": "Still?", "role": "Ben"}"#
                )
                #expect(gone.status == 404, "the role was made for the imitation")
            }
        }
    }

    @Test func clientsOfTheFormerSystemAskInARole() async throws {
        try await withReplicas { call in
            call.question == "Broken" ? .reply(.error(400)) : .usual
        } _: { first, _, upstream, redis in
            func post(_ body: [String: String]) async throws -> (status: Int, text: String) {
                let text = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
                let reply = try await first.api.send(.post, "/main", body: text)
                return (reply.status, try reply.decoded([String: String].self)["message"] ?? "")
            }
            let answer = try await post(["message": "Hello", "role": Self.teacher])
            #expect(answer == (200, ScriptedResponse.text(answering: "Hello")))
            let call = try #require(upstream.calls.last { $0.operation == .createResponse })
            #expect(call.request.text.contains(Self.teacher))
            for (body, text) in [
                (["message": "Hello"], "Role is required"),
                (["message": "Hello", "role": String(repeating: "r", count: 201)], "Role exceeds maximum length"),
                (["role": "r"], "Message is either missing or exceeds maximum length"),
                (
                    ["role": "r", "message": String(repeating: "m", count: 2001)],
                    "Message is either missing or exceeds maximum length"
                ),
            ] {
                #expect(try await post(body) == (400, text))
            }
            #expect(try await post(["role": "r", "message": String(repeating: "m", count: 2000)]).status == 200)
            #expect(
                try await post(["role": "r", "message": "Broken"]) == (
                    500, "An error occurred. Please try again later."
                )
            )
            #expect(try await first.api.send(.get, "/main").status == 405)
            try await redis.withClient { client in
                // Nothing of such a question is kept.
                try await eventually { try await keys("*thread*", client).isEmpty }
            }
        }
    }
}
