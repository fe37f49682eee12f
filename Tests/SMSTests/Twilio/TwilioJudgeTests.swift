import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import SMS

private let judgesPython = ProcessInfo.processInfo.environment["SMS_TEST_PYTHON"]

/// The makers' own library as the judge of signatures: ours, and those of scripts/sms-phone.
///
/// `SMS_TEST_PYTHON` is a Python with the package `twilio`.
@Suite(.enabled(if: judgesPython != nil)) struct TwilioJudgeTests {
    private static let project = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    private struct Case: Codable {
        var url: String
        var fields: [[String]]
        var key: String
        var algorithm: String
        var signature: String
    }

    private func cases() -> [Case] {
        let values = ["", "a", "Café & co + 100 %", "😀 “quotes”\nline", "ü\u{308}", "=&;", " "]
        var generator = SystemRandomNumberGenerator()
        return (0..<60).map { number in
            let count = Int.random(in: 0...12, using: &generator)
            let fields = (0..<count).map { _ in
                [
                    ["Body", "From", "To", "from", "Z", "_x", "NumMedia", "é"].randomElement(using: &generator) ?? "",
                    values.randomElement(using: &generator) ?? "",
                ]
            }
            let url = ["https://a.example/sms", "http://a.example:8080/x?b=%7e&a=+1", "https://a.example/?q=é"][
                number % 3
            ]
            let isSHA256 = number % 2 == 1
            let form = FormFields(fields.map { (key: $0[0], value: $0[1]) })
            return Case(
                url: url,
                fields: fields,
                key: "key \(number)",
                algorithm: isSHA256 ? "HMAC_SHA256" : "HMAC_SHA1",
                signature: TwilioSignature.of(url, form, key: "key \(number)", isSHA256 ? .sha256 : .sha1)
            )
        }
    }

    /// Prints the numbers of the cases whose signature is not theirs, and of those that the stand-in signs differently.
    private static let judgement = """
        import hashlib, importlib.machinery, importlib.util, json, sys
        from twilio.request_validator import RequestValidator
        loader = importlib.machinery.SourceFileLoader("phone", sys.argv[1])
        phone = importlib.util.module_from_spec(importlib.util.spec_from_loader("phone", loader))
        loader.exec_module(phone)
        class Fields(dict):
            def getall(self, name):
                return self[name]
        for number, case in enumerate(json.load(sys.stdin)):
            fields = Fields()
            for name, value in case["fields"]:
                fields.setdefault(name, []).append(value)
            validator = RequestValidator(case["key"])
            theirs = validator.compute_signature(case["url"], fields, case["algorithm"])
            hash = hashlib.sha256 if case["algorithm"] == "HMAC_SHA256" else hashlib.sha1
            standin = phone.signature(case["url"], [tuple(field) for field in case["fields"]], case["key"], hash)
            if not theirs == case["signature"] == standin:
                print(number, "differs")
            if not validator.validate(case["url"], fields, case["signature"], case["algorithm"]):
                print(number, "is refused")
        print("judged")
        """

    @Test func theMakersLibraryAcceptsOurSignaturesAndThoseOfTheStandIn() async throws {
        let python = try #require(judgesPython)
        let result = try await Subprocess.run(
            .path(FilePath(python)),
            arguments: ["-c", Self.judgement, "\(Self.project)/scripts/sms-phone"],
            input: .string(String(decoding: try JSONEncoder().encode(cases()), as: UTF8.self)),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        #expect(result.standardOutput == "judged\n", "\(result.standardError)")
    }
}
