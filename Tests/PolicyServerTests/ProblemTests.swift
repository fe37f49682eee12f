import HTTPTypes
import Hummingbird
import NIOHTTP1
import PolicyAssistant
import Testing

@testable import PolicyServer

@Suite struct ProblemTests {
    private struct Secret: Error, CustomStringConvertible {
        let description = "redis.internal refused sk-secret"
    }

    @Test(arguments: [
        (PolicyAssistantError.Code.invalidField, 422), (.threadNotFound, 404), (.fileNotFound, 404), (.notSynced, 503),
        (.storeUnavailable, 503),
        (.userBusy, 503), (.upstreamUnavailable, 503), (.upstreamRefused, 502), (.upstreamFailed, 502),
        (.answerIncomplete, 502), (.upstreamTimeout, 504), (.fileUnreadable, 503), (.internalError, 500),
    ])
    func givesEachErrorItsStatus(_ code: PolicyAssistantError.Code, _ status: Int) {
        let problem = Problem(PolicyAssistantError(code, "What happened.", retryAfter: .seconds(7), cause: Secret()))
        #expect(problem.status.code == status)
        #expect(problem.code == code.description)
        #expect(problem.detail == "What happened.")
        #expect(problem.headers[.retryAfter] == "7")
    }

    @Test func hidesUnknownErrors() {
        let problem = Problem(Secret())
        #expect(problem.status == .internalServerError)
        #expect(!problem.detail.contains("secret"))
        #expect(problem.cause is Secret, "the log shows it")
    }

    @Test func aProblemKeepsItsCauseAndItsFields() {
        var problem = Problem(PolicyAssistantError(.storeUnavailable, "Redis is down.", cause: Secret()))
        problem.headers[.retryAfter] = "9"
        let again = Problem(problem)
        #expect(again.cause is Secret && again.headers[.retryAfter] == "9" && again.code == "store_unavailable")
    }

    @Test func clientErrorsAreNotServerErrors() {
        for error in [HTTPParserError.invalidChunkSize, .invalidEOFState, .unexpectedContentLength] {
            let problem = Problem(error)
            #expect(problem.status == .badRequest && problem.code == "malformed_request")
        }
        #expect(Problem.callerLeft.status.code == 499)
    }

    @Test func encodingErrorsAreThrown() {
        #expect(throws: EncodingError.self) { try Response.json(["share": Double.nan]) }
        #expect(Problem(EncodingError.invalidValue(0, .init(codingPath: [], debugDescription: ""))).status.code == 500)
    }

    @Test func retryAfterIsAtLeastASecond() {
        let error = PolicyAssistantError(.userBusy, "Busy.", retryAfter: .milliseconds(20))
        #expect(Problem(error).headers[.retryAfter] == "1")
    }
}
