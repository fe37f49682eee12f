import Foundation
import PolicyAssistant
import Redis
import TestSupport
import Testing
import WorkQueue

/// When answers are sent, and what follows when the provider or a carrier refuses them.
@Suite struct TextDeliveryTests {
    private let question = "How long is parental leave?"

    private func sends(_ phone: Phone) async throws -> Int {
        try await phone.log().calls.count { $0.hasPrefix("POST ") }
    }

    /// Expects that a message waits for about so long.
    private func expectWait(of message: QueuedMessage, _ seconds: Double) throws {
        let due = try #require(message.dueAt)
        // Redis' clock is this machine's. The message was delayed after it was enqueued, and before now.
        #expect(due >= message.enqueuedAt + seconds - 1 && due <= Date.now + seconds + 1, "\(due)")
    }

    @Test func anAnswerWaitsForTheEndOfTheQuietHours() async throws {
        let time = try SetTime("2026-11-29T21:30:00Z")
        let settings = ["SMS_QUIET_HOURS": "21:00-08:00", "SMS_TIME_ZONE": "UTC"]
        try await withPhone(settings: settings, textTime: time.now) { phone, _, redis, upstream in
            try await phone.text(question)
            let message = try await redis.delayedText()
            #expect(message.stage == "out" && message.reason == "quiet hours")
            try expectWait(of: message, 10.5 * 3600)
            #expect(upstream.questions == [question], "it was answered at once")

            // One second before the end it is tried, and waits again, second by second.
            try time.set("2026-11-30T07:59:59Z")
            try await redis.withTextQueue { queue in
                let isRevived = try await queue.retry(message)
                #expect(isRevived)
                try await eventually {
                    guard let due = try await queue.message(message.id)?.dueAt else { return false }
                    return due < Date.now + 3600
                }
            }
            #expect(try await sends(phone) == 0)
            try time.set("2026-11-30T08:00:00Z")
            #expect(try await phone.received(1).count == 1)
            try await redis.textQueueIsEmpty()
            #expect(try await sends(phone) == 1)
        }
    }

    @Test func outsideOfTheQuietHoursNothingWaits() async throws {
        let time = try SetTime("2026-11-29T20:59:59Z")
        let settings = ["SMS_QUIET_HOURS": "22:00-09:00", "SMS_TIME_ZONE": "Europe/Berlin"]
        try await withPhone(settings: settings, textTime: time.now) { phone, _, redis, _ in
            try await phone.text(question)
            _ = try await phone.received(1)
            // At ten in Berlin.
            try time.set("2026-11-29T21:00:00Z")
            try await phone.text("And sick pay?")
            #expect(try await redis.delayedText().reason == "quiet hours")
            #expect(try await phone.received().count == 1)
        }
    }

    @Test(arguments: [30001, 30008])
    func whatACarrierLostIsSentOnceMore(code: Int) async throws {
        let time = try SetTime("2026-11-29T12:00:00Z")
        try await withPhone(textTime: time.now) { phone, _, redis, upstream in
            try await phone.behave(#"{"undelivered": [\#(code), \#(code)]}"#)
            try await phone.text(question)
            let message = try await redis.delayedText()
            #expect(message.reason == "the carrier lost it before")
            try expectWait(of: message, 300)
            #expect(try await sends(phone) == 1)
            time.advance(by: 300)
            try await redis.withTextQueue { _ = try await $0.retry(message) }
            let received = try await phone.received(2)
            #expect(received[0] == received[1] && upstream.questions == [question])
            // The second loss is the last.
            try await eventually {
                try await phone.log().messages.count { $0.status == "undelivered" } == 2
            }
            try await phone.text("And sick pay?")
            #expect(try await phone.received(3)[2].contains("sick pay"))
            try await redis.textQueueIsEmpty()
            #expect(try await sends(phone) == 3)
        }
    }

    @Test(arguments: [(30003, "WARN"), (30007, "ERROR"), (30034, "ERROR"), (30005, "WARN")])
    func whatACarrierRefusesIsNotSentAgain(code: Int, level: String) async throws {
        let log = CollectedLog()
        try await withPhone(logger: log.logger) { phone, _, redis, _ in
            try await phone.behave(#"{"undelivered": [\#(code)]}"#)
            try await phone.text(question)
            try await eventually { log.lines.contains { $0.contains("The message did not arrive") } }
            let line = try #require(log.lines.first { $0.contains("The message did not arrive") })
            #expect(line.hasPrefix(level) && line.contains("undelivered, code \(code), "))
            try await phone.text("And sick pay?")
            #expect(try await phone.received(2)[1].contains("sick pay"))
            try await redis.textQueueIsEmpty()
            #expect(try await sends(phone) == 2)
        }
    }

    @Test func aCarriersReportOfAnOptOutIsKept() async throws {
        try await withPhone { phone, _, redis, upstream in
            try await phone.behave(#"{"undelivered": [21610]}"#)
            try await phone.text(question)
            try await eventually {
                try await redis.withClient { redis in
                    for try await key in redis.scan(prefix: "sms:stopped:") where !key.isEmpty { return true }
                    return false
                }
            }
            try await phone.text("And sick pay?")
            try await redis.textQueueIsEmpty()
            #expect(try await phone.received().count == 1 && upstream.questions == [question])
        }
    }

    @Test func aFullQueueOfTheProviderIsTriedAfterAMinute() async throws {
        try await withPhone { phone, _, redis, _ in
            try await phone.behave(#"{"fail": [[400, 21611]]}"#)
            try await phone.text(question)
            let message = try await redis.delayedText()
            #expect(message.reason == "status 400, code 21611, the queue of the sending number is full")
            try expectWait(of: message, 60)
            try await redis.withTextQueue { _ = try await $0.retry(message) }
            #expect(try await phone.received(1).count == 1)
            #expect(try await sends(phone) == 2)
        }
    }

    @Test func credentialsThatAreNotAcceptedNeedAnOperator() async throws {
        let log = CollectedLog()
        try await withPhone(logger: log.logger) { phone, _, _, _ in
            try await phone.behave(#"{"fail": [[401, 20003]]}"#)
            try await phone.text(question)
            // Once the operator has put them right, the answer goes.
            #expect(try await phone.received(1).count == 1)
            let line = try #require(log.lines.first { $0.contains("Failed to send message") })
            #expect(line.hasPrefix("ERROR") && line.contains("code 20003, the credentials are not valid"))
        }
    }

    @Test(arguments: [(30003, "WARN"), (30007, "ERROR"), (30034, "ERROR"), (21606, "ERROR")])
    func whatTheProviderRefusesForGoodIsDead(code: Int, level: String) async throws {
        let log = CollectedLog()
        try await withPhone(logger: log.logger) { phone, _, redis, _ in
            try await phone.behave(#"{"fail": [[400, \#(code)]]}"#)
            try await phone.text(question)
            try await redis.withTextQueue { queue in
                try await eventually { try await queue.messages(limit: 9).first?.condition == .dead }
                let dead = try await queue.messages(limit: 9)
                #expect(dead.count == 1 && dead.first?.reason?.contains("code \(code)") == true)
            }
            let line = try #require(log.lines.first { $0.contains("Failed to send message") })
            #expect(line.hasPrefix(level))
            #expect(try await sends(phone) == 1)
        }
    }
}
