internal import Foundation
public import HTTPTypes
internal import Synchronization

/// An HTTP client: libcurl on a thread of its own, behind an async interface.
///
/// ```swift
/// import HTTPClient
/// import HTTPTypes
///
/// let client = try HTTPClient()
/// let head = HTTPRequest(method: .get, scheme: "https", authority: "www.swift.org", path: "/")
/// let response = try await client.execute(HTTPClientRequest(head))
/// guard response.head.status == .ok else { return }
/// for try await chunk in response.body { print(chunk.count) }
/// await client.shutdown()
/// ```
///
/// Connections are kept and reused; HTTP/2 is used for https hosts that offer it. The server's certificate is always
/// verified. At most ``HTTPClientConfiguration/maximumTransfers`` requests are in flight; at most
/// ``HTTPClientConfiguration/maximumConnectionsPerHost`` per host are transferred at a time, and the others wait. A
/// request is sent at most once, unless its method is idempotent and the reused connection turns out to be closed.
public final class HTTPClient: Sendable {
    /// The settings of a client.
    public typealias Configuration = HTTPClientConfiguration

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

    /// Transfers in flight retain their client, so that there are none left here.
    deinit { mailbox.close() }

    /// Sends a request, and returns when the response's head has arrived.
    ///
    /// The cancellation of the task ends the transfer, and so does the release of the response's body.
    ///
    /// - Throws: ``HTTPClientError``; never for a status.
    public func execute(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        let checked = try CheckedRequest(request)
        let exchange = try Exchange(mailbox: mailbox, request)
        do throws(HTTPClientError) {
            try mailbox.start(exchange, checked)
        } catch {
            exchange.ended(error)
            throw error
        }
        let head = try await exchange.head()
        return HTTPClientResponse(head: head, body: HTTPClientBody(of: exchange, keeping: self))
    }

    /// Closes the client: transfers in flight fail with ``HTTPClientError/Code/closed``, and connections are closed.
    ///
    /// Returns when the thread has ended. Calling it is optional, and may be repeated.
    public func shutdown() async {
        mailbox.close()
        await threadEnded.wait()
    }
}

/// A response: its complete head, and its body, which may still be arriving.
public struct HTTPClientResponse: Sendable {
    /// The status and the header fields of the final response, unchanged.
    ///
    /// Interim responses (1xx) are skipped and redirects are not followed. A compressed body is decoded, but the fields
    /// describe the encoded one. Fields with invalid names are left out.
    public let head: HTTPResponse

    /// The body, which can be read once; its release ends the transfer.
    public let body: HTTPClientBody
}

/// A latch that opens once, for the tasks that wait and for later ones.
private final class Latch: Sendable {
    private enum State {
        case closed([CheckedContinuation<Void, Never>])
        case open
    }

    private let state = Mutex(State.closed([]))

    func open() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard case .closed(let waiters) = state else { return [] }
            state = .open
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { waiter in
            let isOpen = state.withLock { state in
                guard case .closed(let waiters) = state else { return true }
                state = .closed(waiters + [waiter])
                return false
            }
            if isOpen { waiter.resume() }
        }
    }
}
