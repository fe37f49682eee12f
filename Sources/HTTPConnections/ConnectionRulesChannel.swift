public import HummingbirdCore
public import Logging
public import NIOCore
public import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// A child channel on whose connections `ConnectionRulesHandler` enforces the rules of HTTP/1.1 (RFC 9112).
public struct ConnectionRulesChannel<Base: ServerChildChannel>: ServerChildChannel {
    private let base: Base
    private let response: @Sendable (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)

    /// Creates a channel that adds the handler to each connection of another one.
    ///
    /// - Parameters:
    ///   - base: An `HTTP1Channel`, or a wrapper of one.
    ///   - response: Returns the fields and the body of the response to a refused request. The handler sets the status,
    ///     `content-length` and `connection`.
    public init(
        _ base: Base,
        response: @escaping @Sendable (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)
    ) {
        self.base = base
        self.response = response
    }

    /// Sets up a connection.
    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { [response] value in
            let pipeline = channel.pipeline.syncOperations
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(ConnectionRulesHandler(response: response), position: .before(codec))
            return value
        }
    }

    /// Responds to a connection's requests.
    public func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

/// An outbound event that sends `100 Continue` to a client that waits for it (`Expect: 100-continue`).
///
/// Trigger it on a channel of a ``ConnectionRulesChannel`` before reading the body; it does nothing if the client does not wait.
public struct ContinueResponse: Sendable {
    /// Creates the event.
    public init() {}
}
