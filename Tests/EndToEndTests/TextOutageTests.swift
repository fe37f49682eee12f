import Foundation
import PolicyAssistant
import TestSupport
import Testing

/// Text messages while Redis, the provider and upstream are away, one after the other.
///
/// `OUTAGE_SECONDS` in the environment is how long Redis is away, 1 by default; the others are away three times as long.
@Suite struct TextOutageTests {
    private static let outage = Duration.seconds(
        ProcessInfo.processInfo.environment["OUTAGE_SECONDS"].flatMap(Int.init) ?? 1
    )
    private static let people = (0..<5).map { "+1415555\(2000 + $0)" }

    /// Texts a question for each person, and waits until every earlier and present one is answered.
    private static func round(_ number: Int, _ phone: Phone, during outage: () async throws -> Void = {}) async throws {
        for person in people { try await phone.text("Question \(number)?", from: person) }
        try await outage()
        let start = ContinuousClock.now
        for person in people {
            while try await phone.received(by: person).count < number, ContinuousClock.now - start < .seconds(180) {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    @Test func nothingIsLostOrDoubled() async throws {
        let settings = ["SMS_LIMIT_PER_HOUR": "0", "QUEUE_LEASE_SECONDS": "5", "SMS_RESOLUTION_SECONDS": "2"]
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
            try await withScriptedInstallation(settings: all, script: script) { installation, _, redis in
                try await installation.serving { api in
                    try await phone.behave(#"{"connect_to": "http://\#(api.authority)"}"#)
                    try await Self.round(1, phone)
                    try await Self.round(2, phone) {
                        redis.freeze()
                        try await Task.sleep(for: Self.outage)
                        redis.thaw()
                    }
                    try await Self.round(3, phone) {
                        try await phone.behave(#"{"down": true}"#)
                        try await Task.sleep(for: Self.outage * 3)
                        try await phone.behave(#"{"down": false}"#)
                    }
                    try await Self.round(4, phone) {
                        try await Task.sleep(for: Self.outage * 3)
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
