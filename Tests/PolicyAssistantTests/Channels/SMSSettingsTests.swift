import Foundation
import SMS
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct SMSSettingsTests {
    private let twilio = [
        "SMS_PROVIDER": "twilio", "PUBLIC_URL": "https://a.example", "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": "token",
    ]

    private func faults(_ changes: [String: String]) async throws -> [String] {
        try await settingsFaults(twilio.merging(changes) { $1 })
    }

    @Test func withoutAProviderThereAreNone() async throws {
        #expect(try await readSettings(["SMS_SEGMENTS": "5"]).sms == nil)
    }

    @Test func readsTwilio() async throws {
        let settings = try await readSettings(
            twilio.merging([
                "TWILIO_SIGNING_KEYS": "old:first,new:second:with colon".replacing(" ", with: "-"),
                "TWILIO_API_KEY": "SK1",
                "TWILIO_API_SECRET": "s", "SMS_NUMBERS": "+14155550100, 24273", "SMS_SEGMENTS": "2",
                "SMS_REDACT": "true",
                "SMS_QUIET_HOURS": "21:00-08:00", "SMS_TIME_ZONE": "Europe/Berlin",
                "TWILIO_BASE_URL": "http://127.0.0.1:8010/",
            ]) { $1 }
        )
        let sms = try #require(settings.sms)
        guard case .twilio(let configuration) = sms.provider else {
            Issue.record("another provider")
            return
        }
        #expect(configuration.signingKeys == ["old": "first", "new": "second:with-colon"])
        #expect(configuration.apiKey?.id == "SK1" && configuration.baseURL == "http://127.0.0.1:8010")
        #expect(sms.numbers.map(\.value) == ["+14155550100", "24273"] && sms.segments == 2 && sms.redacts)
        #expect(sms.users == .known && sms.hourlyLimit == 30 && sms.quietHours != nil)
        #expect(sms.errorText.hasPrefix("Unfortunately we encountered an issue."))
    }

    @Test func namesAllThatIsMissing() async throws {
        let missing = try await settingsFaults(["SMS_PROVIDER": "twilio"])
        #expect(missing == ["TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID", "PUBLIC_URL"])
        #expect(
            try await settingsFaults(["SMS_PROVIDER": "telnyx", "PUBLIC_URL": "https://a.example"])
                == ["TELNYX_PUBLIC_KEY", "TELNYX_API_KEY"]
        )
        #expect(try await faults([:]).isEmpty)
    }

    @Test func refusesWhatCannotBe() async throws {
        for (name, value) in [
            ("SMS_PROVIDER", "carrier"), ("SMS_NUMBERS", "12"), ("SMS_USERS", "all"), ("SMS_SEGMENTS", "0"),
            ("SMS_QUIET_HOURS", "21-8"), ("SMS_NUMBER_KEY", "short"), ("TWILIO_SIGNING_KEYS", "nameless"),
            ("TWILIO_BASE_URL", "ftp://x"), ("SMS_ERROR_TEXT", String(repeating: "я", count: 202)),
            ("TWILIO_API_SECRET", "alone"),
        ] {
            let expected = name == "TWILIO_API_SECRET" ? "TWILIO_API_KEY" : name
            #expect(try await faults([name: value]) == [expected], "\(name)")
        }
        #expect(
            try await faults(["SMS_QUIET_HOURS": "21:00-08:00", "SMS_TIME_ZONE": "Mars/Base"]) == ["SMS_TIME_ZONE"]
        )
        let telnyx = [
            "SMS_PROVIDER": "telnyx", "TELNYX_API_KEY": "K", "TELNYX_PUBLIC_KEY": Data(count: 32).base64EncodedString(),
            "SMS_REDACT": "true",
        ]
        #expect(try await faults(telnyx) == ["SMS_REDACT"])
    }

    @Test func aTokenIsNotNeededWithKeysOfOnesOwn() async throws {
        let keys = [
            "TWILIO_AUTH_TOKEN": "", "TWILIO_SIGNING_KEYS": "a:b", "TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "s",
        ]
        #expect(try await faults(keys).isEmpty)
        #expect(try await faults(["TWILIO_AUTH_TOKEN": "", "TWILIO_SIGNING_KEYS": "a:b"]) == ["TWILIO_AUTH_TOKEN"])
    }

    @Test func quietHoursLastOverMidnight() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let night = try #require(QuietHours("21:00-08:00", in: berlin))
        func rest(_ time: String) throws -> Duration? {
            night.rest(at: try Date(time, strategy: .iso8601))
        }
        #expect(try rest("2026-11-29T19:59:59Z") == nil, "20:59:59 in Berlin")
        #expect(try rest("2026-11-29T20:00:00Z") == .seconds(11 * 3600))
        #expect(try rest("2026-11-30T06:59:30Z") == .seconds(30))
        #expect(try rest("2026-11-30T07:00:00Z") == nil)
        let noon = try #require(QuietHours("12:00-13:30", in: berlin))
        #expect(noon.rest(at: try Date("2026-11-29T11:00:00Z", strategy: .iso8601)) == .seconds(90 * 60))
        for text in ["", "21:00", "21:00-21:00", "24:00-08:00", "9:00-10:00", "21:00-08:60", "a-b"] {
            #expect(QuietHours(text, in: berlin) == nil, "\(text)")
        }
    }
}
