import Foundation
import PolicyAssistant
import Redis
import Synchronization
import TestSupport
import Testing
import WorkQueue

/// Text messages, while the processes that answer them are killed at any instant and the provider loses responses.
///
/// `KILLS` in the environment is the number of kills, 8 by default. With 200, there are 300 texts of 30 people.
@Suite struct TextKillTests {
    private static let kills = ProcessInfo.processInfo.environment["KILLS"].flatMap(Int.init) ?? 8
    private static let people = (0..<(kills < 100 ? 6 : 30)).map { "+1415555\(1000 + $0)" }
    private static let rounds = kills < 100 ? 4 : 10

    private static let settings = [
        "WORKERS": "0", "QUEUE_LEASE_SECONDS": "1", "SMS_RESOLUTION_SECONDS": "1", "SMS_LIMIT_PER_HOUR": "0",
    ]

    @Test func eachTextIsAnsweredOnceAndInOrder() async throws {
        try await Phone.with(["--seed", "1"]) { phone in
            let settings = phone.settings.merging(Self.settings) { $1 }
            try await withScriptedInstallation(settings: settings) { installation, upstream, redis in
                try await installation.serving { api in
                    try await phone.behave(#"{"connect_to": "http://\#(api.authority)", "lose": 0.1}"#)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        let (killed, isOver) = (Count(), Gate())
                        for seed in 0..<3 {
                            group.addTask {
                                try await Self.killing(installation, seed: UInt64(seed), killed, until: isOver)
                            }
                        }
                        try await Self.text(phone, pacedBy: killed)
                        // Until nothing is left: what may have been accepted was found out, too.
                        try await redis.withTextQueue { queue in
                            try await eventually(within: .seconds(300)) { try await queue.status().depth == 0 }
                        }
                        isOver.open()
                        try await group.waitForAll()
                    }
                    let messages = try await phone.log().messages.filter { $0.direction != "inbound" }
                    for person in Self.people {
                        let received = messages.filter { $0.to == person }.map(\.body)
                        let expected = (0..<Self.rounds).map { #"Answer to "\#(Self.question($0, of: person))""# }
                        #expect(received.count == expected.count, "each is answered once: \(received)")
                        let isInOrder = zip(received, expected).allSatisfy { $0.hasPrefix($1) }
                        #expect(isInOrder, "in order: \(received)")
                    }
                    let listed = try await installation.run(["queue", "list"])
                    #expect(listed.status == 0 && listed.output.isEmpty, "\(listed.output)")
                    // How often a question was asked again because its worker died before the answer was stored.
                    print(
                        "kills: \(Self.kills), texts: \(messages.count), questions asked: \(upstream.questions.count)"
                    )
                }
            }
        }
    }

    private static func question(_ round: Int, of person: String) -> String {
        "Question \(round) of \(person.suffix(4))"
    }

    /// Texts while workers are killed: as many texts as kills, in proportion.
    private static func text(_ phone: Phone, pacedBy killed: Count) async throws {
        var texted = 0
        for round in 0..<rounds {
            for person in people {
                try await eventually(within: .seconds(300)) {
                    killed.value * people.count * rounds >= texted * kills
                }
                try await phone.text(question(round, of: person), from: person)
                texted += 1
            }
        }
    }

    /// Runs one worker after another, and kills each at a random instant, while there are kills left.
    private static func killing(
        _ installation: Installation,
        seed: UInt64,
        _ killed: Count,
        until isOver: Gate
    ) async throws {
        var random = SeededGenerator(seed)
        while !isOver.isOpen {
            try await installation.starting(["worker", "--workers", "4"], untilReadyAt: "working") { program in
                guard killed.value < kills else { return await isOver.wait() }
                // The instant of a kill is the subject of this test.
                try await Task.sleep(for: .milliseconds(.random(in: 0...1000, using: &random)))
                await program.kill()
                killed.increment()
            }
        }
    }
}

/// A number that grows.
private final class Count: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock(\.self) }

    func increment() {
        count.withLock { $0 += 1 }
    }
}
