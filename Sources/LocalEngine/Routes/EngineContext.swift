internal import HTTPConnections
internal import Hummingbird
internal import IPAddresses
internal import Logging
internal import NIOCore

/// The context of a request.
struct EngineContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        // RequestIDMiddleware logs an ID of the engine's own.
        logger[metadataKey: "hb.request.id"] = nil
    }

    /// The local address of the connection.
    var localAddress: IPAddress? { channel.localAddress?.ipAddress.flatMap { IPAddress($0) } }

    /// Sends `100 Continue` to a client that waits for it before it sends the body.
    func sendContinue() { channel.triggerUserOutboundEvent(ContinueResponse(), promise: nil) }

    /// Whether the client is still connected.
    func presence() async throws -> ClientPresence {
        let channel = channel
        return try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: DisconnectHandler.self).presence
        }.get()
    }
}
