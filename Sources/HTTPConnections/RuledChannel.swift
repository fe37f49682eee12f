public import HummingbirdCore
public import Logging
public import NIOCore
public import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Connections that are held to the rules of HTTP/1.1 (RFC 9112), see `ConnectionRulesHandler`.
public struct RuledChannel<Base: ServerChildChannel>: ServerChildChannel {
    private let base: Base
    private let refusing: @Sendable (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)

    /// Puts a handler of the rules into each connection.
    ///
    /// - Parameters:
    ///   - base: What sets the connections up otherwise, an `HTTP1Channel` or what wraps one.
    ///   - refusing: Returns the answer to a refused request, but for status, length and connection.
    public init(
        _ base: Base,
        refusing: @escaping @Sendable (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)
    ) {
        self.base = base
        self.refusing = refusing
    }

    /// Sets a connection up.
    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { [refusing] value in
            let pipeline = channel.pipeline.syncOperations
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(ConnectionRulesHandler(refusing: refusing), position: .before(codec))
            return value
        }
    }

    /// Answers a connection's requests.
    public func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
