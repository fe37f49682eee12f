import Foundation
import SMS
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TextRecordsTests {
    private let entry = {
        let (person, service) = (PhoneNumber("+14155550123"), PhoneNumber("+15005550006"))
        guard let person, let service else { preconditionFailure("both are numbers") }
        return TextEntry(IncomingMessage(id: "SM1", from: person, to: service, body: "Question"))
    }()

    @Test func anEntryHasTheFieldsOfEarlierServices() throws {
        #expect(
            entry.json
                == #"{"body":"Question","conversationId":"SM1","from":"+14155550123","lambda":"ReceiveSMS","to":"+15005550006"}"#
        )
        let answered = entry.answered("Answer", for: try UserID("ana"))
        #expect(answered.lambda == "QueryGPT" && answered.to == entry.to && answered.from == entry.from)
        #expect(TextEntry(json: answered.json) == answered)
        #expect(TextEntry(json: "{}") == nil)
    }

    @Test func statesNeverGoBack() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let records = TextRecords(redis: redis)
                func report(_ status: DeliveryStatus, _ code: Int? = nil) async throws -> String? {
                    try await redis.run(
                        TextScripts.report(DeliveryReport(id: "SM9", status: status, code: code), of: "t")
                    )
                }
                for command in TextRecords.record("SM9", as: "t", entry, at: .now) { _ = try await redis.ask(command) }
                #expect(try await report(.sent) == nil)
                #expect(try await records.sent("t")?.status == .sent)
                #expect(try await report(.queued) == nil)
                #expect(try await records.sent("t")?.status == .sent)
                #expect(try await report(.delivered) == entry.json, "the first final state gives the entry")
                #expect(try await report(.undelivered, 30003) == nil)
                #expect(try await report(.delivered) == nil)
                #expect(try await records.sent("t")?.status == .delivered)
                #expect(try await report(.read) == nil)
                #expect(try await records.sent("t")?.status == .read)
                #expect(try await records.isOther("SM9", than: "u"))
                #expect(try await !records.isOther("SM9", than: "t"))
                #expect(try await !records.isOther("SM8", than: "t"))
            }
        }
    }

    @Test func aReportBeforeTheResponseIsKept() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let report = DeliveryReport(id: "SM9", status: .sent)
                let entry = try await redis.run(TextScripts.report(report, of: "t"))
                #expect(entry == nil)
                #expect(try await TextRecords(redis: redis).sent("t") == .init(id: "SM9", status: .sent))
            }
        }
    }

    @Test func pseudonymsDependOnTheKeyAndTheNumbers() async throws {
        let person = try #require(PhoneNumber("+14155550123"))
        let (one, two) = (try #require(PhoneNumber("+15005550006")), try #require(PhoneNumber("+15005550007")))
        try await withRedisServer { server in
            try await server.withClient { redis in
                let stored = NumberPseudonyms(secret: nil, redis: redis)
                let again = NumberPseudonyms(secret: nil, redis: redis)
                let secret = NumberPseudonyms(secret: SigningSecret("a secret of 32 bytes and some more"), redis: redis)
                let pair = try await stored.pair(person: person, service: one)
                #expect(try await again.pair(person: person, service: one) == pair, "the key is in Redis")
                #expect(try await stored.pair(person: person, service: two).line != pair.line)
                #expect(try await stored.number(person) == pair.number)
                #expect(try await secret.number(person) != pair.number)
                #expect(pair.number.count == 32 && !pair.number.contains("4155550123"))
                var repeated = entry
                repeated.repetition = 1
                #expect(try await stored.token(of: entry) == again.token(of: entry))
                #expect(try await stored.token(of: entry) != stored.token(of: repeated))
            }
        }
    }

    @Test func noticesAreGivenOnceAndAgainToTheSameMessage() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let records = TextRecords(redis: redis)
                for (message, isDue) in [("SM1", true), ("SM1", true), ("SM2", false)] {
                    let answer = try await records.isDue("limit", toNumber: "n", of: message, within: .seconds(60))
                    #expect(answer == isDue, "a message whose worker was killed asks again")
                }
            }
        }
    }

    @Test func numbersBelongToUsers() async throws {
        let person = try #require(PhoneNumber("+14155550123"))
        try await withRedisServer { server in
            try await server.withClient { redis in
                let numbers = PhoneNumbers(redis: redis, key: nil)
                try await numbers.add(person, of: UserID("ana"))
                try await numbers.add(person, of: UserID("ben"))
                let list = try await numbers.list()
                #expect(list.map(\.user.value) == ["ben"] && list.map(\.lastDigits) == ["23"])
                try await numbers.remove(person)
                let error = await #expect(throws: PolicyAssistantError.self) { try await numbers.remove(person) }
                #expect(error?.code == .numberNotFound)
                let code = try await numbers.code(for: UserID("cem"))
                #expect(
                    try await numbers.redeem("what is \(code.text)", from: person) == nil,
                    "the whole message is the code"
                )
                #expect(try await numbers.redeem(" \(code.text.lowercased()) ", from: person)?.value == "cem")
                #expect(try await numbers.redeem(code.text, from: person) == nil)
                #expect(try await numbers.list().map(\.user.value) == ["cem"])
            }
        }
    }
}
