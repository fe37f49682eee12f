import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

/// Images that go with answers by text message.
@Suite struct TextImageTests {
    private static let settings = ["SMS_IMAGE_MODEL": "painter"]
    /// The beginning of a JPEG is enough: nobody looks at it.
    private static let jpeg = Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 2, 3])

    /// Answers each question with a description of an image, and each call for one with a reply.
    private static func script(_ image: @escaping @Sendable () -> ScriptedReply) -> ScriptedOpenAI.Script {
        { call in
            if call.operation == .createResponse {
                return .response { $0.pieces = ["You get 27 days. ", "<<<a quiet", " beach>>> Enjoy!"] }
            }
            return call.request.line.hasPrefix("POST /v1/images/generations ") ? .reply(image()) : .usual
        }
    }

    private static func made() -> ScriptedReply {
        .json(#"{"created": 1, "data": [{"b64_json": "\#(jpeg.base64EncodedString())"}]}"#)
    }

    @Test func everyFourthAnswerAtMostHasAnImage() async throws {
        try await withPhone(settings: Self.settings, script: Self.script(Self.made)) { phone, api, _, upstream in
            for number in 1...9 {
                try await phone.text("Question \(number)?")
                _ = try await phone.received(number)
            }
            let sent = try await phone.log().messages.filter { $0.direction != "inbound" }
            #expect(sent.allSatisfy { $0.body.hasPrefix("You get 27 days.") && !$0.body.contains("beach") })
            #expect(sent.map(\.media.count) == [1, 0, 0, 0, 1, 0, 0, 0, 1])
            let calls = upstream.calls.filter { $0.request.line.contains("/images/") }
            #expect(calls.count == 3)
            let fields = try #require(
                try JSONSerialization.jsonObject(with: Data(calls[0].request.body)) as? [String: any Sendable]
            )
            #expect(fields["n"] as? Int == 1 && fields["size"] as? String == "1024x1024")
            #expect(fields["model"] as? String == "painter" && fields["prompt"] as? String == "a quiet beach")
            #expect(fields["output_format"] as? String == "jpeg")

            // The provider fetches it without credentials.
            let link = try #require(sent[0].media.first)
            let path = try #require(
                link.hasPrefix(Phone.publicURL) ? String(link.dropFirst(Phone.publicURL.count)) : nil
            )
            #expect(path.wholeMatch(of: /\/media\/[0-9a-f]{32}/) != nil)
            for method in [HTTPRequest.Method.get, .head] {
                let reply = try await api.send(method, path)
                #expect(reply.status == 200 && reply.headers[.contentType] == "image/jpeg")
                #expect(reply.body == (method == .get ? Self.jpeg : Data()))
                #expect(reply.headers[.contentDisposition] == "inline; filename=image.jpg")
            }
            #expect(try await api.send(.get, "/media/\(String(repeating: "0", count: 32))").status == 404)
        }
    }

    @Test(arguments: ["mjpeg", "png"])
    func anImageThatCarriersDoNotAcceptIsMadeSmaller(encoder: String) async throws {
        let picture = try await NoisePicture.make(encoder)
        #expect(picture.count > 600_000)
        let script = Self.script {
            .json(#"{"created": 1, "data": [{"b64_json": "\#(Data(picture).base64EncodedString())"}]}"#)
        }
        try await withPhone(settings: Self.settings, script: script) { phone, api, _, _ in
            try await phone.text("Question?")
            _ = try await phone.received(1)
            let sent = try await phone.log().messages.filter { $0.direction != "inbound" }
            let link = try #require(sent.first?.media.first)
            let image = try await api.send(.get, String(link.dropFirst(Phone.publicURL.count))).body
            #expect(image.count <= 600_000 && image.starts(with: [0xFF, 0xD8, 0xFF]))
        }
    }

    @Test(arguments: ["refused", "failing", "no image", "no JPEG"])
    func withoutAnImageTheAnswerIsAText(_ fault: String) async throws {
        let script = Self.script {
            switch fault {
            case "refused": .error(400, code: "moderation_blocked")
            case "failing": .error(500)
            case "no image": .json(#"{"data": []}"#)
            default: .json(#"{"data": [{"b64_json": "AAAA"}]}"#)
            }
        }
        try await withPhone(settings: Self.settings, script: script) { phone, _, redis, _ in
            try await phone.text("Question?")
            #expect(try await phone.received(1)[0].hasPrefix("You get 27 days."))
            let sent = try await phone.log().messages.filter { $0.direction != "inbound" }
            #expect(sent.map(\.media) == [[]])
            let dead = try await redis.withClient { try await $0.send(.exists("queue:sms:dead")).integer }
            #expect(dead == 0)
        }
    }

    @Test func anAnswerWithoutADescriptionIsNotInTheStageOfImages() async throws {
        try await withPhone(settings: Self.settings) { phone, _, redis, upstream in
            try await phone.text("Question?")
            _ = try await phone.received(1)
            #expect(!upstream.calls.contains { $0.request.line.contains("/images/") })
            try await redis.withClient { redis in
                let command = RedisCommand("XINFO", ["STREAM", "queue:sms:stage:image"])
                let stream = try await redis.send(command).array ?? []
                let name = try #require(stream.firstIndex { $0.string == "entries-added" })
                #expect(stream[name + 1].integer == 0)
            }
        }
    }
}
