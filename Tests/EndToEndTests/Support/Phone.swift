import Foundation
import HTTPTypes
import Logging
import PolicyAssistant
import TestSupport
import Voice
import WorkQueue

/// The stand-in of the provider, scripts/sms-phone, and a person's phone.
struct Phone {
    /// The address that signatures cover.
    static let publicURL = "https://assistant.example"
    static let service = "+15005550006"
    static let person = "+14155550123"

    private let api: API

    /// The settings with which the program uses the stand-in.
    var settings: [String: String] {
        [
            "SMS_PROVIDER": "twilio", "PUBLIC_URL": Self.publicURL,
            "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
            "TWILIO_AUTH_TOKEN": "stand-in-auth-token", "TWILIO_BASE_URL": "http://\(api.authority)",
            "SMS_USERS": "anyone",
        ]
    }

    /// Starts the stand-in and lends it to `body`.
    static func with<Result>(_ arguments: [String] = [], _ body: (Phone) async throws -> Result) async throws -> Result
    {
        try await withRunningProgram(
            "python3",
            arguments: [
                "\(Installation.project)/scripts/sms-phone", "--webhook", "\(publicURL)/channels/twilio/sms", "--port",
                "0",
                "--report-delay", "0.02",
            ] + arguments,
            untilReadyAt: "the phone is at"
        ) { program in
            guard let port = program.readyLine.firstMatch(of: /:([0-9]+)\//)?.1 else {
                throw ProgramFailure(program: "scripts/sms-phone", output: program.readyLine)
            }
            return try await API.with("127.0.0.1:\(port)") { try await body(Phone(api: $0)) }
        }
    }

    /// What became of a message that was texted.
    struct Texted: Decodable {
        let sid: String
        let status: Status

        /// The status of the webhook's response; nil if there was none.
        struct Status: Decodable {
            let code: Int?

            init(from decoder: any Decoder) throws {
                code = try? decoder.singleValueContainer().decode(Int.self)
            }
        }
    }

    struct Log: Decodable {
        let messages: [Message]
        let webhooks: [Webhook]
        let calls: [String]
        /// The number of files that the stand-in keeps.
        let files: Int

        struct Message: Decodable {
            let sid: String
            let from: String
            let to: String
            let body: String
            let direction: String
            let status: String
            /// The links to the images of an answer.
            let media: [String]
        }

        struct Webhook: Decodable {
            let url: String
            let body: String
        }
    }

    private struct Text: Encodable {
        let from: String
        let body: String
        let sid: String?
        let to: String?
        let media: [[String]]
        let files: [[String]]
    }

    /// Texts the service.
    @discardableResult
    func text(
        _ body: String,
        from person: String = person,
        to service: String? = nil,
        sid: String? = nil,
        media: [String]? = nil,
        files: [(type: String, content: [UInt8])] = []
    ) async throws
        -> Texted
    {
        let text = try JSONEncoder().encode(
            Text(
                from: person,
                body: body,
                sid: sid,
                to: service,
                media: [media].compactMap(\.self),
                files: files.map { [$0.type, Data($0.content).base64EncodedString()] }
            )
        )
        return try await api.send(.post, "/text", body: String(decoding: text, as: UTF8.self)).decoded()
    }

    /// Changes how the stand-in behaves: a JSON object.
    func behave(_ behaviour: String) async throws {
        _ = try await api.send(.post, "/behave", body: behaviour)
    }

    /// What the stand-in has seen.
    func log() async throws -> Log { try await api.send(.get, "/log").decoded() }

    /// The texts that the person has received, in order.
    func received(by person: String = person) async throws -> [String] {
        try await log().messages.filter { $0.to == person && $0.direction != "inbound" }.map(\.body)
    }

    /// Waits until the person has received so many texts.
    func received(_ count: Int, by person: String = person) async throws -> [String] {
        try await eventually { try await received(by: person).count >= count }
        return try await received(by: person)
    }
}

extension RedisServer {
    /// Lends the queue of text messages, as operators have it.
    func withTextQueue<Result>(_ body: (WorkQueue) async throws -> Result) async throws -> Result {
        try await withClient { redis in
            try await body(SMSChannel.queue(Settings.read(environment: [:]), redis: redis))
        }
    }

    /// Waits until no text message is in the queue, except dead ones.
    func textQueueIsEmpty() async throws {
        try await withTextQueue { queue in
            try await eventually { try await queue.messages(limit: 100).allSatisfy { $0.condition == .dead } }
        }
    }

    /// Waits until a text message is delayed, and returns it.
    func delayedText() async throws -> QueuedMessage {
        try await withTextQueue { queue in
            var delayed: QueuedMessage?
            try await eventually {
                delayed = try await queue.messages(limit: 100).first { $0.condition == .delayed }
                return delayed != nil
            }
            guard let delayed else { throw ProgramFailure(program: "queue", output: "no message is delayed") }
            return delayed
        }
    }
}

/// Serves with text messages, with a scripted upstream, and a phone.
func withPhone<Result>(
    _ arguments: [String] = [],
    settings: [String: String] = [:],
    voice: Voice = Voice(),
    textTime: @escaping @Sendable () -> Date = { .now },
    changing change: (inout Settings) -> Void = { _ in },
    logger: Logger = Logger(label: "serving") { _ in SwiftLogNoOpLogHandler() },
    script: @escaping ScriptedOpenAI.Script = { _ in .usual },
    _ body: (Phone, API, RedisServer, ScriptedOpenAI) async throws -> Result
) async throws -> Result {
    try await Phone.with(arguments) { phone in
        let all = phone.settings.merging(settings) { $1 }
        return try await withScriptedInstallation(settings: all, script: script) { installation, upstream, redis in
            try await installation.servingHere(voice: voice, textTime: textTime, changing: change, logger: logger) {
                api in
                try await phone.behave(#"{"connect_to": "http://\#(api.authority)"}"#)
                return try await body(phone, api, redis, upstream)
            }
        }
    }
}
