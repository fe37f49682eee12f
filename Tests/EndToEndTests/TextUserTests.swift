import Foundation
import HTTPTypes
import PolicyAssistant
import Redis
import SMS
import TestSupport
import Testing

/// Who may ask by text message, and what is kept of whom.
@Suite struct TextUserTests {
    private let question = "How long is parental leave?"
    private let answer = "Answer to \"How long is parental leave?\".\nSource: Leave"

    @Test func knownNumbersOnly() async throws {
        try await withPhone(settings: ["SMS_USERS": "known"]) { phone, api, _, upstream in
            try await phone.text(question)
            try await phone.text(question)
            try await phone.text("AAAA-AAAA")
            #expect(
                try await phone.received(1)[0].hasPrefix(
                    "This number is not known here. Sign in at \(Phone.publicURL)/"
                )
            )
            let reply = try await api.send(.post, "/channels/sms/codes", body: #"{"user_id": "ana"}"#)
            #expect(reply.status == 200 && reply.headers[.cacheControl] == "no-store")
            let code = try reply.decoded(NumberCode.self)
            #expect(code.expiresIn == 600 && code.code.count == 9)
            try await phone.text(code.code.lowercased().replacing("-", with: " "))
            #expect(try await phone.received(2)[1].hasPrefix("This number now belongs to your account."))
            try await phone.text(question)
            #expect(try await phone.received(3)[2].hasPrefix(answer))
            #expect(upstream.questions == [question])
            #expect(try await api.send(.get, "/threads/ana").status == 200, "the thread is the user's own")
            // A code is good once.
            try await phone.text(code.code, from: "+14155550199")
            #expect(try await phone.received(1, by: "+14155550199")[0].hasPrefix("This number is not known"))
        }
    }

    private struct NumberCode: Decodable {
        let code: String
        let expiresIn: Int
    }

    @Test func addingANumberTellsThatTheUserLacksItsRole() async throws {
        let settings = ["ROLE_NAME": "Clerk", "ROLE_TEXT": "You are a brief clerk."]
        try await withScriptedInstallation(settings: settings) { installation, _, _ in
            for (role, isMissing) in [("Colleague", true), ("Clerk", false)] {
                let added = try await installation.run(["numbers", "add", Phone.person, "ana", "--role", role])
                #expect(added.status == 0)
                #expect(added.errors.contains("ana has no role “\(role)” yet") == isMissing)
            }
        }
    }

    @Test func aNumberAsksInItsRole() async throws {
        try await withPhone(settings: ["SMS_USERS": "known"]) { phone, api, redis, upstream in
            let role = #"{"text": "You are a cheerful colleague."}"#
            #expect(try await api.send(.put, "/shared-roles/Colleague", body: role).status == 201)
            let person = try #require(PhoneNumber(Phone.person))
            try await redis.withClient { client in
                try await PhoneNumbers(redis: client, key: nil)
                    .add(person, of: UserID("ana"), role: RoleName("Colleague"))
            }
            func isAskedInRole() -> Bool? {
                upstream.calls.last { $0.operation == .createResponse }?.request.text.contains("cheerful colleague")
            }
            try await phone.text(question)
            _ = try await phone.received(1)
            #expect(isAskedInRole() == true)
            // A role that is gone keeps nobody from asking.
            #expect(try await api.send(.delete, "/shared-roles/Colleague").status == 204)
            try await phone.text(question)
            _ = try await phone.received(2)
            #expect(isAskedInRole() == false)
        }
    }

    @Test func aNumberHasALimit() async throws {
        try await withPhone(settings: ["SMS_LIMIT_PER_HOUR": "2"]) { phone, _, _, upstream in
            for number in 1...5 { try await phone.text("question \(number)") }
            try await phone.text("other", from: "+14155550199")
            let received = try await phone.received(3)
            _ = try await phone.received(1, by: "+14155550199")
            #expect(received[2].hasPrefix("You have reached the limit"))
            #expect(try await phone.received().count == 3, "it is said once")
            #expect(upstream.questions.filter { $0 != "other" } == ["question 1", "question 2"])
        }
    }

    @Test func forgettingAUserReachesTexts() async throws {
        try await withPhone(settings: ["SMS_USERS": "known"]) { phone, api, redis, _ in
            let code = try await api.send(.post, "/channels/sms/codes", body: #"{"user_id": "ana"}"#).decoded(
                NumberCode.self
            )
            try await phone.text(code.code)
            try await phone.text(question)
            _ = try await phone.received(2)
            try await phone.text("STOP")
            try await eventually {
                try await phone.log().messages.filter { $0.direction != "inbound" }.allSatisfy {
                    $0.status == "delivered"
                }
            }
            #expect(try await api.send(.delete, "/threads/ana").status == 204)
            try await eventually { try await phone.log().messages.filter { !$0.body.isEmpty }.map(\.body) == ["STOP"] }
            let keys = try await redis.withClient { redis in
                var keys: [String] = []
                for try await key in redis.scan(prefix: "sms:") { keys.append(key) }
                return keys
            }
            #expect(
                Set(keys.compactMap { $0.split(separator: ":").dropFirst().first }).isSubset(of: [
                    "key", "stopped", "rate", "listing", "listed",
                ]),
                "\(keys)"
            )
        }
    }

    @Test func deliveredTextsAreRedacted() async throws {
        try await withPhone(settings: ["SMS_REDACT": "true"]) { phone, _, _, _ in
            try await phone.text(question)
            try await eventually {
                let messages = try await phone.log().messages
                return messages.count == 2 && messages.allSatisfy(\.body.isEmpty)
            }
        }
    }

    @Test func whoeverOptsOutGetsNothing() async throws {
        try await withPhone { phone, _, _, upstream in
            try await phone.text("Stop!")
            try await phone.text(question)
            try await phone.text("other", from: "+14155550199")
            _ = try await phone.received(1, by: "+14155550199")
            try await phone.text("START")
            try await phone.text("cancel my leave")
            let received = try await phone.received(1)
            #expect(received.count == 1 && received[0].contains("cancel my leave"))
            #expect(upstream.questions == ["other", "cancel my leave"])
            try await phone.text("yes")
            #expect(try await phone.received(2)[1].contains("yes"), "a question, unless the person has opted out")
        }
    }

    @Test func whoeverOptsOutGetsNoAnswerThatWaits() async throws {
        let gate = Gate()
        try await withPhone(script: { call in
            if call.operation == .createResponse, call.question == question { await gate.wait() }
            return .usual
        }) { phone, _, redis, _ in
            try await phone.text(question)
            try await phone.text("STOP")
            gate.open()
            try await phone.text("other", from: "+14155550199")
            _ = try await phone.received(1, by: "+14155550199")
            try await eventually {
                try await redis.withClient { try await $0.send(.exists("queue:sms:messages")).integer == 0 }
            }
            #expect(try await phone.received().isEmpty)
        }
    }

    @Test func theProvidersRefusalIsAnOptOut() async throws {
        try await withPhone { phone, _, redis, upstream in
            try await phone.behave(#"{"fail": [[400, 21610]]}"#)
            try await phone.text(question)
            // Before another's answer can meet the refusal.
            try await eventually { try await phone.log().calls.contains { $0.hasPrefix("POST ") } }
            try await phone.text("again")
            try await phone.text("other", from: "+14155550199")
            _ = try await phone.received(1, by: "+14155550199")
            try await eventually {
                try await redis.withClient { try await $0.send(.exists("queue:sms:messages")).integer == 0 }
            }
            #expect(try await phone.received().isEmpty)
            #expect(upstream.questions == [question, "other"])
        }
    }
}
