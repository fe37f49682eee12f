import Foundation
import HTTPTypes
import PolicyAssistant
import Redis
import TestSupport
import Testing

/// Questions by text message, from the webhook to the answer on the phone.
@Suite struct TextMessageTests {
    private let question = "How long is parental leave?"
    private let answer = "Answer to \"How long is parental leave?\".\nSource: Leave"

    private func answer(to question: String) -> String { "Answer to \"\(question)\".\nSource: Leave" }

    @Test func aTextIsAnsweredByAText() async throws {
        let log = CollectedLog()
        try await withPhone(logger: log.logger) { phone, _, redis, upstream in
            let texted = try await phone.text(question)
            #expect(texted.status.code == 200)
            let received = try await phone.received(1)
            #expect(received[0].hasPrefix(answer), "\(received)")
            #expect(received[0].contains("\(Phone.publicURL)/#document=file"))
            #expect(upstream.questions == [question])
            let webhook = try #require(try await phone.log().webhooks.first { $0.url.hasSuffix("/sms") })
            #expect(webhook.body == #"<?xml version="1.0" encoding="UTF-8"?><Response></Response>"#)
            try await eventually { log.lines.contains { $0.contains("Delivered message") } }
            // One ID finds the stages, and nothing in the log is a number or a text.
            let lines = log.lines.filter { $0.contains(texted.sid) }
            for stage in ["ReceiveSMS", "QueryGPT", "SendSMS"] {
                #expect(lines.contains { $0.contains(" -- \(stage) -- ") })
            }
            #expect(lines.allSatisfy { $0.wholeMatch(of: /(DEBUG|INFO|WARN|ERROR) \S+ -- \w+ -- .+/) != nil })
            for secret in [Phone.person, Phone.service, "415555", question, "parental", "stand-in-auth-token"] {
                #expect(!log.lines.contains { $0.contains(secret) }, "\(secret)")
            }
            try await keysHaveNoNumbers(redis)
        }
    }

    private func keysHaveNoNumbers(_ redis: RedisServer) async throws {
        try await redis.withClient { redis in
            for try await key in redis.scan(prefix: "") {
                #expect(!key.contains("4155550123") && !key.contains("5005550006"), "\(key)")
            }
        }
    }

    @Test func followUpsAreInOneThread() async throws {
        try await withPhone { phone, _, _, upstream in
            try await phone.text(question)
            _ = try await phone.received(1)
            try await phone.text("Tell me more about that")
            _ = try await phone.received(2)
            #expect(upstream.conversations.count == 1)
            #expect(upstream.conversations.values.first?.count == 4)
        }
    }

    @Test func numbersOfTheServiceDoNotMix() async throws {
        try await withPhone { phone, _, _, upstream in
            try await phone.text(question)
            try await phone.text(question, to: "+15005550007")
            _ = try await phone.received(2)
            #expect(upstream.conversations.count == 2)
            let senders = try await phone.log().messages.filter { $0.direction != "inbound" }.map(\.from)
            #expect(Set(senders) == [Phone.service, "+15005550007"])
        }
    }

