internal import Foundation

/// An HTTP client: libcurl on a thread of its own, async on the outside.
///
/// Connections are kept and reused; https hosts that speak HTTP/2 are spoken to in it. The server's certificate is
/// always checked. At most ``Configuration/maximumTransfers`` requests are under way at a time; of them, at most
/// ``Configuration/maximumConnectionsPerHost`` per host move, the others wait their turn. A request is sent at most
/// once, unless its method is idempotent and the connection on which it was sent turned out to be dead.
public final class HTTPClient: Sendable {
    private let mailbox: Mailbox
    private let threadEnded = Latch()

    /// Creates a client and starts its thread.
    ///
    /// - Throws: ``HTTPClientError`` if the file of trust roots cannot be read or libcurl cannot start.
    public init(configuration: Configuration = Configuration()) throws(HTTPClientError) {
        try configuration.validate()
        let multi = try MultiHandle(configuration: configuration)
        let mailbox = Mailbox(multi: multi, maximumTransfers: configuration.maximumTransfers)
        self.mailbox = mailbox

        let thread = Thread { [threadEnded] in
            TransferDriver(multi: multi, mailbox: mailbox, configuration: configuration).run()
            threadEnded.open()
        }
        thread.name = "http-client"
        thread.start()
    }

    /// Running transfers keep their client, so there are none when it ends.
    deinit { mailbox.close() }

    /// Sends a request and returns when the response's head has arrived.
    ///
    /// Cancelling the task ends the transfer at once; so does letting go of the response's body.
    ///
    /// - Throws: ``HTTPClientError`` with a code that says what failed; never for a status.
    public func execute(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        let exchange = Exchange(try CheckedRequest(request), mailbox: mailbox)
        try mailbox.start(exchange)
        let head = try await exchange.head()
        return HTTPClientResponse(head: head, body: HTTPClientBody(of: exchange, keeping: self))
    }

    /// Ends the client: running transfers fail with ``HTTPClientError/Code/closed``, connections are closed.
    ///
    /// Returns when the thread has ended. It may be called again, and need not be called at all.
    public func shutdown() async {
        mailbox.close()
        await threadEnded.wait()
    }
}
