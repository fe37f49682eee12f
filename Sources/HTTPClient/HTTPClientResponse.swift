public import HTTPTypes

/// A response: its head, which is complete, and its body, which may still be on its way.
public struct HTTPClientResponse: Sendable {
    /// Status and header fields of the final response, as they came.
    ///
    /// Interim responses (1xx) are skipped and redirects are not followed. A body that came compressed is decoded on
    /// its way; the fields still speak of the encoded one. Fields whose names HTTP does not allow are left out.
    public let head: HTTPResponse

    /// The body, to be read once; let go of unread, it ends the transfer.
    public let body: HTTPClientBody
}
