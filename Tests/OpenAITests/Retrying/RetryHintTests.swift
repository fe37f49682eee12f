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

    private func hint(_ headers: [String: String]) -> RetryHint {
        var fields = HTTPFields()
        for (name, value) in headers { fields[name] = value }
        return RetryHint(headers: fields, now: Self.now)
    }
}