    @Test func aRepeatedWebhookIsAnsweredOnce() async throws {
        try await withPhone { phone, _, _, upstream in
            try await phone.behave(#"{"double": 1}"#)
            let first = try await phone.text(question)
            try await phone.text(question, sid: first.sid)
            try await phone.text("And sick pay?")
            let received = try await phone.received(2)
            #expect(received.count == 2 && upstream.questions == [question, "And sick pay?"])
            #expect(try await phone.log().webhooks.filter { $0.url.hasSuffix("/sms") }.count == 6)
        }
    }

    @Test func textsOfAPersonAreAnsweredInOrder() async throws {
        let gate = Gate()
        try await withPhone(script: { call in
            if call.operation == .createResponse, call.question == "one" { await gate.wait() }
            return .usual
        }) { phone, _, _, upstream in
            for text in ["one", "two", "three"] { try await phone.text(text) }
            try await phone.text("other", from: "+14155550199")
            _ = try await phone.received(1, by: "+14155550199")
            #expect(try await phone.received().isEmpty, "the person's first question is not answered yet")
            gate.open()
            let received = try await phone.received(3)
            #expect(zip(received, ["one", "two", "three"]).allSatisfy { $0.contains($1) })
            #expect(upstream.questions.filter { $0 != "other" } == ["one", "two", "three"])
        }
    }

    @Test func aLostResponseIsResolvedByTheReport() async throws {
        try await withPhone { phone, _, _, _ in
            try await phone.behave(#"{"lose": 1, "reorder": 1, "double": 1}"#)
            try await phone.text(question)
            try await phone.text("And sick pay?")
            let received = try await phone.received(2)
            #expect(received.count == 2)
            let sends = try await phone.log().calls.filter { $0.hasPrefix("POST") }
            #expect(sends.count == 2, "nothing was sent again")
        }
    }

    @Test func withoutAReportTheProvidersListTells() async throws {
        try await withPhone(["--report-delay", "600"], changing: { $0.sms?.resolutionTime = .seconds(1) }) {
            phone,
            _,
            _,
            _ in
            try await phone.behave(#"{"lose": 1}"#)
            try await phone.text(question)
            try await phone.text("And sick pay?")
            _ = try await phone.received(1)
            try await phone.behave(#"{"lose": 0}"#)
            let received = try await phone.received(2)
            #expect(received.count == 2 && received[1].contains("sick pay"))
            let calls = try await phone.log().calls
            #expect(calls.contains { $0.hasPrefix("GET") })
        }
    }

    @Test func refusalsOfTheProviderAreRetriedOrNot() async throws {
        let log = CollectedLog()
        try await withPhone(changing: { $0.sms?.resolutionTime = .milliseconds(200) }, logger: log.logger) {
            phone,
            _,
            _,
            _ in
            try await phone.behave(#"{"fail": [[429, 20429], [500, 20500]]}"#)
            try await phone.text(question)
            #expect(try await phone.received(1).count == 1)
            // For good: the next message is answered all the same.
            try await phone.behave(#"{"fail": [[400, 30034]]}"#)
            try await phone.text("lost")
            try await phone.text("kept")
            let received = try await phone.received(2)
            #expect(received.count == 2 && received[1].contains("kept"))
            #expect(log.lines.contains { $0.hasPrefix("ERROR") && $0.contains("30034") }, "an operator has to act")
        }
    }

    @Test func theTestNumberIsNeverTexted() async throws {
        let log = CollectedLog()
        try await withPhone(logger: log.logger) { phone, _, _, _ in
            try await phone.text(question, from: "TEST123")
            try await eventually { log.lines.contains { $0.hasSuffix(" -- SendSMS -- Test Successful!") } }
            #expect(try await phone.log().calls.allSatisfy { !$0.hasPrefix("POST") })
        }
    }

    @Test func allThatIsQueuedIsSent() async throws {
        try await withPhone { phone, _, _, _ in
            for number in 0..<10 { try await phone.text("question \(number)", from: "+1415555020\(number)") }
            for number in 0..<10 {
                let received = try await phone.received(1, by: "+1415555020\(number)")
                #expect(received.count == 1 && received[0].contains("question \(number)"))
            }
        }
    }

    @Test func wordsOfOtherLanguagesAreConfirmed() async throws {
        try await withPhone { phone, _, _, _ in
            try await phone.text("ARRÊT")
            try await phone.text("Ayuda")
            try await phone.text("HELP")
            try await phone.text("Anmelden")
            let received = try await phone.received(2)
            #expect(received[0].hasPrefix("You will get no more texts"))
            #expect(received[1].hasPrefix("Sie bekommen wieder Antworten."))
        }
    }

    @Test func aLongAnswerContinuesOnRequest() async throws {
        let sentence = "Employees may work from “another country” for 30 days in a year — with approval. "
        try await withPhone(
            settings: ["SMS_SEGMENTS": "2"],
            script: { call in
                call.operation == .createResponse
                    ? .response { $0.pieces = ["## Rule\n\n**" + String(repeating: sentence, count: 8) + "**"] }
                    : .usual
            }
        ) { phone, _, _, upstream in
            try await phone.text(question)
            try await phone.text("more")
            try await phone.text("MORE")
            let received = try await phone.received(3)
            #expect(received[0].hasPrefix("Rule\nEmployees may work from \"another country\""))
            #expect(
                received[0].contains("approval.\nSource: Leave\n")
                    && received[0].hasSuffix("\nReply MORE for the rest.")
            )
            #expect(received.allSatisfy { !$0.contains("*") && !$0.contains("## ") && $0.count <= 306 })
            #expect(upstream.questions.count == 1)
            for _ in 0..<5 { try await phone.text("more") }
            let rest = try await phone.received(8)
            #expect(rest.last?.hasPrefix("There is no more") == true)
            let all = rest.joined()
            #expect(all.components(separatedBy: "another country").count - 1 == 8, "nothing was left out or said twice")
        }
    }

    @Test func textsBesidesAnswersAreInThePersonsLanguage() async throws {
        let sentence =
            "Sie haben im Jahr 27 Tage Urlaub, wenn Sie voll arbeiten, und es gibt nach Absprache mehr davon. "
        try await withPhone(
            settings: ["SMS_SEGMENTS": "2"],
            script: { call in
                guard call.operation == .createResponse else { return .usual }
                return call.question == "Was ist kaputt, und wie lange?"
                    ? .reply(.error(400)) : .response { $0.pieces = [String(repeating: sentence, count: 6)] }
            }
        ) { phone, _, _, _ in
            try await phone.text("Wie viele Urlaubstage habe ich?")
            let answer = try await phone.received(1)[0]
            #expect(answer.contains("\nQuelle: Leave\n") && answer.hasSuffix("\nAntworten Sie MEHR für den Rest."))
            // What does not tell its language has that of the last question.
            try await phone.text("", media: ["https://example.com/1", "image/jpeg"])
            #expect(try await phone.received(2)[1].hasPrefix("Diese Nummer kann Bilder und Dateien nicht lesen."))
            try await phone.text("Was ist kaputt, und wie lange?")
            #expect(try await phone.received(3)[2].hasPrefix("Leider ist ein Fehler aufgetreten."))
            for _ in 0..<6 { try await phone.text("mehr") }
            #expect(try await phone.received(9)[8].hasPrefix("Von der letzten Antwort gibt es nicht mehr."))
            try await phone.text("Hilfe")
            #expect(try await phone.received(10)[9].hasPrefix("Diese Nummer beantwortet Fragen"))
            try await phone.text("STOPP")
            #expect(try await phone.received(11)[10].hasPrefix("Sie bekommen von dieser Nummer nichts mehr."))
        }
    }

    @Test func aQuestionThatCannotBeAnsweredIsToldOnce() async throws {
        try await withPhone(script: { call in
            call.operation == .createResponse && call.question == question ? .reply(.error(400)) : .usual
        }) { phone, _, _, _ in
            try await phone.text(question)
            try await phone.text("other", from: "+14155550199")
            try await phone.text("And sick pay?")
            let received = try await phone.received(2)
            #expect(
                received[0]
                    == "Unfortunately we encountered an issue. Please try again. If this issue persists, please try again later."
            )
            #expect(received.count == 2 && received[1].contains("sick pay"), "\(received)")
            #expect(try await phone.received(1, by: "+14155550199").count == 1)
        }
    }

    @Test func aPictureAloneGetsAStatedReply() async throws {
        try await withPhone { phone, _, _, upstream in
            try await phone.text("", media: ["https://example.com/1", "image/jpeg"])
            #expect(try await phone.received(1)[0].hasPrefix("This number cannot read pictures"))
            #expect(upstream.questions.isEmpty)
        }
    }

    @Test func aWebhookThatDidNotArriveIsMadeUpFor() async throws {
        try await Phone.with { phone in
            try await phone.behave(#"{"silent": 1}"#)
            try await phone.text(question)
            try await withScriptedInstallation(settings: phone.settings) { installation, _, redis in
                try await redis.withClient { _ = try await $0.send(.set("sms:listed", "2026-01-01T00:00:00Z")) }
                try await installation.servingHere { _ in
                    let received = try await phone.received(1)
                    #expect(received[0].hasPrefix(answer))
                }
            }
        }
    }
}
