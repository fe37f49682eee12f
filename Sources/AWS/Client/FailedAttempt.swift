import FoundationEssentials
import HTTPClient
import HTTPTypes

/// A failed attempt at a call: its error, and the server's time where the response told it.
struct FailedAttempt: Error {
    let error: AWSError
    let serverTime: Date?

    init(_ error: AWSError, serverTime: Date? = nil) {
        self.error = error
        self.serverTime = serverTime
    }

    init(_ cause: HTTPClientError) {
        self.init(AWSError(cause))
    }

    /// Creates the failure of a response with an error status.
    init(_ response: HTTPClientResponse) async {
        // Without its body, an error still has its status.
        let body = (try? await response.body.collect(upTo: 64 << 10)) ?? []
        let fields = response.head.headerFields
        let type =
            AWSError.type(fields[.amz("x-amzn-errortype")])
            ?? AWSError.type((try? JSONDecoder().decode(ErrorDocument.self, from: Data(body)))?.type)
        let status = response.head.status.code
        self.init(
            AWSError(
                AWSError.Code(type: type, status: status),
                status: status,
                type: type,
                requestID: fields.requestID
            ),
            serverTime: fields[.date].flatMap(HTTPDate.parse)
        )
    }

    private struct ErrorDocument: Decodable {
        let type: String?

        enum CodingKeys: String, CodingKey {
            case type = "__type"
        }
    }
}

extension HTTPFields {
    /// The service's ID of the request.
    var requestID: String? { self[.amz("x-amzn-requestid")] ?? self[.amz("x-amzn-request-id")] }
}
