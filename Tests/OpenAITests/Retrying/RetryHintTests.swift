import FoundationEssentials
import HTTPTypes
import Testing

@testable import OpenAI

@Suite struct RetryHintTests {
    /// Sunday, 6 November 1994, 08:49:37 GMT, as RFC 9110 has it.
    private static let now = Date(timeIntervalSince1970: 784_111_777)

    @Test(
        arguments: [
            (["retry-after-ms": "20"], Duration.milliseconds(20)),
            (["retry-after-ms": "1.5"], .microseconds(1_500)),
            (["retry-after": "3"], .seconds(3)),
            (["retry-after": "0.25"], .milliseconds(250)),
            (["retry-after-ms": "20", "retry-after": "3"], .milliseconds(20)),
            (["retry-after-ms": "soon", "retry-after": "3"], .seconds(3)),
            (["retry-after-ms": "0", "retry-after": "3"], .seconds(3)),
            (["retry-after": "Sun, 06 Nov 1994 08:49:42 GMT"], .seconds(5)),
            (["retry-after": "Sun, 06 Nov 1994 08:49:32 GMT"], nil),
            (["retry-after": "Sun, 06 Nov 1994"], nil),
            (["retry-after": "0"], nil),
            (["retry-after": "-1"], nil),
            (["retry-after": "nan"], nil),
            (["retry-after": ""], nil),
            (["retry-after": "1e300"], .seconds(365 * 86_400)),
            (["retry-after": "inf"], .seconds(365 * 86_400)),
            ([:], nil),
        ] as [([String: String], Duration?)]
    )
    func readsThePause(_ headers: [String: String], _ delay: Duration?) {
        #expect(hint(headers).delay == delay)
    }

    @Test(arguments: [("true", true), ("false", false), ("True", true), ("yes", nil), ("", nil)] as [(String, Bool?)])
    func readsWhetherToRetry(_ value: String, _ expected: Bool?) {
        #expect(hint(["x-should-retry": value]).shouldRetry == expected)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, xx Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "",
    ])
    func takesNothingElseForADate(_ text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }

    @Test func readsADate() {
        #expect(HTTPDate.parse("Sun, 06 Nov 1994 08:49:37 GMT") == Self.now)
        #expect(HTTPDate.parse("Tue, 29 Feb 2028 23:59:59 GMT") == Date(timeIntervalSince1970: 1_835_481_599))
    }

    private func hint(_ headers: [String: String]) -> RetryHint {
        var fields = HTTPFields()
        for (name, value) in headers { fields[name] = value }
        return RetryHint(headers: fields, now: Self.now)
    }
}
