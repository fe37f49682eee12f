import Testing

@testable import AWS

/// What errors of the services mean.
@Suite
struct AWSErrorTests {
    @Test(
        arguments: [
            ("ThrottlingException", "ThrottlingException"),
            (
                "ThrottlingException:http://internal.amazon.com/coral/com.amazon.coral.availability/",
                "ThrottlingException"
            ),
            ("com.amazonaws.polly#TextLengthExceededException", "TextLengthExceededException"),
            ("", nil), (":", nil), ("#", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func readsTheNameOfAnError(_ text: String?, _ name: String?) {
        #expect(AWSError.type(text) == name)
    }

    @Test(
        arguments: [
            ("ThrottlingException", 400, AWSError.Code.throttled), ("LimitExceededException", 429, .throttled),
            ("TextLengthExceededException", 400, .textTooLong), ("ServiceFailureException", 500, .serverError),
            ("InvalidSignatureException", 403, .unauthorized), ("AccessDeniedException", 400, .forbidden),
            ("EngineNotSupportedException", 400, .invalidRequest), ("SomethingNew", 503, .serverError),
            (nil, 403, .forbidden), (nil, 429, .throttled), (nil, 504, .timedOut), (nil, 302, .malformedAnswer),
            ("BadRequestException", nil, .invalidRequest), ("InternalFailureException", nil, .serverError),
        ] as [(String?, Int?, AWSError.Code)]
    )
    func classifiesByNameBeforeStatus(_ type: String?, _ status: Int?, _ code: AWSError.Code) {
        #expect(AWSError.Code(type: type, status: status) == code)
    }

    @Test
    func describesTheAnswerInOneLine() {
        let error = AWSError(.throttled, status: 400, type: "ThrottlingException", requestID: "1a2b")
        let text = "throttled: AWS is limiting the rate of requests. (400 ThrottlingException, request 1a2b)"
        #expect("\(error)" == text)
        #expect("\(AWSError(.cancelled))" == "cancelled: The request was cancelled.")
    }

    @Test
    func retriesOnlyWhatMayPass() {
        let policy = AWSRetryPolicy()
        #expect(policy.delay(after: 0, AWSError(.throttled), randomness: 0) == .milliseconds(250))
        #expect(policy.delay(after: 2, AWSError(.serverError), randomness: 0.5) == .milliseconds(300))
        #expect(policy.delay(after: 3, AWSError(.serverError), randomness: 0) == nil)
        #expect(policy.delay(after: 0, AWSError(.invalidRequest), randomness: 0) == nil)
        let long = AWSRetryPolicy(maximumRetries: 1000)
        #expect(long.delay(after: 999, AWSError(.throttled), randomness: 0) == .milliseconds(2500))
    }
}
