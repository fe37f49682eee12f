import HTTPTypes
import Testing

@testable import PolicyAssistant
@testable import PolicyServer

@Suite struct RateLimitFieldsTests {
    private func decision(retryAfter: Duration? = nil) -> RateLimitDecision {
        RateLimitDecision(
            quotas: [
                .init(name: "user", limit: 20, remaining: 3, reset: .milliseconds(50_100)),
                .init(name: "total", limit: 600, remaining: 599, reset: .milliseconds(100)),
            ],
            retryAfter: retryAfter
        )
    }

    @Test func withoutLimitsThereAreNoFields() {
        let limits = RateLimitFields(nil)
        #expect(limits.fields.isEmpty && limits.refusal == nil)
    }

    @Test func anAdmittedQuestionHasTheQuotasInWholeSeconds() {
        let limits = RateLimitFields(decision())
        #expect(limits.fields[RateLimitFields.limit] == #""user";r=3;t=51, "total";r=599;t=1"#)
        #expect(limits.fields[RateLimitFields.policy] == #""user";q=20;w=60, "total";q=600;w=60"#)
        #expect(limits.refusal == nil)
    }

    @Test func aRefusedQuestionHasAProblemWithTheSameFields() throws {
        let limits = RateLimitFields(decision(retryAfter: .milliseconds(2_001)))
        let refusal = try #require(limits.refusal)
        #expect(refusal.status == .tooManyRequests && refusal.code == "rate_limited")
        #expect(refusal.headers[.retryAfter] == "3")
        #expect(refusal.headers[RateLimitFields.limit] == limits.fields[RateLimitFields.limit])
        #expect(refusal.headers[RateLimitFields.policy] == limits.fields[RateLimitFields.policy])
    }
}
