import Foundation
import HTTPTypes
import PolicyAssistant
import TestSupport
import Testing

/// Text messages while Redis, the provider and upstream are away, one after the other.
///
/// An outage lasts until the program has met it. `OUTAGE_SECONDS` in the environment is how long Redis is away beyond that; the
/// others are away three times as long.
@Suite struct TextOutageTests {
    private static let outage = ProcessInfo.processInfo.environment["OUTAGE_SECONDS"].flatMap(Int.init)
    private static let people = (0..<5).map { "+1415555\(2000 + $0)" }

    /// Texts a question for each person, and waits until every earlier and present one is answered.
    private static func round(_ number: Int, _ phone: Phone, during outage: () async throws -> Void = {}) async throws {
        for person in people { try await phone.text("Question \(number)?", from: person) }
        try await outage()
        for person in people {
            try await eventually(within: .seconds(180)) { try await phone.received(by: person).count >= number }
        }
    }

    /// Waits until the program has met an outage, and then for the time that the environment asks for.
    private static func last(_ times: Int = 1, since isMet: () async throws -> Bool) async throws {
        try await eventually(isMet)
        if let outage { try await Task.sleep(for: .seconds(times * outage)) }
    }

    private static func sends(_ phone: Phone) async throws -> Int {
        try await phone.log().calls.count { $0.hasPrefix("POST ") }
    }

    @Test func nothingIsLostOrDoubled() async throws {
        let settings = [
            "WORKERS": "8", "SMS_LIMIT_PER_HOUR": "0", "QUEUE_LEASE_SECONDS": "5", "SMS_RESOLUTION_SECONDS": "2",
        ]
        let isSlow = Gate()
        try await Phone.with { phone in
            let all = phone.settings.merging(settings) { $1 }
            let script: ScriptedOpenAI.Script = { call in
                guard call.operation == .createResponse, call.question == "Question 4?", !isSlow.isOpen else {
                    return .usual
                }
                await isSlow.wait()
                return .usual
            }
            try await withScriptedInstallation(settings: all, script: script) { installation, upstream, redis in
                try await installation.serving { api in
                    try await phone.behave(#"{"connect_to": "http://\#(api.authority)"}"#)
                    try await Self.round(1, phone)
                    try await Self.round(2, phone) {
                        redis.freeze()
                        try await Self.last { try await api.send(.get, "/readyz").status == 503 }
                        redis.thaw()
                    }
                    let before = try await Self.sends(phone)
                    try await phone.behave(#"{"down": true}"#)
                    try await Self.round(3, phone) {
                        try await Self.last(3) { try await Self.sends(phone) >= before + Self.people.count }
                        try await phone.behave(#"{"down": false}"#)
                    }
                    try await Self.round(4, phone) {
                        try await Self.last(3) {
                            upstream.questions.count { $0 == "Question 4?" } == Self.people.count
                        }
                        isSlow.open()
                    }
                    try await Self.round(5, phone)
                    for person in Self.people {
                        let received = try await phone.received(by: person)
                        #expect(received.count == 5, "\(received)")
                        let isInOrder = zip(received, 1...5).allSatisfy {
                            $0.hasPrefix(#"Answer to "Question \#($1)?""#)
                        }
                        #expect(isInOrder, "\(received)")
                    }
                    let listed = try await installation.run(["queue", "list"])
                    #expect(listed.output.isEmpty, "\(listed.output)")
                }
            }
        }
    }
}
